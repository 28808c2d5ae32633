import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An IPv4 address in its one spelling. Nearly every address of an event is one, and reading it any further costs more. */
const dotted = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Rules ask about the same address one after the other, and reading it costs far more than comparing it. */
const parseCandidate = rememberingLast((text) => parseAddress(text, true));

/** A range of addresses. Host bits are ignored; a plain address is a range of one. */
export interface AddressRange {
  contains(address: string): boolean;
}

/** Reads `a.b.c.d`, an IPv6 address, or either with `/bits`; undefined when the text is none of these. */
export function parseRange(text: string): AddressRange | undefined {
  const [host, bits, ...rest] = text.split('/');
  if (host === undefined || rest.length > 0) return undefined;
  const base = parseAddress(host, false);
  if (base === undefined) return undefined;
  const mapped = base.kind() === 'ipv6' && (base as ipaddr.IPv6).isIPv4MappedAddress();
  const width = base.kind() === 'ipv4' ? 32 : 128;
  let prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (prefix < 0 || prefix > width) return undefined;
  let network: Address = base;
  // A v4-mapped range of at least 96 bits is the v4 range it maps.
  if (mapped && prefix >= 96) {
    network = (base as ipaddr.IPv6).toIPv4Address();
    prefix -= 96;
  }
  return {
    contains(indexedRule) {
      const address = parseCandidate(indexedRule);
      return address !== undefined && address.kind() === network.kind() && address.match(network, prefix);
    },
  };
}

/** Whether the text names a range of more than one spelling, that is, has a `/bits` part. */
export function isRange(text: string): boolean {
  return text.includes('/') && parseRange(text) !== undefined;
}

/** What no address has, as nearly every other text does. */
const foreign = /[^\da-z:.%]/i;

/** The address as RFC 5952 writes it, a v4-mapped one as the v4 address it maps; undefined when the text is none. */
export function spellAddress(text: string): string | undefined {
  if (dotted.test(text)) return text;
  if (foreign.test(text)) return undefined;
  return parseAddress(text, true)?.toString();
}

/** The network that an address is in, of 24 bits or, for IPv6, 48; undefined when the text is none. */
export function networkOf(text: string): string | undefined {
  const address = parseAddress(text, true);
  if (address === undefined) return undefined;
  const bits = address.kind() === 'ipv4' ? 24 : 48;
  const range = `${address.toString()}/${bits}`;
  const network =
    address.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(range)
      : ipaddr.IPv6.networkAddressFromCIDR(range);
  return `${network.toString()}/${bits}`;
}

function parseAddress(text: string, unmap: boolean): Address | undefined {
  // ipaddr.js also reads 10.1 or 0x7f000001 as addresses, which no log event means, and makes an error of each other text.
  if (!text.includes(':') && !dotted.test(text)) return undefined;
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  const isMapped = address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress();
  return unmap && isMapped ? (address as ipaddr.IPv6).toIPv4Address() : address;
}

function rememberingLast<T>(parse: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly value: T } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: parse(text) };
    return last.value;
  };
}
