import ipaddr from 'ipaddr.js';

/**
 * What failures are counted by: an IPv4 address, or the /64 of an IPv6 address, since a single host has all of it. A proxy
 * may have added a port. All that is no address counts as one.
 */
export function clientAddress(ip: string | undefined): string {
  const text = withoutPort(ip ?? '');
  if (!ipaddr.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4);
  return `${new ipaddr.IPv6([...network, 0, 0, 0, 0]).toString()}/64`;
}

function withoutPort(ip: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(ip)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(ip)?.[1] ?? ip;
}
