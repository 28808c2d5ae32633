import { request } from 'node:http';
import { adminToken, logStreamToken, RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const metricsToken = 'a-metrics-token-for-production';

describe('a path', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await RunningApp.start(rules, {
      NODE_ENV: 'production',
      ADMIN_TOKEN: 'an-admin-token-for-production',
      AUTH0_LOG_STREAM_TOKEN: 'a-log-stream-token-for-production',
      METRICS_TOKEN: metricsToken,
      RATE_LIMIT: '0',
    });
  });

  afterAll(() => app.close());

  /** Sends the path as it is, which `fetch` would not. */
  const statusOf = (path: string, authorization?: string, method = 'GET', body = ''): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(app.url);
      const headers = { ...(authorization !== undefined && { authorization }), 'content-type': 'text/csv' };
      request({ hostname, port, path, method, headers, agent: false }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      })
        .on('error', reject)
        .end(body);
    });
  const post = (path: string, token?: string): Promise<number> =>
    statusOf(path, token, 'POST', JSON.stringify([{ type: 'f', log_id: path }]));

  it.each(['/api/logs/', '//api/logs', '/api//logs', '/API/Logs', '/api/logs//', '//API//LOGS/?x=1'])(
    'as people write it reaches the route with the token alone: %s',
    async (path) => {
      expect(await post(path, 'a-log-stream-token-for-production')).toBe(200);
      expect(await post(path)).toBe(401);
      expect(await post(path, 'wrong')).toBe(401);
    },
  );

  it.each([
    '/admin/rules/',
    '//admin/rules',
    '/admin//rules',
    '/ADMIN/Rules',
    '/%61dmin/rules',
    '/Admin/nothing',
    '//admin/nothing',
    '/metrics/',
    '//metrics',
    '/Metrics',
    '/docs/',
    '/DOCS',
    '//docs-json',
    '/Docs-YAML/',
    '/docs//style.css',
  ])('opens nothing without a token: %s', async (path) => {
    expect(await statusOf(path)).toBe(401);
    expect(await statusOf(path, `Bearer ${logStreamToken}`)).toBe(401);
  });

  it('leads to the same with a token, however it is written', async () => {
    for (const path of ['/admin/rules', '/Admin//RULES/'])
      expect(await statusOf(path, 'Bearer an-admin-token-for-production')).toBe(200);
    for (const path of ['/metrics', '//METRICS/'])
      expect(await statusOf(path, `Bearer ${metricsToken}`)).toBe(200);
    expect(await statusOf('/Admin/nothing', 'Bearer an-admin-token-for-production')).toBe(404);
    expect(await statusOf('/admin/rules', `Bearer ${adminToken}`)).toBe(401);
  });
});
