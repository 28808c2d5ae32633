import { adminToken, logStreamToken, RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const strongAdminToken = 'an-admin-token-for-production';
const metricsToken = 'a-metrics-token-for-production';

describe('access', () => {
  let app: RunningApp;

  afterEach(() => app.close());

  const start = async (environment: Record<string, string> = {}): Promise<void> => {
    app = await RunningApp.start(rules, environment);
  };
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${app.url}${path}`, { headers });
  const statusOf = async (path: string, authorization?: string): Promise<number> =>
    (await get(path, authorization === undefined ? {} : { authorization })).status;

  it('to /admin is for a bearer of its token alone', async () => {
    await start();
    expect(await statusOf('/admin/rules', `Bearer ${adminToken}`)).toBe(200);
    for (const authorization of [undefined, adminToken, `Basic ${adminToken}`, logStreamToken])
      expect(await statusOf('/admin/rules', authorization)).toBe(401);
    expect(await statusOf('/admin/nope', adminToken)).toBe(401);
    expect(await statusOf('/admin/nope', `Bearer ${adminToken}`)).toBe(404);
  });

  it('to /metrics is open, unless there is a token for it', async () => {
    await start();
    expect(await statusOf('/metrics')).toBe(200);
    await app.close();
    await start({ METRICS_TOKEN: metricsToken });
    expect(await statusOf('/metrics', `Bearer ${metricsToken}`)).toBe(200);
    for (const authorization of [undefined, metricsToken, `Bearer ${adminToken}`])
      expect(await statusOf('/metrics', authorization)).toBe(401);
  });

  it('in production keeps /docs for the admin token, with its files', async () => {
    await start({
      NODE_ENV: 'production',
      ADMIN_TOKEN: strongAdminToken,
    });
    for (const path of ['/docs', '/docs/', '/docs/nothing', '/docs-json', '/docs-yaml'])
      expect([path, await statusOf(path)]).toEqual([path, 401]);
    await app.close();
    await start({ NODE_ENV: 'production', ADMIN_TOKEN: '' });
    expect([await statusOf('/docs'), await statusOf('/docs-json')]).toEqual([404, 404]);
  });

  it('is refused to an address that failed too often, whatever it sends, wherever a token is taken', async () => {
    await start({ RATE_LIMIT: '3', METRICS_TOKEN: metricsToken, SLACK_SIGNING_SECRET: 'secret' });
    expect(await statusOf('/admin/rules', 'Bearer wrong')).toBe(401);
    expect((await app.send([], { authorization: 'wrong' })).status).toBe(401);
    expect(await statusOf('/metrics')).toBe(401);

    const refused = await app.send([]);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await app.admin('rules')).status).toBe(429);
    expect(await statusOf('/metrics', `Bearer ${metricsToken}`)).toBe(429);
    const click = await fetch(`${app.url}/slack/interactions`, { method: 'POST', body: 'payload=%7B%7D' });
    expect(click.status).toBe(429);
    expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 200]);
  });

  it('counts signatures that are wrong, too, and every refusal', async () => {
    await start({ RATE_LIMIT: '1', SLACK_SIGNING_SECRET: 'secret' });
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-slack-signature': 'v0=wrong',
    };
    const post = async (): Promise<number> =>
      (await fetch(`${app.url}/slack/interactions`, { method: 'POST', headers, body: 'payload=%7B%7D' }))
        .status;
    expect([await post(), await post()]).toEqual([401, 429]);
    const counted = await (await get('/metrics')).text();
    expect(counted).toContain('alert_router_authentications_refused_total{at="slack",reason="wrong"} 1');
    expect(counted).toContain('alert_router_authentications_refused_total{at="slack",reason="limited"} 1');
  });

  it('is never refused where the limit is 0', async () => {
    await start({ RATE_LIMIT: '0' });
    for (let attempt = 0; attempt < 5; attempt++) expect(await statusOf('/admin/rules')).toBe(401);
    expect((await app.send([])).status).toBe(204);
  });

  it.each([
    ['nobody’s', '0', 429],
    ['a trusted proxy’s', '127.0.0.0/8', 204],
    ['the last proxy’s', '1', 204],
    ['another proxy’s', '192.0.2.1', 429],
  ])('goes by X-Forwarded-For where it is %s', async (_whose, TRUST_PROXY, expected) => {
    await start({ RATE_LIMIT: '1', TRUST_PROXY });
    const from = (address: string, authorization = logStreamToken): Promise<Response> =>
      app.send([], { authorization, 'x-forwarded-for': `203.0.113.99, ${address}` });
    expect((await from('198.51.100.1', 'wrong')).status).toBe(401);
    expect((await from('198.51.100.1')).status).toBe(429);
    expect((await from('198.51.100.2')).status).toBe(expected);
  });

  it('leaves browsers nothing to run, on any answer', async () => {
    await start();
    for (const path of ['/healthz', '/readyz', '/metrics', '/nope', '/admin/rules', '/%']) {
      const { headers } = await get(path);
      expect([path, headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("default-src 'none'"),
      ]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const { headers } = await get('/healthz');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.has('x-powered-by')).toBe(false);
  });
});
