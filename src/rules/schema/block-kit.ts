/** What Slack requires of a value in Block Kit. */
export type Shape =
  /** Some text that is not empty. */
  | 'text'
  /** A text object: of either kind, or `plain_text` alone. */
  | 'text-object'
  | 'plain-text-object'
  /** One element of these types. */
  | { readonly element: readonly string[] }
  /** From one to `most` of them. */
  | { readonly list: Shape; readonly most: number }
  | 'list';

/** A block or element: the keys it must have, those of which it needs one, and the shape of each. */
export interface BlockShape {
  readonly required: readonly string[];
  readonly oneOf?: readonly string[];
  readonly keys: Readonly<Record<string, Shape>>;
}

/** Elements of `actions`, and accessories of a section. */
const interactive = [
  'button',
  'checkboxes',
  'channels_select',
  'conversations_select',
  'datepicker',
  'datetimepicker',
  'external_select',
  'feedback_buttons',
  'icon_button',
  'multi_channels_select',
  'multi_conversations_select',
  'multi_external_select',
  'multi_static_select',
  'multi_users_select',
  'overflow',
  'radio_buttons',
  'static_select',
  'timepicker',
  'users_select',
  'workflow_button',
] as const;
const inputs = [
  ...interactive,
  'email_text_input',
  'file_input',
  'number_input',
  'plain_text_input',
  'rich_text_input',
  'url_text_input',
];
const richParts = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
const richElements = [
  'text',
  'emoji',
  'link',
  'user',
  'usergroup',
  'channel',
  'broadcast',
  'team',
  'date',
  'color',
];
const richText: BlockShape = {
  required: ['elements'],
  keys: { elements: { list: { element: richElements }, most: 1_000 } },
};
const anything: BlockShape = { required: [], keys: {} };

/** The blocks that a message may hold, after https://docs.slack.dev/reference/block-kit/blocks. */
export const blockShapes: Readonly<Record<string, BlockShape>> = {
  section: {
    required: [],
    oneOf: ['text', 'fields'],
    keys: {
      text: 'text-object',
      fields: { list: 'text-object', most: 10 },
      accessory: { element: ['image', ...interactive] },
    },
  },
  header: { required: ['text'], keys: { text: 'plain-text-object' } },
  divider: anything,
  image: {
    required: ['alt_text'],
    oneOf: ['image_url', 'slack_file'],
    keys: { alt_text: 'text', image_url: 'text', title: 'plain-text-object' },
  },
  context: {
    required: ['elements'],
    keys: { elements: { list: { element: ['image', 'mrkdwn', 'plain_text'] }, most: 10 } },
  },
  actions: { required: ['elements'], keys: { elements: { list: { element: interactive }, most: 25 } } },
  rich_text: { required: ['elements'], keys: { elements: { list: { element: richParts }, most: 1_000 } } },
  markdown: { required: ['text'], keys: { text: 'text' } },
  video: {
    required: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
    keys: { alt_text: 'text', title: 'plain-text-object', thumbnail_url: 'text', video_url: 'text' },
  },
  input: {
    required: ['label', 'element'],
    keys: { label: 'plain-text-object', element: { element: inputs } },
  },
  file: { required: ['external_id', 'source'], keys: {} },
  table: { required: ['rows'], keys: { rows: 'list' } },
  context_actions: { required: ['elements'], keys: { elements: 'list' } },
  card: anything,
  carousel: anything,
  plan: anything,
  task_card: anything,
};

/** What of elements is checked; of others their type alone. */
export const elementShapes: Readonly<Record<string, BlockShape>> = {
  button: { required: ['text'], keys: { text: 'plain-text-object' } },
  image: {
    required: ['alt_text'],
    oneOf: ['image_url', 'slack_file'],
    keys: { alt_text: 'text', image_url: 'text' },
  },
  mrkdwn: { required: ['text'], keys: { text: 'text' } },
  plain_text: { required: ['text'], keys: { text: 'text' } },
  rich_text_section: richText,
  rich_text_quote: richText,
  rich_text_preformatted: richText,
  rich_text_list: {
    required: ['style', 'elements'],
    keys: { elements: { list: { element: ['rich_text_section'] }, most: 1_000 } },
  },
};

/** Where a type belongs that is no block. */
export function placeOf(type: string): string | undefined {
  if (inputs.includes(type))
    return `put it into an actions block: { type: actions, elements: [{ type: ${type}, … }] }`;
  if (type === 'mrkdwn' || type === 'plain_text')
    return `put it into a section: { type: section, text: { type: ${type}, text: … } }`;
  if (richParts.includes(type))
    return `put it into a rich_text block: { type: rich_text, elements: [{ type: ${type}, … }] }`;
  return type === 'alert' ? 'write a section or a header: alert blocks are for modals only' : undefined;
}
