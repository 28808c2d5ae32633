import type { AlertContent, BlockNode, RichText } from '../../domain/alert.js';
import { payloadOf } from './payload.js';
import { templateBlocks } from './template-blocks.js';

type Tree = string | number | boolean | null | readonly Tree[] | { readonly [key: string]: Tree };

/** Every `{{x}}` in a string stands for the value x of an event. */
function node(tree: Tree): BlockNode {
  if (typeof tree === 'string') return { spans: spansOf(tree) };
  if (tree === null || typeof tree !== 'object') return { literal: tree };
  if (Array.isArray(tree)) return { items: (tree as readonly Tree[]).map(node) };
  return { entries: Object.entries(tree).map(([key, child]) => [key, node(child as Tree)] as const) };
}

function spansOf(text: string): RichText {
  return text
    .split(/(\{\{[^]*?\}\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{{') ? { value: part.slice(2, -2) } : part));
}

function blocks(...trees: Tree[]): unknown {
  return templateBlocks(trees.map(node));
}

function rich(element: Tree): Tree {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [element] }] };
}

function plain(text: string): Tree {
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
}

const evil = '{{<!channel> *b* :smile: &}}';
const shy = '\u00ad';

describe('templateBlocks', () => {
  it('neutralises values in mrkdwn, and forces verbatim there', () => {
    expect(
      blocks({ type: 'section', text: { type: 'mrkdwn', text: `*Hi* ${evil}`, verbatim: false } }),
    ).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: `*Hi* &lt;!channel&gt; ${shy}*${shy}b${shy}*${shy} :${shy}smile: &amp;`,
          verbatim: true,
        },
      },
    ]);
  });

  it('leaves the operator’s own blocks as they are', () => {
    const own: Tree[] = [
      { type: 'divider' },
      { type: 'section', text: { type: 'mrkdwn', text: '*Hi* <https://x.example|x> <!here> & :wave:' } },
      { type: 'header', text: { type: 'plain_text', text: 'A & B :wave:', emoji: true } },
      { type: 'markdown', text: '**bold** [x](https://x.example)' },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
      {
        type: 'section',
        fields: [{ type: 'plain_text', text: 'x' }],
        accessory: { type: 'button', value: 'v' },
      },
    ];
    expect(blocks(...own)).toEqual(own);
  });

  it('keeps an image whose alt_text comes out empty, which Slack refuses', () => {
    for (const alt_text of ['', ' ', '{{}}', ' {{ }} '])
      expect(blocks({ type: 'image', image_url: 'https://x.example/a.png', alt_text })).toEqual([
        { type: 'image', image_url: 'https://x.example/a.png', alt_text: 'image' },
      ]);
  });

  it('closes a block of code that is too long for its place', () => {
    const text = `\`\`\`${'code '.repeat(900)}\`\`\``;
    expect(blocks({ type: 'section', text: { type: 'mrkdwn', text } })).toMatchObject([
      { text: { text: expect.stringMatching(/^```[^`]+more characters\)\n```$/) } },
    ]);
  });

  it('escapes values in plain text and elsewhere', () => {
    expect(blocks({ type: 'image', image_url: 'https://x.example/{{a b}}.png', alt_text: evil })).toEqual([
      {
        type: 'image',
        image_url: 'https://x.example/a%20b.png',
        alt_text: `&lt;!channel&gt; *b* :${shy}smile: &amp;`,
      },
    ]);
  });

  it('keeps values in rich text to the letter', () => {
    const text = { type: 'text', text: `It is ${evil}`, style: { bold: true } };
    expect(blocks(rich(text))).toEqual([rich({ ...text, text: 'It is <!channel> *b* :smile: &' })]);
  });

  it.each<[Tree, Tree]>([
    [
      { type: 'user', user_id: '{{U1}}' },
      { type: 'text', text: 'U1' },
    ],
    [
      { type: 'broadcast', range: '{{channel}}' },
      { type: 'text', text: 'channel' },
    ],
    [
      { type: 'usergroup', usergroup_id: 'S{{1}}' },
      { type: 'text', text: 'S1' },
    ],
    [
      { type: 'emoji', name: '{{smile}}' },
      { type: 'text', text: 'smile' },
    ],
    [
      { type: 'link', url: '{{javascript:x}}', text: '{{Click}}' },
      { type: 'text', text: 'Click' },
    ],
    [
      { type: 'link', url: '{{javascript:x}}' },
      { type: 'text', text: 'javascript:x' },
    ],
    [
      { type: 'link', url: '{{https://x.example/a b}}' },
      { type: 'link', url: 'https://x.example/a%20b' },
    ],
  ])('%j in rich text becomes %j', (element, expected) => {
    expect(blocks(rich(element))).toEqual([rich(expected)]);
  });

  it('never puts a value into standard Markdown', () => {
    const markdown = { type: 'markdown', text: '**Hi** {{[x](https://evil.example)}} <' };
    expect(blocks(markdown)).toEqual([plain('**Hi** [x](https://evil.example) &lt;')]);
    expect(blocks({ type: 'container', child_blocks: [markdown] })).toEqual([
      { type: 'container', child_blocks: [plain('**Hi** [x](https://evil.example) &lt;')] },
    ]);
    expect(blocks({ type: 'markdown', text: `{{${'a '.repeat(3_000)}}}` })).toHaveLength(3);
  });

  it.each<[string, Tree]>([
    ['an image without a usable URL', { type: 'image', image_url: '{{x}}', alt_text: 'x' }],
    ['a section whose text is empty', { type: 'section', text: { type: 'mrkdwn', text: '{{ }}' } }],
    [
      'actions whose only button has a bad URL',
      { type: 'actions', elements: [{ type: 'button', url: 'slack://x' }] },
    ],
    ['a type chosen by a value', { type: '{{section}}', text: 'x' }],
    ['no object', 'text'],
    ['no type', { text: 'x' }],
  ])('leaves out %s', (_name, tree) => expect(blocks(tree)).toEqual([]));

  it.each<[string, number, (text: string) => Tree]>([
    ['a header', 150, (text) => ({ type: 'header', text: { type: 'plain_text', text } })],
    ['a section', 2_900, (text) => ({ type: 'section', text: { type: 'mrkdwn', text } })],
    ['a field', 1_900, (text) => ({ type: 'section', fields: [{ type: 'plain_text', text }] })],
    ['a context', 1_900, (text) => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] })],
    [
      'a button',
      75,
      (text) => ({ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text } }] }),
    ],
    ['rich text', 1_900, (text) => ({ type: 'rich_text', elements: [{ type: 'text', text }] })],
  ])('cuts the text of %s at %i', (_name, limit, tree) => {
    const texts: string[] = [];
    JSON.stringify(blocks(tree(`{{${'a&'.repeat(4_000)}}}`)), (key, value: unknown) => {
      if (key === 'text' && typeof value === 'string') texts.push(value);
      return value;
    });
    expect(texts).toEqual([expect.stringMatching(/^(?:a&(?:amp;)?)+a?… \([\d,]+ more characters\)$/)]);
    expect(texts[0]?.length).toBeLessThanOrEqual(limit);
    expect(texts[0]?.length).toBeGreaterThan(limit - 20);
  });

  it.each([
    ['section', 'fields', 10],
    ['context', 'elements', 10],
    ['actions', 'elements', 25],
  ])('keeps the %s’s first %s', (type, key, most) => {
    const items = Array.from({ length: 40 }, () => ({ type: 'plain_text', text: 'x' }));
    expect(blocks({ type, [key]: items })).toEqual([{ type, [key]: items.slice(0, most) }]);
  });
});

describe('a message with template blocks', () => {
  const content: AlertContent = {
    ruleId: 'r',
    ruleName: 'Rule',
    severity: 'low',
    title: ['The title'],
    text: ['Hidden text'],
    fields: [{ name: 'Hidden', value: ['field'] }],
    mentions: ['<!here>'],
    at: 0,
  };
  const section = node({ type: 'section', text: { type: 'mrkdwn', text: 'Own {{<text>}}' } });

  it('shows them in place of title, text and fields', () => {
    const payload = payloadOf({ kind: 'alert', alerts: [{ ...content, blocks: [section] }] });
    expect(payload.text).toBe('The title <!here>');
    expect(payload.blocks).toMatchObject([
      { type: 'section', text: { text: 'Own &lt;text&gt;' } },
      { type: 'section', text: { text: '<!here>' } },
    ]);
    expect(payload.attachments?.[0]?.blocks).toMatchObject([{ type: 'context' }]);
    expect(JSON.stringify(payload)).not.toContain('Hidden');
  });

  it('shows another rule’s under its name', () => {
    const other: AlertContent = { ...content, ruleName: 'Other', severity: 'info', blocks: [section] };
    const payload = payloadOf({ kind: 'alert', alerts: [content, other] });
    expect(payload.attachments?.[0]?.blocks).toMatchObject([
      { type: 'section', text: { text: 'Hidden text' } },
      { type: 'rich_text' },
      { type: 'section', text: { text: '*Other*' } },
      { type: 'section', text: { text: 'Own &lt;text&gt;' } },
      { type: 'context' },
    ]);
  });

  it.each([
    [100, 10],
    [30, 2_000],
  ])('says how many of %i did not fit', (number, length) => {
    const many = Array.from({ length: number }, (_, index) =>
      node({ type: 'section', text: { type: 'mrkdwn', text: `{{b${index} ${'x'.repeat(length)}}}` } }),
    );
    const payload = payloadOf({ kind: 'alert', alerts: [{ ...content, blocks: many }] });
    const all = [...(payload.blocks ?? []), ...(payload.attachments?.[0]?.blocks ?? [])];
    expect(all.length).toBeLessThanOrEqual(45);
    expect(JSON.stringify(all).length).toBeLessThanOrEqual(10_000);
    const shown = JSON.stringify(all).match(/"b\d+ x/g)?.length ?? 0;
    expect(shown).toBeGreaterThan(2);
    expect(JSON.stringify(all)).toContain(`… (${number - shown} more blocks)`);
    expect(JSON.stringify(all)).toContain('<!here>');
  });
});
