import { boolean, byType, type Check, integer, list, object, oneOf, satisfies, string } from './schema.js';

const style = object({
  optional: { bold: boolean, italic: boolean, strike: boolean, underline: boolean, code: boolean },
});

function styled(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return object({ required, optional: { ...optional, style } });
}

const text = styled({ text: string() });
const link = styled({ url: string(3_000) }, { text: string(), unsafe: boolean });
const timestamp = satisfies((value) => Number.isInteger(value), 'must be an integer');

const inline = byType({
  text,
  link,
  user: styled({ user_id: string() }),
  usergroup: styled({ usergroup_id: string() }),
  channel: styled({ channel_id: string() }),
  team: styled({ team_id: string() }),
  broadcast: styled({ range: oneOf('here', 'channel', 'everyone') }),
  date: styled({ timestamp, format: string() }, { url: string(), fallback: string() }),
  emoji: styled({ name: string() }, { unicode: string(), url: string() }),
  color: styled({ value: string() }),
});

const border = integer(0, 1);
const section = object({ required: { elements: list(inline) } });

/** What a `rich_text` block may hold, after the types of Slack's own SDK (`@slack/types`). */
export const richTextElements: Check = list(
  byType({
    rich_text_section: section,
    rich_text_list: object({
      required: { style: oneOf('bullet', 'ordered'), elements: list(byType({ rich_text_section: section })) },
      optional: { indent: integer(0, 8), offset: integer(0, 1_000_000), border },
    }),
    rich_text_quote: object({ required: { elements: list(inline) }, optional: { border } }),
    rich_text_preformatted: object({
      required: { elements: list(byType({ text, link })) },
      optional: { border },
    }),
  }),
);
