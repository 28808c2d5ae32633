import * as fc from 'fast-check';
import { failedLogin, messageOf } from '../../../test/support/failed-login.js';
import { severities } from '../../domain/alert.js';
import { payloadOf, type SlackPayload } from './payload.js';
import { plainPayload } from './plain-payload.js';

const at = 0;
const family = '👨‍👩‍👧‍👦';
const million = 1_000_000;

function details(payload: SlackPayload): string {
  return JSON.stringify(payload.attachments?.[0]?.blocks);
}

/** Throws unless the payload is one that Slack takes. */
function expectWithinLimits(payload: SlackPayload): void {
  expect(payload.text.length).toBeGreaterThan(0);
  expect(payload.text.length).toBeLessThanOrEqual(3_500);
  const blocks = [
    ...(payload.blocks ?? []),
    ...(payload.attachments ?? []).flatMap((attachment) => attachment.blocks),
  ];
  expect(blocks.length).toBeLessThanOrEqual(45);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(10_000);
  for (const attachment of payload.attachments ?? [])
    expect(Object.keys(attachment).sort()).toEqual(['blocks', 'color']);
  for (const block of blocks) {
    JSON.stringify(block, (key, value: unknown) => {
      if (key !== 'text' || typeof value !== 'string') return value;
      const limit = block.type === 'header' ? 150 : 2_900;
      expect(value.length).toBeGreaterThan(0);
      expect(value.length).toBeLessThanOrEqual(limit);
      expect(value.isWellFormed()).toBe(true);
      return value;
    });
  }
}

const hostileTexts = [
  '<!channel>',
  '<@U1>',
  '<http://evil|x>',
  '&lt;',
  '\u202e\u2066',
  '\0',
  '\ud800',
  family,
  '*bold* _i_ ~s~',
  '```',
  ':smile:',
  '"\\\n\t',
  'x'.repeat(400),
  '\u0301'.repeat(300),
];

describe('every payload', () => {
  const value = fc
    .array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })), { maxLength: 30 })
    .map((texts) => texts.join(''));
  const rich = fc.array(fc.oneof(fc.record({ value }), fc.constantFrom('plain ', 'A & B\n')), {
    maxLength: 4,
  });
  const content = fc.record(
    {
      ruleId: fc.constant('r'),
      ruleName: value.map((name) => `R${name}`),
      severity: fc.constantFrom(...severities),
      title: rich,
      text: rich,
      fields: fc.array(fc.record({ name: fc.string({ maxLength: 300 }), value: rich }), { maxLength: 60 }),
      mentions: fc.array(fc.constantFrom('<!here>', '<@U1>', `<!subteam^S${'1'.repeat(30)}>`), {
        maxLength: 200,
      }),
      at: fc.double(),
      link: fc.webUrl({ withQueryParameters: true }),
      runbook: value,
      suppressed: fc.record({ count: fc.nat(), since: fc.double() }),
    },
    { requiredKeys: ['ruleId', 'ruleName', 'severity', 'title', 'fields', 'mentions', 'at'] },
  );

  it('stays within the limits, and lets no value through', () => {
    fc.assert(
      fc.property(fc.array(content, { minLength: 1, maxLength: 20 }), (alerts) => {
        const payload = payloadOf(messageOf(...alerts));
        expectWithinLimits(payload);
        expectWithinLimits(plainPayload(messageOf(...alerts)));
        const allowed = /<(?:!here|@U1|!subteam\^S1+|!date\^-?\d+\^[^<>]*|https?:\/\/[^<>]*)>/g;
        const parsed = [payload.text, plainPayload(messageOf(...alerts)).text];
        JSON.stringify(payload, (_key, node: { type?: unknown; text?: unknown }) => {
          if (node?.type === 'mrkdwn') parsed.push(String(node.text));
          return node;
        });
        for (const text of parsed) expect(text.replace(allowed, '')).not.toMatch(/[<>`]/);
      }),
      { numRuns: 60 },
    );
  });

  it.each(['a', '<', '&', '"', '\n', '*', '`', family, '🇩🇪', '\0', '\ud800', '\u202e', 'a '])(
    'is made of a megabyte of %j',
    (unit) => {
      const hostile = [{ value: unit.repeat(million / unit.length) }];
      const hostileAlert = failedLogin({
        title: hostile,
        text: hostile,
        fields: [{ name: 'F', value: hostile }],
      });
      expectWithinLimits(payloadOf(messageOf(hostileAlert)));
      expectWithinLimits(plainPayload(messageOf(hostileAlert)));
      const detail = hostile[0]?.value ?? '';
      expectWithinLimits(
        payloadOf({ kind: 'notice', notice: { severity: 'low', title: 'Quoting', detail, at } }),
      );
    },
  );

  it('has every short field of many', () => {
    const fields = Array.from({ length: 30 }, (_, index) => ({
      name: `Name ${index}.`,
      value: [`value ${index}.`],
    }));
    const payload = payloadOf(messageOf(failedLogin({ fields, text: ['x '.repeat(5_000)] })));
    expectWithinLimits(payload);
    for (const { name } of fields) expect(details(payload)).toContain(name);
    expect(details(payload)).toMatch(/x… \([\d,]+ more characters\)/);
  });

  it('says how many fields it left out', () => {
    const fields = Array.from({ length: 200 }, (_, index) => ({
      name: `Name ${index}.`,
      value: [`value ${index}.`],
    }));
    const payload = payloadOf(messageOf(failedLogin({ fields })));
    expectWithinLimits(payload);
    const shown = details(payload).split('"Name ').length - 1;
    expect(details(payload)).toContain(`… (${200 - shown} more fields)`);
  });
});
