import type { FastifyInstance } from 'fastify';
import { FakeClock } from '../../test/support/fake-clock.js';
import { Settings } from '../config/settings.js';
import { BatchResults } from '../ingest/batch-results.js';
import { Metrics } from '../metrics/metrics.js';
import { RefusedAuthentications } from './refused-authentications.js';
import { SecureServer } from './secure-server.js';
import { listenersOf, serverLimits } from './server-limits.js';

describe('SecureServer', () => {
  let server: FastifyInstance;
  let url: string;
  let metrics: Metrics;

  beforeEach(async () => {
    const settings = Object.assign(new Settings(), { AUTH0_LOG_STREAM_TOKEN: ['token'], MAX_BODY: 100 });
    const secure = new SecureServer(settings);
    metrics = new Metrics();
    const clock = new FakeClock();
    const refused = new RefusedAuthentications(metrics, clock);
    await secure.secure(metrics, clock, refused, new BatchResults(metrics, clock), {
      record: () => Promise.resolve(),
    });
    server = secure.adapter.getInstance<FastifyInstance>();
    server.post('/api/logs', async () => 'ok');
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(() => server.close());

  it('has limits on the server that it makes', () => {
    const [listener] = listenersOf(server);
    expect(listener).toMatchObject({
      maxConnections: serverLimits.maxConnections,
      headersTimeout: serverLimits.headersTimeout,
      requestTimeout: serverLimits.requestTimeout,
      timeout: serverLimits.connectionTimeout,
    });
  });

  it('names each request in its answer, as a proxy did where it did', async () => {
    const answered = async (headers: Record<string, string>): Promise<string | null> =>
      (await fetch(`${url}/api/logs`, { method: 'POST', headers })).headers.get('x-request-id');
    expect(await answered({ 'x-request-id': 'from-the-proxy' })).toBe('from-the-proxy');
    expect(await answered({})).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sheds load, guards and limits bodies', async () => {
    expect(server.hasPlugin('@fastify/under-pressure')).toBe(true);
    const statusOf = async (authorization: string, body: string): Promise<number> =>
      (await fetch(`${url}/api/logs`, { method: 'POST', headers: { authorization }, body })).status;
    expect(await statusOf('wrong', 'x'.repeat(101))).toBe(401);
    expect(await statusOf('token', 'x'.repeat(101))).toBe(413);
    expect(await statusOf('token', 'x'.repeat(100))).toBe(200);
    expect(await metrics.registry.metrics()).toContain('batches_total{result="too-large"} 1');
  });
});
