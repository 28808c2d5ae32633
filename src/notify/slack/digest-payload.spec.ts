import * as fc from 'fast-check';
import { alertContent } from '../../../test/support/alerts.js';
import { digestOf } from '../../../test/support/digests.js';
import { activeMarkup } from '../../../test/support/fake-slack/active-markup.js';
import type { JsonObject } from '../../../test/support/fake-slack/json.js';
import { messageText } from '../../../test/support/fake-slack/message-text.js';
import { refusalOf } from '../../../test/support/fake-slack/validate-message.js';
import { severities, type AlertContent } from '../../domain/alert.js';
import type { Digest } from '../../domain/alerting/digest.js';
import { severityColours } from './blocks.js';
import { payloadOf, type SlackPayload } from './payload.js';
import { plainPayload } from './plain-payload.js';

function payloadsOf(digest: Digest): { full: SlackPayload & JsonObject; plain: SlackPayload & JsonObject } {
  const message = { kind: 'digest', digest } as const;
  return { full: { ...payloadOf(message) }, plain: { ...plainPayload(message) } };
}

/** Throws unless Slack takes both forms, and makes nothing of them but mentions, dates and links to `https`. */
function check(digest: Digest): void {
  const { full, plain } = payloadsOf(digest);
  for (const payload of [full, plain]) {
    // chat.update has the tightest limits.
    expect(refusalOf(payload, 'chat.update')).toBeUndefined();
    expect(payload.text.length).toBeLessThanOrEqual(3_500);
    expect(payload.text).toMatch(new RegExp(String.raw`^${digest.total} alerts\b`));
    for (const markup of activeMarkup(payload)) {
      expect(markup).toMatch(/^<(?:!here|@U\d+|!date\^-?\d+\^\{.*|https?:\/\/[^|]+(?:\|Open in Auth0)?)>$/s);
    }
  }
  const blocks = [full.blocks ?? [], (full.attachments ?? []).flatMap((attachment) => attachment.blocks)];
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(10_000);
  expect(blocks.flat().length).toBeLessThanOrEqual(45);
}

describe('payloadOf a digest', () => {
  const { full, plain } = payloadsOf(digestOf());

  it('counts the alerts and names the worst in the header, the notification and the plain text, with every mention', () => {
    expect(full.blocks).toEqual([
      {
        type: 'header',
        text: { type: 'plain_text', text: '9997 alerts in 12 minutes, the worst: Brute force', emoji: false },
      },
      { type: 'section', text: { type: 'mrkdwn', text: '<!here> <@U1>', verbatim: true } },
    ]);
    expect(full.text).toBe('9997 alerts in 12 minutes, the worst: Brute force <!here> <@U1>');
    expect(plain.text).toContain(full.text);
  });

  it('shows the counts, the alerts singled out and the time span', () => {
    const shown = messageText(full).split('\n');
    expect(shown.slice(3)).toEqual([
      'Rules: Failures × 9000, Brute force × 997',
      expect.stringMatching(/^Types: Failed .+ \(fp\) × 9000, brand_new × 997$/),
      'Users: ann@example.com × 500, and 12 more',
      'IPs: 203.0.113.9 × 9997',
      'First (High): Failed login of ann · 2026-01-15 11:48:00 UTC · Open in Auth0',
      'Worst (Critical): Brute force · 2026-01-15 11:48:01 UTC',
      'Critical',
      '<!date^1768477680^{date_short_pretty} {time_secs}|2026-01-15 11:48:00 UTC> to ' +
        '<!date^1768478400^{date_short_pretty} {time_secs}|2026-01-15 12:00:00 UTC>',
    ]);
    expect(activeMarkup(full)).toContain('<https://manage.auth0.com/1?a&b|Open in Auth0>');
  });

  it('shows the same in plain text', () => {
    expect(plain.text.split('\n').slice(1)).toEqual([
      'critical',
      '2026-01-15 11:48:00 UTC to 2026-01-15 12:00:00 UTC',
      'Rules: Failures × 9000, Brute force × 997',
      expect.stringMatching(/^Types: Failed .+ \(fp\) × 9000, brand_new × 997$/),
      'Users: ann@example.com × 500, and 12 more',
      'IPs: 203.0.113.9 × 9997',
      'First (High): Failed login of ann · 2026-01-15 11:48:00 UTC',
      'Worst (Critical): Brute force · 2026-01-15 11:48:01 UTC',
      '<https://manage.auth0.com/1?a&amp;b>',
    ]);
  });

  it.each(severities.map((severity) => [severity]))('has the colour of %s', (severity) => {
    expect(payloadsOf(digestOf({ severity })).full.attachments?.[0]?.color).toBe(severityColours[severity]);
  });

  it('says what was held back before an alert it singles out', () => {
    const first = alertContent('T', { suppressed: { count: 17, since: 1_000 } });
    const { full: held } = payloadsOf(digestOf({ first }));
    expect(messageText(held)).toContain(
      ' · 17 more like this were held back since 1970-01-01 00:00:01 UTC\n',
    );
    expect(activeMarkup(held).join()).toContain('<!date^1^');
    expect(held.text).toMatch(/^9997 alerts /);
  });

  it('shows hostile names to the letter, on one line', () => {
    const users = { top: [{ name: '<!channel> *b*\n&lt;\u202e<@U9>', count: 3 }], distinct: 1 };
    const { full: hostile, plain: plainHostile } = payloadsOf(digestOf({ users }));
    expect(messageText(hostile)).toContain('Users: <!channel> *b* &lt;<@U9> × 3');
    expect(plainHostile.text).toContain(
      '&lt;!channel&gt; \u00ad*\u00adb\u00ad*\u00ad &amp;lt;&lt;@U9&gt; × 3',
    );
  });

  it.each(['a', '<', '&', '"', '\\', '\n', '*', '`', '👨‍👩‍👧‍👦', '\0', '\ud800', '\u202e', '\u0301', 'a '])(
    'stays within the limits when every name has 10,000 of %j',
    (unit) => {
      const name = unit.repeat(10_000);
      const names = { top: Array.from({ length: 20 }, () => ({ name, count: 5 })), distinct: 1_000_000 };
      const link = `https://manage.auth0.com/${'x'.repeat(2_900)}`;
      const hostile = alertContent(name, { ruleName: name, link, suppressed: { count: 99_999, since: 1 } });
      const digest = digestOf({
        rules: names,
        types: names,
        users: names,
        addresses: names,
        applications: names,
        first: hostile,
        group: name,
        worst: [hostile, hostile, hostile, hostile, hostile],
        mentions: Array.from({ length: 500 }, (_, index) => `<@U${1_000_000 + index}>`),
      });
      for (const each of [digest, digestOf({ ...digest, mentions: [] }), { ...digest, group: undefined }]) {
        check(each);
        const text = messageText(payloadsOf(each).full);
        const leftOut = Number(/… \((\d) more of the worst\)/.exec(text)?.[1] ?? 0);
        expect((text.match(/^Worst /gm) ?? []).length + leftOut).toBe(5);
      }
    },
  );

  it('singles out all six where their titles are of a usual length', () => {
    const link =
      'https://manage.auth0.com/dashboard/eu/tenant/logs/90020260115114800000000000001223372036854775';
    const usual = alertContent('Failed login of somebody@example.com from 203.0.113.9', { link });
    const top = Array.from({ length: 5 }, (_, index) => ({ name: `somebody${index}@example.com`, count: 9 }));
    const names = { top, distinct: 50 };
    const digest = digestOf({ users: names, applications: names, addresses: names, first: usual });
    const { full: shown } = payloadsOf({ ...digest, worst: [usual, usual, usual, usual, usual] });
    expect(messageText(shown).match(/^(?:First|Worst) .* · Open in Auth0$/gm)).toHaveLength(6);
  });

  it('stays within the limits, whatever it holds', () => {
    const name = fc
      .array(
        fc.oneof(
          fc.constantFrom('<!channel>', '<@U1>', '<http://evil|x>', '\0', '\ud800', '"\\\n', 'x'.repeat(400)),
          fc.string({ unit: 'binary' }),
        ),
        { maxLength: 30 },
      )
      .map((texts) => texts.join(''));
    const count = fc.nat();
    const names = fc.record({
      top: fc.array(fc.record({ name, count }), { maxLength: 12 }),
      distinct: count,
    });
    const alert = fc
      .record(
        {
          ruleName: name,
          severity: fc.constantFrom(...severities),
          at: fc.double(),
          link: fc.oneof(fc.webUrl({ withQueryParameters: true }), name),
          suppressed: fc.record({ count, since: fc.double() }),
        },
        { requiredKeys: ['ruleName', 'severity', 'at'] },
      )
      .chain((changes) => name.map((title): AlertContent => alertContent(title, changes)));
    const digest: fc.Arbitrary<Digest> = fc.record({
      total: fc.integer({ min: 2 }),
      severity: fc.constantFrom(...severities),
      from: fc.double(),
      to: fc.double(),
      rules: names,
      types: names,
      users: names,
      addresses: names,
      applications: names,
      first: alert,
      worst: fc.array(alert, { maxLength: 5 }),
      mentions: fc.array(fc.constantFrom('<!here>', '<@U1>', '<@U123456789>'), { maxLength: 200 }),
    });
    fc.assert(fc.property(digest, check), { numRuns: 100 });
  });

  it('lists every alert of a small digest', () => {
    const alerts = Array.from({ length: 25 }, (_, index) =>
      alertContent(`Wrong password of somebody, number ${index};`, {
        link: `https://manage.auth0.com/#/logs/${index}`,
      }),
    );
    const [first, ...worst] = alerts;
    const digest = digestOf({ total: 25, first: first!, worst });
    const text = messageText(payloadsOf(digest).full);
    for (const index of alerts.keys()) expect(text).toContain(`number ${index};`);
    check(digest);
  });
});
