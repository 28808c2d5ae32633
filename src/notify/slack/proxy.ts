import type { ClientRequest } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { AxiosProxyConfig } from 'axios';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The proxy that the environment names for a URL. axios would find it itself, but send the user name and the password
 * as they are written in a URL, in percent-encoding.
 *
 * @throws TypeError where HTTPS_PROXY or HTTP_PROXY is no URL
 */
export function proxyFor(url: string): AxiosProxyConfig | false {
  const named = getProxyForUrl(url);
  if (named === '') return false;
  const { protocol, hostname, port, username, password } = new URL(named);
  return {
    protocol,
    host: hostname,
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    ...(username !== '' && { auth: { username: decoded(username), password: decoded(password) } }),
  };
}

/** Whether an answer is a proxy's own, which did not let the request through. */
export function isFromProxy(url: string, status: number, request: unknown): boolean {
  if (status === 407) return true;
  // The proxy's answer to a refused CONNECT is taken for the answer that would have come over TLS.
  const { socket } = (request ?? {}) as Partial<ClientRequest>;
  return /^https:/i.test(url) && socket !== undefined && socket !== null && !(socket instanceof TLSSocket);
}

/** A text that is not percent-encoded after all is left unchanged. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The same; undefined where HTTPS_PROXY is no URL. */
export function proxyOrFault(url: string): AxiosProxyConfig | false | undefined {
  try {
    return proxyFor(url);
  } catch {
    return undefined;
  }
}
