import { refusalOf } from './validate-message.js';

const chars = (count: number): string => 'x'.repeat(count);
const times = <T>(count: number, item: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => item(i));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: object) => ({ type: 'section', text });
const divider = { type: 'divider' };
const richText = (...elements: object[]) => ({ type: 'rich_text', elements });
const paragraph = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const actions = (...buttons: object[]) => ({ type: 'actions', elements: buttons });
const button = (more: object = {}) => ({ type: 'button', text: plain('Silence'), ...more });
const image = (more: object = {}) => ({
  type: 'image',
  image_url: 'https://x.test/i.png',
  alt_text: 'i',
  ...more,
});
const inBlocks = (...blocks: object[]) => ({ text: 't', blocks });
const inAttachment = (attachment: object) => ({ text: 't', attachments: [attachment] });
const ofText = (text: object) => inBlocks(richText(paragraph(text)));
const errorOf = (body: Record<string, unknown>) => refusalOf(body, 'chat.postMessage')?.error;

describe('refusalOf: a limit', () => {
  it.each<[string, string, number, (size: number) => Record<string, unknown>]>([
    ['text', 'msg_too_long', 40_000, (n) => ({ text: chars(n) })],
    ['blocks', 'invalid_blocks', 50, (n) => inBlocks(...times(n, () => divider))],
    [
      'blocks of attachments',
      'invalid_attachments',
      50,
      (n) => inAttachment({ blocks: times(n, () => divider) }),
    ],
    [
      'blocks here and in attachments together',
      'invalid_attachments',
      50,
      (n) => ({ blocks: times(20, () => divider), attachments: [{ blocks: times(n - 20, () => divider) }] }),
    ],
    [
      'characters of all blocks',
      'msg_blocks_too_long',
      13_000,
      (n) => ({
        blocks: times(4, () => section(mrkdwn(chars(3_000)))),
        attachments: [{ blocks: [richText(paragraph({ type: 'text', text: chars(n - 12_000) }))] }],
      }),
    ],
    ['section text', 'invalid_blocks', 3_000, (n) => inBlocks(section(mrkdwn(chars(n))))],
    ['header', 'invalid_blocks', 150, (n) => inBlocks({ type: 'header', text: plain(chars(n)) })],
    [
      'fields',
      'invalid_blocks',
      10,
      (n) => inBlocks({ type: 'section', fields: times(n, () => plain('f')) }),
    ],
    ['field text', 'invalid_blocks', 2_000, (n) => inBlocks({ type: 'section', fields: [mrkdwn(chars(n))] })],
    [
      'context elements',
      'invalid_blocks',
      10,
      (n) => inBlocks({ type: 'context', elements: times(n, () => plain('c')) }),
    ],
    [
      'actions',
      'invalid_blocks',
      25,
      (n) => inBlocks(actions(...times(n, (i) => button({ action_id: `a${i}` })))),
    ],
    ['button text', 'invalid_blocks', 75, (n) => inBlocks(actions(button({ text: plain(chars(n)) })))],
    ['button value', 'invalid_blocks', 2_000, (n) => inBlocks(actions(button({ value: chars(n) })))],
    ['button url', 'invalid_blocks', 3_000, (n) => inBlocks(actions(button({ url: chars(n) })))],
    ['action_id', 'invalid_blocks', 255, (n) => inBlocks(actions(button({ action_id: chars(n) })))],
    ['block_id', 'invalid_blocks', 255, (n) => inBlocks({ ...divider, block_id: chars(n) })],
    ['image alt_text', 'invalid_blocks', 2_000, (n) => inBlocks(image({ alt_text: chars(n) }))],
    ['image title', 'invalid_blocks', 2_000, (n) => inBlocks(image({ title: plain(chars(n)) }))],
    ['markdown', 'invalid_blocks', 12_000, (n) => inBlocks({ type: 'markdown', text: chars(n) })],
    ['attachments', 'too_many_attachments', 100, (n) => ({ attachments: times(n, () => ({ text: 'a' })) })],
    [
      'a limit inside an attachment',
      'invalid_attachments',
      150,
      (n) => inAttachment({ blocks: [{ type: 'header', text: plain(chars(n)) }] }),
    ],
  ])('%s: %s past %d', (_, error, limit, body) => {
    expect(refusalOf(body(limit), 'chat.postMessage')).toBeUndefined();
    expect(errorOf(body(limit + 1))).toBe(error);
  });

  it('is 4,000 characters of text for chat.update', () => {
    expect(refusalOf({ text: chars(4_000) }, 'chat.update')).toBeUndefined();
    expect(refusalOf({ text: chars(4_001) }, 'chat.update')?.error).toBe('msg_too_long');
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['msg_too_long', 'invalid_payload', { text: chars(40_001) }],
    ['invalid_arguments', 'invalid_payload', { text: 7 }],
    ['invalid_json', 'invalid_payload', { text: '\ud83d' }],
    ['invalid_blocks_format', 'invalid_blocks', { text: 't', blocks: '[]' }],
    ['msg_blocks_too_long', 'invalid_blocks', inBlocks(...times(5, () => section(plain(chars(3_000)))))],
    ['invalid_blocks', 'invalid_blocks', inBlocks({})],
    ['no_text', 'no_text', {}],
  ])('%s is %s for a webhook', (api, webhook, body) => {
    expect(errorOf(body)).toBe(api);
    expect(refusalOf(body, 'webhook')?.error).toBe(webhook);
  });
});

describe('refusalOf', () => {
  it.each<[string, Record<string, unknown>]>([
    ['text alone', { text: 't' }],
    ['blocks alone', { blocks: [divider] }],
    [
      'a legacy attachment',
      { attachments: [{ color: 'good', pretext: 'p', text: 't', fields: [{ title: 'a', value: 'b' }] }] },
    ],
    ['colour, fallback and blocks', inAttachment({ color: '#ff0000', fallback: 'f', blocks: [divider] })],
    ['empty lists beside a text', { text: 't', blocks: [], attachments: [] }],
    ['a reply in a thread', { text: 't', thread_ts: '1.000001' }],
    ['paired surrogates', { text: '\ud83d\ude00' }],
    ['emoji on plain_text', inBlocks(section({ ...plain('t'), emoji: false }))],
    ['verbatim on mrkdwn', inBlocks(section({ ...mrkdwn('t'), verbatim: true }))],
    ['images in a context', inBlocks({ type: 'context', elements: [image(), mrkdwn('t')] })],
    ['an accessory', inBlocks({ ...section(plain('t')), accessory: button() })],
    ['a confirmed button', inBlocks(actions(button({ style: 'danger', confirm: { text: plain('Sure?') } })))],
    [
      'every kind of rich text',
      inBlocks(
        richText(
          paragraph(
            { type: 'text', text: 't', style: { bold: true, code: true } },
            { type: 'link', url: 'https://x.test', text: 'x' },
            { type: 'user', user_id: 'U1' },
            { type: 'usergroup', usergroup_id: 'S1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'broadcast', range: 'here' },
            { type: 'date', timestamp: 1_700_000_000, format: '{time}', fallback: 'then' },
            { type: 'emoji', name: 'wave' },
          ),
          {
            type: 'rich_text_list',
            style: 'bullet',
            indent: 1,
            elements: [paragraph({ type: 'text', text: 'item' })],
          },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: 'q' }], border: 1 },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'p' }] },
        ),
      ),
    ],
  ])('takes %s', (_, body) => {
    expect(refusalOf(body, 'chat.postMessage')).toBeUndefined();
    expect(refusalOf(body, 'webhook')).toBeUndefined();
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['blank text', 'no_text', { text: ' \n' }],
    ['empty lists', 'no_text', { blocks: [], attachments: [] }],
    ['an attachment of a colour alone', 'no_text', { attachments: [{ color: 'good' }] }],
    ['a thread_ts that is a number', 'invalid_arguments', { text: 't', thread_ts: 1.000001 }],
    ['a lone surrogate deep inside', 'invalid_json', ofText({ type: 'text', text: 'a\udc00' })],
    [
      'blocks and legacy text in one attachment',
      'invalid_attachments',
      inAttachment({ text: 't', blocks: [divider] }),
    ],
    [
      'blocks and a legacy title in one attachment',
      'invalid_attachments',
      inAttachment({ title: 't', blocks: [divider] }),
    ],
    ['an attachment that is no object', 'invalid_attachments', { text: 't', attachments: ['a'] }],
    ['attachments that are no list', 'invalid_attachments', { text: 't', attachments: {} }],
    ['a legacy text that is no string', 'invalid_attachments', inAttachment({ text: 7 })],
    ['the alert block, which is for modals', 'invalid_blocks', inBlocks({ type: 'alert', text: plain('t') })],
    ['a type out of the prototype', 'invalid_blocks', inBlocks({ type: 'constructor' })],
    ['a property blocks do not have', 'invalid_blocks', inBlocks({ ...divider, text: plain('t') })],
    [
      'a block_id used twice',
      'invalid_blocks',
      inBlocks({ ...divider, block_id: 'b' }, { ...divider, block_id: 'b' }),
    ],
    [
      'an action_id used twice',
      'invalid_blocks',
      inBlocks(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
    ],
    ['a section of nothing', 'invalid_blocks', inBlocks({ type: 'section' })],
    ['a section of no fields', 'invalid_blocks', inBlocks({ type: 'section', fields: [] })],
    ['an empty mrkdwn', 'invalid_blocks', inBlocks(section(mrkdwn('')))],
    ['an empty plain_text', 'invalid_blocks', inBlocks(section(plain('')))],
    ['a text object of another type', 'invalid_blocks', inBlocks(section({ type: 'markdown', text: 't' }))],
    ['a string for a text object', 'invalid_blocks', inBlocks({ type: 'section', text: 't' })],
    ['a text that is no string', 'invalid_blocks', inBlocks(section({ type: 'mrkdwn', text: 7 }))],
    ['emoji on mrkdwn', 'invalid_blocks', inBlocks(section({ ...mrkdwn('t'), emoji: true }))],
    ['verbatim on plain_text', 'invalid_blocks', inBlocks(section({ ...plain('t'), verbatim: true }))],
    ['a header of mrkdwn', 'invalid_blocks', inBlocks({ type: 'header', text: mrkdwn('t') })],
    ['a button of mrkdwn', 'invalid_blocks', inBlocks(actions(button({ text: mrkdwn('t') })))],
    ['a button style of its own', 'invalid_blocks', inBlocks(actions(button({ style: 'good' })))],
    ['an image without a source', 'invalid_blocks', inBlocks({ type: 'image', alt_text: 'i' })],
    [
      'an image without alt_text',
      'invalid_blocks',
      inBlocks({ type: 'image', image_url: 'https://x.test/i.png' }),
    ],
    ['rich text of nothing', 'invalid_blocks', inBlocks(richText())],
    ['rich text without a section', 'invalid_blocks', inBlocks(richText({ type: 'text', text: 't' }))],
    ['an empty paragraph', 'invalid_blocks', inBlocks(richText(paragraph()))],
    [
      'a list of text',
      'invalid_blocks',
      inBlocks(
        richText({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'text', text: 't' }] }),
      ),
    ],
    [
      'a list without a style',
      'invalid_blocks',
      inBlocks(richText({ type: 'rich_text_list', elements: [paragraph({ type: 'text', text: 't' })] })),
    ],
    [
      'a mention in preformatted text',
      'invalid_blocks',
      inBlocks(richText({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })),
    ],
    ['an unknown rich text element', 'invalid_blocks', ofText({ type: 'mrkdwn', text: 't' })],
    ['empty rich text', 'invalid_blocks', ofText({ type: 'text', text: '' })],
    ['an unknown style', 'invalid_blocks', ofText({ type: 'text', text: 't', style: { blink: true } })],
    ['a link without url', 'invalid_blocks', ofText({ type: 'link', text: 't' })],
    ['a user without user_id', 'invalid_blocks', ofText({ type: 'user' })],
    ['a usergroup without usergroup_id', 'invalid_blocks', ofText({ type: 'usergroup' })],
    ['a broadcast to an unknown range', 'invalid_blocks', ofText({ type: 'broadcast', range: 'all' })],
    ['a date without format', 'invalid_blocks', ofText({ type: 'date', timestamp: 1 })],
    [
      'a date whose timestamp is text',
      'invalid_blocks',
      ofText({ type: 'date', timestamp: '1', format: '{time}' }),
    ],
    ['an emoji without name', 'invalid_blocks', ofText({ type: 'emoji' })],
  ])('refuses %s: %s', (_, error, body) => {
    expect(errorOf(body)).toBe(error);
  });

  it('says what was wrong and where', () => {
    expect(refusalOf(inBlocks(divider, section(mrkdwn(''))), 'chat.postMessage')?.detail).toBe(
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]',
    );
  });
});
