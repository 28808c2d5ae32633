import { fastify, type FastifyInstance } from 'fastify';
import { head, RawConnection } from '../../test/support/raw-connection.js';
import {
  addListenerLimits,
  limitOptions,
  listenersOf,
  serverLimits,
  type ServerLimits,
} from './server-limits.js';
import { addUnreadBodies } from './unread-bodies.js';

const short: ServerLimits = {
  headersTimeout: 100,
  requestTimeout: 200,
  connectionTimeout: 10_000,
  connectionsCheckingInterval: 20,
  maxConnections: 2,
};

describe('a server with limits', () => {
  let server: FastifyInstance;
  let url: string;

  const start = async (limits: ServerLimits, host = '127.0.0.1'): Promise<void> => {
    server = fastify(limitOptions(limits));
    addListenerLimits(server, limits);
    addUnreadBodies(server, { pause: 60_000, longest: 60_000, bytes: 1_000_000 });
    server.post('/', async () => 'read');
    url = await server.listen({ port: 0, host });
  };

  afterEach(() => server.close());

  it.each([
    ['sends nothing', ''],
    ['stops within the headers', 'POST / HTTP/1.1\r\nHost: router\r\n'],
    ['stops within the body', `${head('/', 1_000, { 'content-type': 'text/plain' })}half`],
    ['goes on sending after its answer', `${head('/', 1_000, { 'content-type': 'a/b' })}half`],
  ])('ends a connection that %s', async (_what, text) => {
    await start(short);
    const connection = await RawConnection.open(url);
    await connection.send(text);
    expect(await connection.untilClosed()).toContain('HTTP/1.1 408 ');
  });

  it('ends a connection on which nothing moves', async () => {
    await start({ ...short, headersTimeout: 0, requestTimeout: 0, connectionTimeout: 100 });
    const connection = await RawConnection.open(url);
    await connection.send('POST / HTTP/1.1\r\n');
    expect(await connection.untilClosed()).toBe('');
  });

  it('closes a connection more than it may have, and takes the next when one has ended', async () => {
    await start({ ...serverLimits, maxConnections: 2 });
    const [first, second, third] = [
      await RawConnection.open(url),
      await RawConnection.open(url),
      await RawConnection.open(url),
    ];
    await third.untilClosed();
    await second.send(`${head('/', 0)}`);
    await second.until('HTTP/1.1 200 ');
    first.destroy();
    let answer = '';
    while (answer === '') {
      const next = await RawConnection.open(url);
      await next.send('POST / HTTP/1.1\r\nHost: router\r\nConnection: close\r\n\r\n');
      answer = await next.untilClosed();
    }
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    second.destroy();
  });

  it('has them on every address of localhost', async () => {
    await start(serverLimits, 'localhost');
    const listeners = listenersOf(server);
    expect(listeners).toHaveLength(server.addresses().length);
    for (const listener of listeners) {
      const { maxConnections, headersTimeout, requestTimeout, timeout } = listener;
      expect({ maxConnections, headersTimeout, requestTimeout, timeout }).toEqual({
        maxConnections: 1_000,
        headersTimeout: 10_000,
        requestTimeout: 30_000,
        timeout: 60_000,
      });
    }
  });

  it('reads no more after its answer than was announced', async () => {
    await start(serverLimits);
    const connection = await RawConnection.open(url);
    await connection.send(head('/', 1e9, { 'content-type': 'a/b' }));
    await connection.until('HTTP/1.1 415 ');
    const piece = 'x'.repeat(100_000);
    let sent = 0;
    for (; !connection.closed; sent += piece.length) await connection.send(piece);
    expect(sent).toBeLessThan(1e9);
  });
});
