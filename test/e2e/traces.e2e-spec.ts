import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeCollector, valuesOf, type CollectedSpan } from '../support/fake-collector.js';
import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import type { SpawnedProgram } from '../support/spawned-program.js';
import { until } from '../support/until.js';

const bundle = fileURLToPath(new URL('../../dist/bundle', import.meta.url));
const rules = `version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules:
  - { id: alone, match: { types: [f] }, channels: [hook] }
  - { id: grouped, match: { types: [fu] }, channels: [hook], group: { by: [type], wait: 2s } }
`;
const collectorToken = 'collector-token-6d1f';
const user = 'ann.secret@example.com';
const sender = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const sampled = `00-${sender.traceId}-${sender.spanId}-01`;
const server = 2;
const client = 3;
const consumer = 5;
const failed = 2;

describe('traces', () => {
  const routers = routersWithSlack(rules);
  let collector: FakeCollector;

  beforeEach(async () => {
    collector = await FakeCollector.start();
  });

  afterEach(() => collector.close());

  function start(environment: Readonly<Record<string, string>> = {}): SpawnedProgram {
    return routers.start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment });
  }

  async function stop(router: SpawnedProgram): Promise<void> {
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
  }

  async function send(url: string, id: string, type: string, headers: object = {}): Promise<number> {
    const data = { type, log_id: id, description: `event ${id};`, user_name: user };
    const answer = await fetch(`${url}/api/logs`, {
      method: 'POST',
      headers: { authorization: 'token', ...headers },
      body: JSON.stringify([{ log_id: id, data }, { log_id: `${id}-s`, data: { type: 's' } }, 'no event']),
    });
    return answer.status;
  }

  const named = (name: string): CollectedSpan[] => collector.spans.filter((span) => span.name === name);
  const below = (parent: CollectedSpan | undefined): string[] =>
    collector.spans.filter(({ parentSpanId }) => parentSpanId === parent?.spanId).map(({ name }) => name);

  it('follow a batch to its commit and a message from the outbox to Slack, and are sent at the latest at the end', async () => {
    const router = start({ OTEL_BSP_SCHEDULE_DELAY: '60000', OTEL_SERVICE_NAME: 'alerts-eu' });
    const url = await router.url();
    const json = { 'content-type': 'application/json', 'x-request-id': 'request-1' };
    expect(await send(url, 'one', 'f', { ...json, traceparent: sampled })).toBe(200);
    await until(async () => routers.shown().includes('one'));
    await stop(router);

    expect(router.output).toContain(`traces are sent to ${new URL(collector.url).host}`);
    expect(collector.paths).toEqual(['/v1/traces']);
    expect(collector.resource).toMatchObject({ 'service.name': 'alerts-eu', 'service.version': '0.1.0' });
    const [batch] = named('POST /api/logs');
    expect(batch).toMatchObject({
      traceId: sender.traceId,
      parentSpanId: sender.spanId,
      kind: server,
      status: { code: 0 },
    });
    expect(valuesOf(batch?.attributes ?? [])).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/logs',
      'http.response.status_code': 200,
      'url.path': '/api/logs',
      'url.scheme': 'http',
      'alert_router.request.id': 'request-1',
      'alert_router.batch.events': 2,
      'alert_router.batch.matches': 1,
      'alert_router.batch.result': 'matched',
    });
    expect(below(batch)).toEqual(['match', 'commit']);

    const [delivery] = named('deliver');
    expect(delivery).toMatchObject({ kind: consumer, status: { code: 0 } });
    expect(delivery?.parentSpanId).toBeUndefined();
    expect(delivery?.links).toEqual([
      expect.objectContaining({ traceId: batch?.traceId, spanId: batch?.spanId }),
    ]);
    expect(valuesOf(delivery?.attributes ?? [])).toEqual({
      'alert_router.channel': 'hook',
      'alert_router.delivery.id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'alert_router.delivery.attempt': 1,
      'alert_router.delivery.outcome': 'delivered',
    });
    expect(below(delivery)).toEqual(['post', 'settle']);
    expect(named('post')).toMatchObject([{ kind: client }]);
  });

  it('link a message to each batch whose alerts it shows, over a restart as well', async () => {
    const first = start();
    const url = await first.url();
    expect(await send(url, 'a', 'fu')).toBe(200);
    expect(await send(url, 'b', 'fu')).toBe(200);
    // One whose sender asks that it is not recorded.
    expect(await send(url, 'c', 'fu', { traceparent: sampled.replace(/01$/, '00') })).toBe(200);
    await stop(first);
    start({ OTEL_BSP_SCHEDULE_DELAY: '50' });
    await until(async () => named('deliver').length > 0);

    const batches = named('POST /api/logs');
    expect(batches).toHaveLength(2);
    const linked = named('deliver')
      .flatMap(({ links }) => links ?? [])
      .map(({ spanId }) => spanId);
    expect(linked.toSorted()).toEqual(batches.map(({ spanId }) => spanId).toSorted());
  });

  it('show what failed, and hold no secret and nothing of an event', async () => {
    routers.slack.answerNext({ kind: 'status', status: 400, body: `invalid_blocks for ${user}` }, 1);
    const router = start({
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${collectorToken}`,
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    const url = await router.url();
    expect(await send(url, 'one', 'f')).toBe(200);
    expect(await send(url, 'nobody', 's')).toBe(204);
    expect(
      (await fetch(`${url}/api/logs`, { method: 'POST', headers: { authorization: 'token' }, body: '{' }))
        .status,
    ).toBe(400);
    expect(
      (await fetch(`${url}/api/logs`, { method: 'POST', headers: { authorization: 'wrong' }, body: '[]' }))
        .status,
    ).toBe(401);
    expect((await fetch(`${url}/healthz?token=token`)).status).toBe(200);
    await until(async () => named('deliver').length === 2);
    await stop(router);

    expect(
      named('deliver').map(({ attributes, status }) => [
        valuesOf(attributes)['alert_router.delivery.outcome'],
        status.code,
      ]),
    ).toEqual([
      ['resend-plain', failed],
      ['delivered', 0],
    ]);
    expect(
      named('POST /api/logs').map(({ attributes }) => valuesOf(attributes)['alert_router.batch.result']),
    ).toEqual(['matched', 'unmatched', 'unreadable']);
    const sent = collector.bodies.join('\n');
    for (const secret of [
      user,
      'ann.secret',
      collectorToken,
      '/services/',
      'admin-token',
      'invalid_blocks',
      'event one',
    ])
      expect(sent).not.toContain(secret);
    expect(sent).not.toMatch(/"token"/);
    expect(router.output).not.toContain(collectorToken);
  });

  it('that a collector refuses cost a line in the log, and no batch', async () => {
    collector.status = 400;
    const router = start({ OTEL_BSP_SCHEDULE_DELAY: '20' });
    const url = await router.url();
    for (let count = 1; count <= 4; count += 1) {
      expect(await sendEvents(url, [`event-${count}`])).toBe(200);
      await until(async () => collector.bodies.length >= count);
    }
    await until(async () => routers.shown().length === 4);
    await stop(router);
    expect(router.output.match(/traces could not be sent/g)).toHaveLength(1);
  });

  it('that a collector gives no answer to delay the end by SHUTDOWN_GRACE at most', async () => {
    collector.status = undefined;
    const router = start({ SHUTDOWN_GRACE: '1s' });
    expect(await sendEvents(await router.url(), ['one'])).toBe(200);
    await until(async () => routers.shown().length === 1);
    const begunAt = performance.now();
    await stop(router);
    expect(collector.bodies).toHaveLength(1);
    // OTEL_EXPORTER_OTLP_TIMEOUT is 10 s.
    expect(performance.now() - begunAt).toBeLessThan(8_000);
  });

  it.each([
    ['without an endpoint', false, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }],
    ['when the SDK is disabled', false, { OTEL_SDK_DISABLED: 'true' }],
    ['without an exporter', false, { OTEL_TRACES_EXPORTER: 'none' }],
    ['with an endpoint', true, {}],
  ])('have the SDK loaded %s: %s', async (_when, expected, environment) => {
    const coverage = join(routers.folder, 'coverage');
    await mkdir(coverage);
    const router = start({ NODE_V8_COVERAGE: coverage, ...environment });
    expect(await sendEvents(await router.url(), ['one'])).toBe(200);
    await until(async () => routers.shown().length === 1);
    await stop(router);
    const loaded = await loadedIn(coverage);
    const sdk = await filesWith('BatchSpanProcessor');
    expect(sdk).toHaveLength(1);
    expect(sdk.some((file) => loaded.includes(file))).toBe(expected);
    expect(collector.spans.length > 0).toBe(expected);
  });

  /** What V8 says that a process loaded. */
  async function loadedIn(coverage: string): Promise<string> {
    const reports = (await readdir(coverage)).map((name) => readFile(join(coverage, name), 'utf8'));
    return (await Promise.all(reports)).join('\n');
  }

  async function filesWith(text: string): Promise<string[]> {
    const found: string[] = [];
    for (const name of await readdir(bundle))
      if (name.endsWith('.js') && (await readFile(join(bundle, name), 'utf8')).includes(text))
        found.push(name);
    return found;
  }
});
