import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  local: { console: true }
defaults: { channels: [hook] }
rules:
  - { id: failures, severity: high, match: { types: [f] } }
  - { id: logins, match: { types: [s] }, channels: [local] }
`;

interface Alert {
  readonly id: string;
  readonly rule: string;
  readonly logIds: readonly string[];
}

describe('the history of alerts', () => {
  const e2e = appWithSlack(rules, { SLACK_RATE: '1000', SLACK_BURST: '1000' });

  const get = async <Answer>(path: string, status = 200): Promise<Answer> => {
    const answer = await e2e.app.admin(path);
    expect([path, answer.status]).toEqual([path, status]);
    return (await answer.json()) as Answer;
  };
  const found = async (query: string): Promise<readonly string[]> =>
    (await get<{ items: readonly Alert[] }>(`alerts?${query}`)).items.flatMap(({ logIds }) => logIds);
  const event = (logId: string, type: string, data: object) => ({
    log_id: logId,
    data: { type, log_id: logId, description: `Event ${logId}`, ...data },
  });

  beforeEach(async () => {
    await e2e.app.send([
      event('a', 'f', { user_name: 'alice', ip: '192.0.2.1', date: '2026-01-15T12:00:00Z' }),
      event('b', 's', { user_name: 'bob', ip: '192.0.2.2', date: '2026-01-16T12:00:00Z' }),
    ]);
    await e2e.slack.waitFor(1);
  });

  it('is narrowed by what is asked for', async () => {
    expect(await found('')).toEqual(['b', 'a']);
    for (const query of [
      'rule=failures',
      'channel=hook',
      'severity=high',
      'reason=sent&user=alice',
      'user=alice',
      'ip=192.0.2.1',
      'type=f',
      'q=EVENT%20a',
      'to=2026-01-15T23:59:59Z',
      'from=2026-01-15T00:00:00Z&to=2026-01-15T12:00:00Z',
    ])
      expect([query, await found(query)]).toEqual([query, ['a']]);
    expect(await found('user=carol')).toEqual([]);
    expect(await found('limit=1&user=bob')).toEqual(['b']);
  });

  it.each(['severity=worst', 'reason=because', 'from=yesterday', 'users=alice'])(
    'says what is wrong with %s',
    async (query) => {
      expect(await get(`alerts?${query}`, 400)).toMatchObject({ status: 400, detail: expect.any(String) });
    },
  );

  it('has one alert whole, with what Slack gets and its delivery', async () => {
    const [{ id }] = (await get<{ items: [Alert] }>('alerts?rule=failures')).items;
    const alert = await get<Record<string, unknown>>(`alerts/${id}`);
    expect(alert).toMatchObject({
      rule: 'failures',
      type: 'f',
      user: 'alice',
      ip: '192.0.2.1',
      delivery: { channel: 'hook', status: expect.any(String) },
    });
    expect(JSON.stringify(alert['payload'])).toContain('Event a');
    await get('alerts/absent', 404);
  });
});
