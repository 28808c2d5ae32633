import { failedLogin, messageOf } from '../../../test/support/failed-login.js';
import { severities, type AlertContent, type RichText } from '../../domain/alert.js';
import { payloadOf, type SlackPayload } from './payload.js';
import { severityColours } from './blocks.js';

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const family = '👨‍👩‍👧‍👦';

const alert = (changes: Partial<AlertContent> = {}) => failedLogin({ at, ...changes });

function details(payload: SlackPayload): string {
  return JSON.stringify(payload.attachments?.[0]?.blocks);
}

describe('payloadOf an alert', () => {
  it('lays it out', () => {
    const text: RichText = ['*Look* at ', { value: '<!channel> *b*' }];
    const link = 'https://manage.auth0.com/logs/1?a=1&b=2';
    const payload = payloadOf(
      messageOf(alert({ text, link, mentions: ['<!here>', '<@U1>'], runbook: 'https://runbooks.example/x' })),
    );
    expect(payload).toEqual({
      text: 'Failed login of ann@example.com <!here> <@U1>',
      blocks: [
        {
          type: 'header',
          text: { type: 'plain_text', text: 'Failed login of ann@example.com', emoji: false },
        },
        { type: 'section', text: { type: 'mrkdwn', text: '<!here> <@U1>', verbatim: true } },
      ],
      attachments: [
        {
          color: severityColours.high,
          blocks: [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: '*Look* at &lt;!channel&gt; \u00ad*\u00adb\u00ad*\u00ad',
                verbatim: true,
              },
            },
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'IP: ', style: { bold: true } },
                    { type: 'text', text: '203.0.113.9' },
                  ],
                },
              ],
            },
            {
              type: 'context',
              elements: [
                'High',
                'Failed logins',
                '<!date^1767323045^{date_short_pretty} {time_secs}|2026-01-02 03:04:05 UTC>',
                '<https://manage.auth0.com/logs/1?a=1&amp;b=2|Open in Auth0>',
                '<https://runbooks.example/x|Runbook>',
              ].map((element) => ({ type: 'mrkdwn', text: element, verbatim: true })),
            },
          ],
        },
      ],
    });
  });

  it.each(severities.map((severity) => [severity]))('has the colour of %s', (severity) => {
    const payload = payloadOf(messageOf(alert({ severity })));
    expect(payload.attachments?.[0]?.color).toBe(severityColours[severity]);
    expect(new Set(Object.values(severityColours)).size).toBe(severities.length);
  });

  it('puts a title that is too long for the header first in the body', () => {
    const title = `${family.repeat(30)} ends`;
    const payload = payloadOf(messageOf(alert({ title: [{ value: title }], text: ['then the text'] })));
    const header = JSON.stringify(payload.blocks?.[0]);
    expect(header).toContain('more characters');
    expect(header).not.toContain('ends');
    expect(details(payload).indexOf(title)).toBeGreaterThan(0);
    expect(details(payload).indexOf('then the text')).toBeGreaterThan(details(payload).indexOf(title));
    expect(payload.text).toBe(title);
  });

  it('splits a long text over sections, without losing any', () => {
    const words = Array.from({ length: 900 }, (_, index) => `word${index}`);
    const payload = payloadOf(messageOf(alert({ text: [words.join(' ')] })));
    const sections = payload.attachments?.[0]?.blocks.filter(({ type }) => type === 'section') ?? [];
    expect(sections.length).toBe(3);
    for (const word of words) expect(details(payload)).toMatch(new RegExp(`\\b${word}\\b`));
  });

  it('keeps values in fields to the letter, and says what it cut', () => {
    const value = `<!channel> *b* &lt; ${'x'.repeat(3_000)}`;
    const payload = payloadOf(
      messageOf(alert({ fields: [{ name: 'UA', value: [{ value: `${value}\u202e\0` }] }] })),
    );
    expect(details(payload)).toContain('"<!channel> *b* &lt; xxx');
    const left = Number(/x… \((1,\d+) more characters\)"/.exec(details(payload))?.[1]?.replace(',', ''));
    expect(details(payload)).toContain(`${'x'.repeat(3_001 - left)}…`);
    expect(details(payload)).not.toContain('x'.repeat(3_002 - left));
  });

  it('leaves out a field with nothing to show, a link that is none, and mentions where there are none', () => {
    const fields = [{ name: 'Odd', value: [{ value: '\u202e ' }] }];
    const payload = payloadOf(messageOf(alert({ fields, link: 'javascript:x', runbook: 'see wiki' })));
    expect(JSON.stringify(payload)).not.toMatch(/Odd|javascript|wiki/);
    expect(payload.blocks).toHaveLength(1);
  });

  it('names the rule where a title renders to nothing', () => {
    const payload = payloadOf(messageOf(alert({ title: [{ value: ' \u202e' }] })));
    expect(payload.text).toBe('Failed logins');
    expect(JSON.stringify(payload.blocks)).toContain('"Failed logins"');
  });
});

describe('what was held back before an alert', () => {
  const suppressed = { count: 17, since: 1_000 };
  const note =
    '17 more like this were held back since <!date^1^{date_short_pretty} {time_secs}|1970-01-01 00:00:01 UTC>';

  it('stands above the context, and changes no count', () => {
    const [held, without] = [payloadOf(messageOf(alert({ suppressed }))), payloadOf(messageOf(alert()))];
    const blocks = held.attachments?.[0]?.blocks ?? [];
    expect(blocks.at(-2)).toEqual({
      type: 'context',
      elements: [{ type: 'mrkdwn', text: note, verbatim: true }],
    });
    expect(blocks.toSpliced(-2, 1)).toEqual(without.attachments?.[0]?.blocks);
    expect(held.text).toBe(without.text);
  });

  it('names the rule where there are several alerts', () => {
    const other = alert({
      ruleName: '*Other*\n<!here>',
      severity: 'low',
      suppressed: { count: 1, since: Number.NaN },
    });
    const payload = payloadOf(messageOf(alert({ suppressed }), other));
    expect(details(payload)).toContain(
      String.raw`"Failed logins: ${note}\n` +
        '\u00ad*\u00adOther\u00ad*\u00ad &lt;!here&gt;: 1 more like this was held back"',
    );
    expect(payload.text).toContain('(2 alerts)');
  });

  it('is said of a template with blocks of its own', () => {
    const blocks = [{ entries: [['type', { spans: ['divider'] }]] as const }];
    expect(details(payloadOf(messageOf(alert({ blocks, suppressed }))))).toContain(note);
  });
});

describe('payloadOf several alerts about one event', () => {
  const payload = payloadOf(
    messageOf(
      alert({ mentions: ['<!here>'], text: ['Shared text'], fields: [{ name: 'IP', value: ['1.2.3.4'] }] }),
      alert({
        ruleId: 'b',
        ruleName: 'Brute <force>',
        severity: 'critical',
        title: ['Brute force'],
        text: ['Shared text'],
        mentions: ['<!here>', '<@U1>'],
        fields: [
          { name: 'IP', value: ['1.2.3.4'] },
          { name: 'Count', value: ['20'] },
        ],
      }),
      alert({
        ruleId: 'c',
        ruleName: 'Third',
        severity: 'low',
        title: ['Brute force'],
        text: ['Own text'],
        fields: [],
      }),
    ),
  );

  it('leads with the most severe', () => {
    expect(payload.text).toBe('Brute force (3 alerts) <!here> <@U1>');
    expect(JSON.stringify(payload.blocks?.[0])).toContain('"Brute force"');
    expect(payload.attachments?.[0]?.color).toBe(severityColours.critical);
  });

  it('shows what the others add under their names, and nothing twice', () => {
    const body = details(payload);
    expect(body).toContain(String.raw`*Failed logins*\nFailed login of ann@example.com`);
    expect(body).toContain(String.raw`*Third*\nOwn text`);
    for (const once of ['Shared text', '"1.2.3.4"', '"20"']) expect(body.split(once)).toHaveLength(2);
    expect(body).not.toContain('"Brute force"');
  });

  it('counts the alerts and names every rule', () => {
    expect(details(payload)).toContain('"3 alerts"');
    expect(details(payload)).toContain('"3 rules: Brute &lt;force&gt;, Failed logins, Third"');
  });

  it('names what it has no room to show', () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      alert({
        ruleId: `r${index}`,
        ruleName: `Rule ${index}.`,
        title: [`Title ${index}.`],
        text: ['x'.repeat(900) + index],
      }),
    );
    const body = details(payloadOf(messageOf(...many)));
    expect(body).toContain('… (48 more alerts)');
    for (const { ruleName } of many) expect(body).toContain(ruleName);
  });
});

describe('payloadOf a notice', () => {
  it('quotes its detail to the letter', () => {
    const notice = {
      severity: 'medium',
      title: 'Channel paused & kept',
      detail: '<!channel> *said*\0',
      at,
    } as const;
    const payload = payloadOf({ kind: 'notice', notice });
    expect(payload.text).toBe('Channel paused &amp; kept');
    expect(details(payload)).toContain('"<!channel> *said*\ufffd"');
    expect(details(payload)).toContain('"auth0-alert-router"');
    expect(details(payload)).toContain('<!date^1767323045^');
    expect(payload.attachments?.[0]?.color).toBe(severityColours.medium);
  });
});
