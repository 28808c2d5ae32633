import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { FakeSlack } from '../../test/support/fake-slack.js';
import { LibraryConnector } from './library-connector.js';
import type { ConnectionEnd, SocketEnvelope } from './socket-connector.js';

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

describe("a connection by Slack's library", () => {
  let slack: FakeSlack;
  let stop: AbortController;
  let received: SocketEnvelope[];
  let ends: Promise<ConnectionEnd>[];
  let environment: Record<string, string | undefined>;

  beforeEach(async () => {
    environment = Object.fromEntries(names.map((name) => [name, process.env[name]]));
    for (const name of names) delete process.env[name];
    slack = await FakeSlack.start();
    stop = new AbortController();
    received = [];
    ends = [];
  });

  afterEach(async () => {
    stop.abort();
    await Promise.all(ends);
    await slack.close();
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  /** Resolves when it is connected; `end` when it is over. */
  const run = (appToken = 'xapp-token', apiUrl = slack.apiUrl()) => {
    const connector = new LibraryConnector({ appToken, apiUrl, timeoutMs: 5_000 });
    let end: Promise<ConnectionEnd> | undefined;
    const connected = new Promise<void>((resolve) => {
      const listener = {
        connected: resolve,
        received: (envelope: SocketEnvelope) => void received.push(envelope),
      };
      end = connector.run(listener, stop.signal);
    });
    ends.push(end as Promise<ConnectionEnd>);
    return { connected, end: end as Promise<ConnectionEnd> };
  };

  it('ends with what Slack said before it closed it', async () => {
    const { connected, end } = run();
    await connected;
    slack.sockets.announce('warning');
    expect(await end).toEqual({ kind: 'closed', reason: 'warning' });
    expect(slack.sockets.connections).toEqual([]);
  });

  it('ends without a reason where it was cut, and by the signal', async () => {
    const first = run();
    await first.connected;
    slack.sockets.drop();
    expect(await first.end).toEqual({ kind: 'closed' });
    const second = run();
    await second.connected;
    stop.abort();
    expect(await second.end).toEqual({ kind: 'closed' });
    expect(await run().end).toEqual({ kind: 'closed' });
    expect(slack.sockets.opened).toBe(2);
  });

  it('is refused for a token of another type, and fails where nobody listens', async () => {
    expect(await run('xoxb-token').end).toEqual({ kind: 'refused', error: 'not_allowed_token_type' });
    slack.answerNext({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    expect(await run().end).toEqual({ kind: 'failed', error: 'ratelimited', waitMs: 7_000 });
    const gone = await FakeSlack.start();
    const goneUrl = gone.apiUrl();
    await gone.close();
    // The library keeps the reason only of an error of its own realm, and fetch's is of another one under jest.
    expect(await run('xapp-token', goneUrl).end).toEqual({ kind: 'failed', error: 'network_error' });
  });

  it('gives an envelope that can be acknowledged', async () => {
    await run().connected;
    const envelope = slack.sockets.send({ type: 'block_actions' });
    while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(received).toMatchObject([{ id: envelope.id, type: 'interactive', payload: envelope.payload }]);
    await received[0]?.acknowledge();
    while (!envelope.acknowledged) await new Promise((resolve) => setImmediate(resolve));
  });

  describe('with a proxy', () => {
    let proxy: Server;
    let asked: { readonly host: string | undefined; readonly credentials: string | undefined }[];
    let tunnels: Socket[];

    beforeEach(async () => {
      asked = [];
      tunnels = [];
      proxy = createServer();
      proxy.on('connect', (request, socket: Socket) => {
        asked.push({ host: request.url, credentials: request.headers['proxy-authorization'] });
        const [host, port] = (request.url ?? '').split(':');
        const onward = connect(Number(port), host, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
        tunnels.push(socket, onward);
      });
      await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    });

    afterEach(async () => {
      for (const socket of tunnels) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    });

    it('asks for the socket and opens it through the proxy', async () => {
      const { port } = proxy.address() as AddressInfo;
      process.env['HTTP_PROXY'] = `http://user:p%40ss@127.0.0.1:${port}`;
      const { connected, end } = run();
      await connected;
      const host = new URL(slack.apiUrl()).host;
      expect(asked.length).toBeGreaterThanOrEqual(1);
      const credentials = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
      for (const one of asked) expect(one).toEqual({ host, credentials });
      stop.abort();
      expect(await end).toEqual({ kind: 'closed' });
    });

    it('goes by NO_PROXY', async () => {
      process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
      process.env['NO_PROXY'] = '127.0.0.1';
      process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
      await run().connected;
      expect(asked).toEqual([]);
    });

    it('fails where the proxy is no URL', async () => {
      process.env['HTTPS_PROXY'] = 'http://[broken';
      expect(await run().end).toMatchObject({ kind: 'failed' });
    });
  });
});
