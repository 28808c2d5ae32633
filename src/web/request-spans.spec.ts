import { once } from 'node:events';
import { connect } from 'node:net';
import { SpanStatusCode } from '@opentelemetry/api';
import fastify, { type FastifyInstance } from 'fastify';
import { recordedSpans } from '../../test/support/recorded-spans.js';
import { until } from '../../test/support/until.js';
import { addRequestSpans, spanOf } from './request-spans.js';

describe('the span of a request', () => {
  const spans = recordedSpans();
  let server: FastifyInstance;
  let port: number;
  let answering: Promise<void>;
  let status: number;

  beforeEach(async () => {
    answering = Promise.resolve();
    status = 200;
    server = fastify({ routerOptions: { ignoreTrailingSlash: true } });
    server.addHook('onRequest', async (request, reply) =>
      request.headers.authorization === undefined ? reply.code(401).send() : undefined,
    );
    addRequestSpans(server);
    server.post('/api/logs', async (request, reply) => {
      spanOf(request).setAttribute('handled', true);
      await answering;
      return reply.code(status).send('');
    });
    server.get('/healthz', async (request) => spanOf(request).isRecording());
    await server.listen({ port: 0, host: '127.0.0.1' });
    ({ port } = server.addresses()[0] as { port: number });
  });

  afterEach(() => server.close());

  const send = (path: string, headers: Record<string, string> = { authorization: 'token' }) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers });
  const ended = async (): Promise<unknown[]> => {
    await until(async () => spans.getFinishedSpans().length > 0);
    return spans.getFinishedSpans().map(({ name, attributes, status: { code } }) => ({
      name,
      answered: attributes['http.response.status_code'],
      error: attributes['error.type'],
      handled: attributes['handled'],
      failed: code === SpanStatusCode.ERROR,
    }));
  };

  it('ends with its answer, whichever way the path is written', async () => {
    await send('/api/logs/?token=secret');
    expect(await ended()).toEqual([
      { name: 'POST /api/logs', answered: 200, error: undefined, handled: true, failed: false },
    ]);
    expect(JSON.stringify(spans.getFinishedSpans()[0]?.attributes)).not.toContain('secret');
  });

  it('is a failure when the service failed', async () => {
    status = 503;
    await send('/api/logs');
    expect(await ended()).toMatchObject([{ answered: 503, error: '503', failed: true }]);
  });

  it.each([
    ['before its body has come', '12'],
    ['while it is answered', '12345'],
  ])('ends, once, when the sender goes away %s', async (_when, body) => {
    let answer = (): void => undefined;
    answering = new Promise((resolve) => (answer = resolve));
    const socket = connect(port, '127.0.0.1');
    const begun = once(server.server, 'request');
    socket.write(
      `POST /api/logs HTTP/1.1\r\nHost: x\r\nAuthorization: token\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n${body}`,
    );
    await begun;
    socket.destroy();
    expect(await ended()).toMatchObject([{ answered: undefined, error: 'aborted', failed: true }]);
    answer();
    await send('/api/logs');
    await until(async () => spans.getFinishedSpans().length > 1);
    expect(await ended()).toMatchObject([{ error: 'aborted' }, { answered: 200 }]);
  });

  it('is made for batches only, and only for those with a token', async () => {
    expect((await send('/api/logs', {})).status).toBe(401);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`, { headers: { authorization: 'token' } });
    expect(await health.json()).toBe(false);
    expect(spans.getFinishedSpans()).toEqual([]);
  });
});
