import { createServer, type AddressInfo } from 'node:net';
import { listenError } from './listen-error.js';

/** What listening there fails with. */
async function failure(host: string, port: number): Promise<unknown> {
  const server = createServer();
  try {
    return await new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(port, host, () => resolve('none'));
    });
  } finally {
    server.close();
  }
}

describe('listenError', () => {
  it('names a port that is in use', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const at = { HOST: '127.0.0.1', PORT: (busy.address() as AddressInfo).port };
    expect(listenError(await failure(at.HOST, at.PORT), at)).toBe(
      `PORT: ${at.PORT} is in use on 127.0.0.1; stop what listens there, or choose another`,
    );
    busy.close();
  });

  it('names an address that is not of this machine', async () => {
    const at = { HOST: '192.0.2.1', PORT: 0 };
    expect(listenError(await failure(at.HOST, at.PORT), at)).toMatch(
      /^HOST: 192\.0\.2\.1 is not an address of this machine/,
    );
  });

  it.each([
    ['EACCES', 'listen', /^PORT: this user may not listen on 80 of ::1; .*CAP_NET_BIND_SERVICE/],
    ['EAFNOSUPPORT', 'listen', /^HOST: this machine has no IPv6/],
    ['ENOTFOUND', 'getaddrinfo', /^HOST: the name ::1 can't be found/],
    ['EINVAL', 'listen', /^HOST, PORT: .*\(EINVAL\)$/],
  ])('says what %s of %s means, on one line', (code, syscall, words) => {
    const error = Object.assign(new Error('failed'), { code, syscall });
    expect(listenError(error, { HOST: '::1', PORT: 80 })).toMatch(words);
  });

  it('leaves other errors alone', () => {
    expect(
      listenError(Object.assign(new Error(), { code: 'EACCES', syscall: 'open' }), { HOST: '', PORT: 1 }),
    ).toBe(undefined);
    expect(listenError(undefined, { HOST: '', PORT: 1 })).toBe(undefined);
  });
});
