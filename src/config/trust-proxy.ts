import ipaddr from 'ipaddr.js';

/** Which proxies' `X-Forwarded-For` counts: their addresses and ranges, or how many proxies are in front of the router. */
export type TrustProxy = number | readonly string[];

const maxProxies = 10;

/** Reads a count such as `1`, or addresses and ranges separated by commas; undefined when the text is neither. */
export function parseTrustProxy(text: string): TrustProxy | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= maxProxies ? Number(text) : undefined;
  const ranges = text
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '');
  return ranges.length > 0 && ranges.every(isRange) ? ranges : undefined;
}

function isRange(text: string): boolean {
  if (text.includes('/')) return ipaddr.isValidCIDR(text) && isAddress(text.slice(0, text.indexOf('/')));
  return isAddress(text);
}

/** `10.1` is an address for some and not for others, so that it takes four numbers. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'));
}
