import { fastify, type FastifyInstance } from 'fastify';
import { FakeClock } from '../../test/support/fake-clock.js';
import { loggedWarnings } from '../../test/support/logged-warnings.js';
import { Metrics } from '../metrics/metrics.js';
import { routerOptions } from './paths.js';
import { UnknownPaths } from './unknown-paths.js';

describe('UnknownPaths', () => {
  let server: FastifyInstance;
  let metrics: Metrics;
  const lines = loggedWarnings();
  let url: string;

  beforeEach(async () => {
    metrics = new Metrics();
    const unknown = new UnknownPaths(metrics, new FakeClock());
    server = fastify({ routerOptions });
    server.addHook('onRequest', async (request) => {
      if (request.is404) unknown.add(request);
    });
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(async () => {
    await server.close();
  });

  it('logs what was asked for below /api, and posts elsewhere, each path once, and counts all', async () => {
    for (const path of ['/api/log', '/api/log', '/API/x?token=secret', '/logs'])
      await fetch(url + path, { method: 'POST', body: '[]' });
    for (const path of ['/api/log', '/favicon.ico']) await fetch(url + path);
    const ending = "which 127.0.0.1 asked for; Auth0's log stream posts to /api/logs";
    expect(lines).toEqual([
      `there is nothing at POST "/api/log", ${ending}`,
      `there is nothing at POST "/API/x", ${ending}, and 1 more since the last such line`,
      `there is nothing at POST "/logs", ${ending}`,
      `there is nothing at GET "/api/log", ${ending}`,
    ]);
    const counted = await metrics.registry.metrics();
    expect(counted).toContain('alert_router_unknown_paths_total{below="api"} 4');
    expect(counted).toContain('alert_router_unknown_paths_total{below="elsewhere"} 1');
  });

  it('stays short, however many and long the paths are', async () => {
    for (let index = 0; index < 20; index++)
      await fetch(`${url}/api/${index}/${'x'.repeat(1_000)}`, { method: 'POST', body: '[]' });
    expect(lines).toHaveLength(5);
    expect(lines.every((line) => line.length < 400)).toBe(true);
  });
});
