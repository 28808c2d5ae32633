import { head, RawConnection } from '../support/raw-connection.js';
import { adminToken, logStreamToken, RunningApp } from '../support/running-app.js';

const rules = `
version: 1
channels: { local: { console: true } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const megabyte = 'x'.repeat(1024 * 1024);

describe('a body that nobody wants', () => {
  let app: RunningApp;
  const open: RawConnection[] = [];

  beforeAll(async () => {
    app = await RunningApp.start(rules, { MAX_BODY: '2mb', SLACK_SIGNING_SECRET: 'secret', RATE_LIMIT: '0' });
  });

  afterEach(() => {
    for (const connection of open.splice(0)) connection.destroy();
  });

  afterAll(() => app.close());

  const connect = async (): Promise<RawConnection> => {
    const connection = await RawConnection.open(app.url);
    open.push(connection);
    return connection;
  };
  const bearer = { authorization: `Bearer ${adminToken}` };

  it.each<[number, string, string, Record<string, string>]>([
    [404, 'an unknown path', '/nope', {}],
    [404, 'a path that takes no body', '/healthz', {}],
    [401, 'a wrong token', '/api/logs', { authorization: 'wrong' }],
    [401, 'a wrong token', '/admin/rules/explain', { authorization: 'Bearer wrong' }],
    [401, 'no signature', '/slack/interactions', {}],
    [413, 'more than MAX_BODY', '/api/logs', { authorization: logStreamToken }],
    [
      413,
      'more than an operator sends',
      '/admin/rules/explain',
      { ...bearer, 'content-type': 'application/json' },
    ],
    [404, 'an unknown path of the API', '/admin/nope', bearer],
    [400, 'a path that can’t be read', '/%', {}],
  ])('is answered %d before it was sent, for %s at %s', async (status, _why, path, headers) => {
    const connection = await connect();
    await connection.send(head(path, 50_000_000, headers));
    const answer = await connection.until('application/problem+json');
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^connection: close\r$/im);
    await connection.untilClosed();
  });

  it.each<[number, string, Record<string, string>]>([
    [404, '/nope', {}],
    [401, '/api/logs', { authorization: 'wrong' }],
    [413, '/api/logs', { authorization: logStreamToken }],
  ])(
    'does not cost the answer %d of a client that reads only once it has sent 8 MB to %s',
    async (status, path, headers) => {
      const connection = await connect();
      await connection.send(head(path, 8 * megabyte.length, headers));
      for (let sent = 0; sent < 8; sent++) await connection.send(megabyte);
      expect(await connection.untilClosed()).toMatch(
        new RegExp(`^HTTP/1.1 ${status} [^]*"status":${status}`),
      );
    },
  );

  it('is not asked for when the client waits to be asked', async () => {
    const connection = await connect();
    await connection.send(head('/api/logs', 100, { authorization: 'wrong', expect: '100-continue' }));
    expect(await connection.untilClosed()).toMatch(/^HTTP\/1.1 401 /);
  });

  it('is asked for when there is a token', async () => {
    const connection = await connect();
    await connection.send(head('/api/logs', 2, { authorization: logStreamToken, expect: '100-continue' }));
    expect(await connection.until('100 Continue')).toMatch(/^HTTP\/1.1 100 /);
    await connection.send('[]');
    await connection.until('HTTP/1.1 204 ');
  });

  it('whose length is not announced ends at the limit', async () => {
    const connection = await connect();
    const headers = `authorization: ${logStreamToken}\r\ntransfer-encoding: chunked`;
    await connection.send(`POST /api/logs HTTP/1.1\r\nhost: router\r\n${headers}\r\n\r\n`);
    for (let sent = 0; sent < 4; sent++) await connection.send(`100000\r\n${megabyte}\r\n`);
    expect(await connection.until('"status":413')).toMatch(/^HTTP\/1.1 413 /);
  });

  it('at /slack/interactions is 256 kB at most', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-slack-signature': `v0=${'0'.repeat(64)}`,
    };
    const answer = async (body: string): Promise<number> =>
      (await fetch(`${app.url}/slack/interactions`, { method: 'POST', headers, body })).status;
    expect(await answer('x'.repeat(256 * 1024))).toBe(401);
    expect(await answer('x'.repeat(256 * 1024 + 1))).toBe(413);
  });

  it('leaves a connection whose requests are fine open', async () => {
    const connection = await connect();
    await connection.send(`${head('/api/logs', 2, { authorization: logStreamToken })}[]`);
    await connection.until('HTTP/1.1 204 ');
    await connection.send('GET /healthz HTTP/1.1\r\nHost: router\r\n\r\n');
    expect(await connection.until('"ok"')).not.toMatch(/^connection: close/im);
  });
});
