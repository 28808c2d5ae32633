import type { SendOutcome } from '../../domain/alerting/send-outcome.js';

/** Nothing was sent: the connection or the TLS handshake failed. */
const notSent = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO']);
const certificate = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
/** The URL is none that a request can be made of. */
const unusable = new Set(['ERR_INVALID_URL', 'ERR_BAD_REQUEST']);
const timeouts = new Set(['ECONNABORTED', 'ERR_CANCELED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * What a request that got no answer means. The outcome's error is a code alone (`timeout`, `ECONNREFUSED`): an
 * AxiosError's own text, URL and headers never leave this function.
 */
export function networkOutcome(thrown: unknown): SendOutcome {
  const cause = causeOf(thrown);
  const code = codeOfEither(thrown);
  if (unusable.has(code)) return { kind: 'channel-refused', error: code };
  const possiblyPosted = !(notSent.has(code) || certificate.test(code) || failedToConnect(cause));
  return { kind: 'retry', error: networkErrorCode(thrown), possiblyPosted };
}

/** Why a request got no answer, as a code alone (`timeout`, `ECONNREFUSED`). */
export function networkErrorCode(thrown: unknown): string {
  const code = codeOfEither(thrown);
  return timeouts.has(code) ? 'timeout' : code;
}

function codeOfEither(thrown: unknown): string {
  return codeOf(causeOf(thrown)) ?? codeOf(thrown) ?? 'network_error';
}

/** Recognises an AxiosError by axios's own mark, so that axios need not be loaded for it. */
function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'isAxiosError' in thrown ? thrown.cause : thrown;
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(thrown.code) ? thrown.code : undefined;
}

/** Node tries all of a host's addresses and throws one error that holds one for each. */
function failedToConnect(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.every(failedToConnect);
  if (typeof thrown !== 'object' || thrown === null || !('syscall' in thrown)) return false;
  return thrown.syscall === 'connect' || thrown.syscall === 'getaddrinfo';
}
