import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] }, channels: [hook] }]
`;
const json = { 'content-type': 'application/json' };

interface Entry {
  readonly by: string;
  readonly from: string;
  readonly action: string;
  readonly status: number | null;
}

describe('the audit, with a token for each person', () => {
  const e2e = appWithSlack(rules, { ADMIN_TOKEN: 'ann:ann-token,ci:read:ci-token,old-token' });

  const ask = (token: string, method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${e2e.app.url}/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && json) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const entries = async (): Promise<readonly Entry[]> =>
    ((await (await ask('ci-token', 'GET', 'audit')).json()) as { items: readonly Entry[] }).items;

  it('says who changed what and what was answered, and nothing of what was only read', async () => {
    expect((await ask('ann-token', 'POST', 'rules/reload?dryRun=true')).status).toBe(200);
    expect((await ask('ann-token', 'DELETE', 'silences/absent')).status).toBe(404);
    expect((await ask('old-token', 'POST', 'deliveries/replay')).status).toBeLessThan(300);
    expect((await ask('ann-token', 'GET', 'rules')).status).toBe(200);
    expect((await ask('wrong-token', 'POST', 'rules/reload')).status).toBe(401);
    expect((await entries()).map(({ by, action, status }) => `${by} ${action} ${status}`)).toEqual([
      expect.stringMatching(/^admin POST \/admin\/deliveries\/replay 20\d$/),
      'ann DELETE /admin/silences/absent 404',
      'ann POST /admin/rules/reload?dryRun=true 200',
    ]);
    expect((await entries())[0]?.from).toMatch(/^(127\.0\.0\.1|::1)/);
  });

  it('lets a token that may only read change nothing, and explain', async () => {
    const refused = await ask('ci-token', 'POST', 'rules/reload');
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      403,
      'application/problem+json; charset=utf-8',
    ]);
    expect((await ask('ci-token', 'POST', 'rules/explain', { events: [{ type: 'f' }] })).status).toBe(200);
    expect((await entries()).map(({ by, status }) => `${by} ${status}`)).toEqual(['ci 403']);
  });

  it('makes the name of a token the author of a silence, whatever the request says', async () => {
    const silence = { rule: 'failures', for: '1h', reason: 'a drill' };
    expect((await ask('ann-token', 'POST', 'silences', { ...silence, author: 'bob' })).status).toBe(201);
    expect((await ask('old-token', 'POST', 'silences', silence)).status).toBe(400);
    expect((await ask('old-token', 'POST', 'silences', { ...silence, author: 'carol' })).status).toBe(201);
    const { items } = (await (await ask('ci-token', 'GET', 'silences')).json()) as {
      items: readonly { author: string }[];
    };
    expect(items.map(({ author }) => author)).toEqual(['carol', 'ann']);
  });
});
