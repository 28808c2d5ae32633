import { AxiosError } from 'axios';
import { networkOutcome } from './network-outcome.js';

const url = 'https://hooks.slack.com/services/T/B/secret';

function failure(code: string, cause: object = {}): AxiosError {
  return AxiosError.from(Object.assign(new Error(`${code} ${url}`), { code }, cause), code);
}

describe('networkOutcome', () => {
  it.each([
    ['ENOTFOUND', 'ENOTFOUND', { syscall: 'getaddrinfo' }],
    ['EAI_AGAIN', 'EAI_AGAIN', {}],
    ['ECONNREFUSED', 'ECONNREFUSED', { syscall: 'connect' }],
    ['EHOSTUNREACH', 'EHOSTUNREACH', {}],
    ['ENETUNREACH', 'ENETUNREACH', {}],
    ['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED', {}],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'DEPTH_ZERO_SELF_SIGNED_CERT', {}],
    ['ETIMEDOUT', 'timeout', { syscall: 'connect' }],
  ])('%s was not sent', (code, error, cause) => {
    expect(networkOutcome(failure(code, cause))).toEqual({ kind: 'retry', error, possiblyPosted: false });
  });

  it.each([
    ['ECONNABORTED', 'timeout'],
    ['ERR_CANCELED', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['ECONNRESET', 'ECONNRESET'],
    ['EPIPE', 'EPIPE'],
    ['ERR_BAD_RESPONSE', 'ERR_BAD_RESPONSE'],
  ])('%s may have been posted', (code, error) => {
    expect(networkOutcome(failure(code))).toEqual({ kind: 'retry', error, possiblyPosted: true });
  });

  it('knows that none of a host’s addresses answered', () => {
    const errors = [Object.assign(new Error(url), { syscall: 'connect', code: 'ETIMEDOUT' })];
    const thrown = new AxiosError('x', 'ETIMEDOUT');
    thrown.cause = Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });
    expect(networkOutcome(thrown)).toEqual({ kind: 'retry', error: 'timeout', possiblyPosted: false });
  });

  it.each(['ERR_INVALID_URL', 'ERR_BAD_REQUEST'])('%s refuses the channel', (code) => {
    expect(networkOutcome(failure(code))).toEqual({ kind: 'channel-refused', error: code });
  });

  it.each([[new Error(url)], [url], [undefined], [{ code: `no code ${url}` }], [{ code: 7 }]])(
    'says nothing of %j',
    (thrown) => {
      expect(networkOutcome(thrown)).toEqual({ kind: 'retry', error: 'network_error', possiblyPosted: true });
    },
  );
});
