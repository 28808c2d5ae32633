import { getHeapStatistics } from 'node:v8';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { fastify, type FastifyInstance } from 'fastify';
import { Metrics } from '../metrics/metrics.js';
import { addLoadShedding, pressureLimits, type PressureLimits } from './load-shedding.js';

/** A delay of 0 is not looked at: a slow machine has any. */
const never = { maxEventLoopDelay: 0, maxHeapUsedBytes: 1e15, sampleInterval: 20 };

describe('load shedding', () => {
  let server: FastifyInstance;
  let metrics: Metrics;
  let url: string;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));
  afterEach(() => server.close());

  const start = async (limits: PressureLimits): Promise<void> => {
    server = fastify();
    metrics = new Metrics();
    await addLoadShedding(server, limits, metrics);
    for (const path of ['/healthz', '/metrics', '/api/logs']) server.get(path, async () => 'ok');
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  };
  /** Nothing is known before the first sample. */
  const sampled = async (): Promise<void> => {
    const deadline = Date.now() + 15_000;
    while (server.memoryUsage().heapUsed === 0 && Date.now() < deadline) await wait(10);
  };
  const statusOf = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;

  it('refuses with 503 and Retry-After while there is too much, and still says that the process lives', async () => {
    await start({ ...never, maxHeapUsedBytes: 1 });
    await sampled();
    const refused = await fetch(`${url}/api/logs`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect([await statusOf('/healthz'), await statusOf('/metrics')]).toEqual([200, 200]);
    expect(await metrics.registry.metrics()).toMatch(/requests_shed_total\{reason="heap"\} [1-9]/);
  });

  it('refuses nothing below the limits', async () => {
    await start(never);
    await sampled();
    expect(await statusOf('/api/logs')).toBe(200);
  });

  it('leaves a busy service alone: five seconds late on average, or nine tenths of the heap', () => {
    expect(pressureLimits()).toEqual({
      maxEventLoopDelay: 5_000,
      maxHeapUsedBytes: Math.floor(getHeapStatistics().heap_size_limit * 0.9),
      sampleInterval: 15_000,
    });
  });
});
