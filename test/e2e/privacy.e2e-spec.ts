import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
redact: { user_name: mask, user_id: hash, ip: truncate }
templates:
  default: { title: "{{ event.user_name }} {{ event.user_id }} {{ event.ip }}" }
rules:
  - { id: alice, match: { types: [f], fields: { user_name: alice@example.com, ip: { cidr: 192.0.2.7/32 } } } }
`;

describe('what is known of people', () => {
  const e2e = appWithSlack(rules, {
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
    REDACT_KEY: 'a key that only tests have',
  });

  const event = (logId: string) => ({
    log_id: logId,
    data: { type: 'f', log_id: logId, user_name: 'alice@example.com', user_id: 'auth0|1', ip: '192.0.2.7' },
  });
  const alerts = async (): Promise<string> => (await e2e.app.admin('alerts')).text();
  const erase = (body: object): Promise<Response> =>
    e2e.app.admin('erase', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('is matched as it came, and shown as redact says', async () => {
    await e2e.app.send([event('a')]);
    const [message] = await e2e.slack.waitFor(1);
    const shown = JSON.stringify(message) + (await alerts());
    expect(shown).toContain('a…@example.com');
    expect(shown).toContain('192.0.2.0/24');
    expect(shown).not.toMatch(/alice@|auth0\|1|192\.0\.2\.7/);
  });

  it('is forgotten on request, found by what was redacted', async () => {
    await e2e.app.send([event('a')]);
    await e2e.slack.waitFor(1);
    const answer = await erase({ field: 'email', value: 'alice@example.com' });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { alerts: 1, deliveries: 1, waiting: 0, silences: 0 },
    ]);
    expect(JSON.parse(await alerts())).toEqual({ items: [], next: null });
    const audit = await (await e2e.app.admin('audit')).text();
    expect(audit).toContain('POST /admin/erase');
    expect(audit).not.toContain('alice@example.com');
  });

  it.each([
    [{ field: 'name', value: 'alice' }, 'field must be one of user_id, user_name, ip, email'],
    [{ field: 'ip' }, 'value must be the text to be forgotten, of 3 to 500 characters'],
    [{ field: 'user_name', value: 'al' }, 'value must be the text to be forgotten, of 3 to 500 characters'],
  ])('says what is wrong with %j', async (body, message) => {
    const answer = await erase(body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(message)]);
  });
});
