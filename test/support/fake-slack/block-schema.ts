import { richTextElements } from './rich-text-schema.js';
import { boolean, byType, type Check, list, object, oneOf, string } from './schema.js';

function plainText(max: number): Check {
  return object({ required: { text: string(max) }, optional: { emoji: boolean } });
}

/** A text object that must be `plain_text`. */
function plainTextOnly(max: number): Check {
  return byType({ plain_text: plainText(max) });
}

/** Both kinds of text object. Slack takes `emoji` on plain_text only, and `verbatim` on mrkdwn only. */
function textKinds(max: number): Readonly<Record<string, Check>> {
  return {
    plain_text: plainText(max),
    mrkdwn: object({ required: { text: string(max) }, optional: { verbatim: boolean } }),
  };
}

function textObject(max: number): Check {
  return byType(textKinds(max));
}

const confirm = object({
  required: { text: textObject(300) },
  optional: {
    title: plainTextOnly(100),
    confirm: plainTextOnly(30),
    deny: plainTextOnly(30),
    style: oneOf('primary', 'danger'),
  },
});

const button = object({
  required: { text: plainTextOnly(75) },
  optional: {
    action_id: string(255),
    value: string(2_000),
    url: string(3_000),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
    confirm,
  },
});

const option = object({ required: { text: plainTextOnly(75), value: string(150) } });
const staticSelect = object({
  required: { action_id: string(255) },
  optional: {
    placeholder: plainTextOnly(150),
    options: list(option, { max: 100 }),
    option_groups: list(
      object({ required: { label: plainTextOnly(75), options: list(option, { max: 100 }) } }),
      { max: 100 },
    ),
    confirm,
  },
  anyOf: ['options', 'option_groups'],
});

const imageSource = {
  image_url: string(3_000),
  slack_file: object({ optional: { id: string(), url: string() }, anyOf: ['id', 'url'] }),
};
const image = object({
  required: { alt_text: string(2_000) },
  optional: imageSource,
  anyOf: ['image_url', 'slack_file'],
});

const block_id = string(255);

/**
 * The blocks the router may post, with the limits of Slack's Block Kit reference.
 * Of the interactive elements only buttons and static menus are known, because the router posts no others.
 */
const block = byType({
  section: object({
    optional: {
      block_id,
      text: textObject(3_000),
      fields: list(textObject(2_000), { max: 10 }),
      accessory: byType({ button, image }),
      expand: boolean,
    },
    anyOf: ['text', 'fields'],
  }),
  header: object({ required: { text: plainTextOnly(150) }, optional: { block_id } }),
  context: object({
    required: { elements: list(byType({ ...textKinds(3_000), image }), { max: 10 }) },
    optional: { block_id },
  }),
  divider: object({ optional: { block_id } }),
  actions: object({
    required: {
      elements: list(byType({ button, static_select: staticSelect }), { max: 25, unique: 'action_id' }),
    },
    optional: { block_id },
  }),
  image: object({
    required: { alt_text: string(2_000) },
    optional: { ...imageSource, block_id, title: plainTextOnly(2_000) },
    anyOf: ['image_url', 'slack_file'],
  }),
  rich_text: object({ required: { elements: richTextElements }, optional: { block_id } }),
  markdown: object({ required: { text: string(12_000) }, optional: { block_id } }),
});

/** The `blocks` of a message or of an attachment. How many there may be is counted over the whole message. */
export const blocks: Check = list(block, { unique: 'block_id' });
