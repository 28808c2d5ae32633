import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proxyFor } from './proxy.js';
import { SlackClient } from './slack-client.js';

const names = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'] as const;

const anyHost = { allowed: ['*'], loopback: true };

describe('a proxy', () => {
  const before = new Map(names.map((name) => [name, process.env[name]]));
  let proxy: Server;
  let address: string;
  let credentials: (string | undefined)[];
  let answer: string;

  beforeEach(async () => {
    for (const name of names) delete process.env[name];
    credentials = [];
    proxy = createServer().listen(0, '127.0.0.1');
    proxy.on('connect', (request, socket) => {
      credentials.push(request.headers['proxy-authorization']?.replace('Basic ', ''));
      socket.end(`HTTP/1.1 ${answer}\r\nContent-Length: 0\r\n\r\n`);
    });
    await once(proxy, 'listening');
    address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it.each(['407 Proxy Authentication Required', '403 Forbidden', '502 Bad Gateway', '302 Found'])(
    'that answers %s is a fault of the way there, and gets its password decoded',
    async (status) => {
      answer = status;
      process.env['HTTPS_PROXY'] = `http://user:p%40ss@${address}`;
      const reply = await new SlackClient(anyHost).post('https://hooks.slack.com/services/T/B/x', {});
      expect(reply).toEqual({
        kind: 'no-answer',
        outcome: { kind: 'retry', error: `proxy_${status.slice(0, 3)}`, possiblyPosted: false },
      });
      expect(credentials.map((text) => Buffer.from(text ?? '', 'base64').toString())).toEqual(['user:p@ss']);
    },
  );

  it('whose address is no URL is one, too, and is not quoted', async () => {
    process.env['HTTPS_PROXY'] = 'http://user:p#ss word@:x';
    const reply = await new SlackClient(anyHost).post('https://hooks.slack.com/services/T/B/x', {});
    expect(reply).toEqual({
      kind: 'no-answer',
      outcome: { kind: 'retry', error: 'proxy_invalid', possiblyPosted: false },
    });
  });

  it('is left out where NO_PROXY says so, or there is none', () => {
    expect(proxyFor('https://hooks.slack.com/')).toBe(false);
    process.env['HTTPS_PROXY'] = 'proxy.example.com:3128';
    expect(proxyFor('https://hooks.slack.com/')).toMatchObject({ host: 'proxy.example.com', port: 3128 });
    process.env['NO_PROXY'] = 'hooks.slack.com';
    expect(proxyFor('https://hooks.slack.com/')).toBe(false);
  });
});
