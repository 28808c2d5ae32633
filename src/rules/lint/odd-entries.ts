import { parseRange } from '../../domain/matching/address.js';
import type { Fault } from '../problem.js';

type Found = Pick<Fault, 'code' | 'message' | 'hint'>;

/**
 * Reports the entries of a list that look like addresses or ranges and are none, so that no event is ever inside them.
 *
 * @param report gets the index of the entry
 */
export function reportOddEntries(
  entries: readonly unknown[],
  report: (index: number, found: Found) => void,
): void {
  const texts = entries.filter((entry): entry is string => typeof entry === 'string' && entry !== '');
  // Among addresses, what is made of numbers and dots is meant to be one.
  const amongAddresses = texts.filter((text) => parseRange(text) !== undefined).length * 2 > texts.length;
  entries.forEach((entry, index) => {
    if (typeof entry !== 'string' || parseRange(entry) !== undefined) return;
    if (!looksLikeAddress(entry) && !(amongAddresses && /^[\d.]+$/.test(entry))) return;
    report(index, {
      code: 'list-entry',
      message: `${JSON.stringify(entry)} looks like an address or a range, and is not a valid one`,
      hint: hintFor(entry),
    });
  });
}

const dotted = String.raw`\d{1,3}(\.\d{1,3}){3}`;
const looks: readonly RegExp[] = [
  // Four numbers, in quotes or with a comma, a port, a mask or another address behind them.
  new RegExp(String.raw`^["']?${dotted}(["',;:/\s-].*)?$`),
  // Fewer numbers with a prefix length: 10.0/8.
  /^\d{1,3}(\.\d{1,3}){0,3}\s*\/\s*\d{1,3}$/,
  // 10.0.0.* and 10.0.0.x
  /^\d{1,3}(\.(\d{1,3}|[*x])){1,3}$/,
  /^["'[]?[\da-f]{0,4}(:[\da-f]{0,4}){2,7}(:?\d{1,3}(\.\d{1,3}){3})?["'\],]*(\s*\/\s*\d+)?$/i,
];

function looksLikeAddress(text: string): boolean {
  // Six pairs of digits are a hardware address, and numbers and dots alone may be a version.
  if (/^([\da-f]{2}:){5}[\da-f]{2}$/i.test(text) || /^\d+(\.\d+){0,2}$/.test(text)) return false;
  // A time of day has colons, too.
  if (/^\d{1,2}:\d{2}:\d{2}$/.test(text)) return false;
  return looks.some((look) => look.test(text));
}

function hintFor(entry: string): string {
  const bare = entry.replace(/^["'[]+|["'\],;]+$/g, '').replace(/\s*\/\s*/, '/');
  if (bare !== entry && parseRange(bare) !== undefined) return `write ${bare}`;
  const [, withoutPort] = new RegExp(`^(${dotted}):\\d+$`).exec(bare) ?? [];
  if (withoutPort !== undefined && parseRange(withoutPort) !== undefined) return `write ${withoutPort}`;
  const [, prefix] = /^((?:\d{1,3}\.){1,3})(?:[*x]\.?){1,3}$/.exec(bare) ?? [];
  if (prefix !== undefined) {
    const numbers = prefix.split('.').slice(0, -1);
    return `write ${[...numbers, '0', '0', '0'].slice(0, 4).join('.')}/${numbers.length * 8}`;
  }
  return 'write an IPv4 or IPv6 address, or a range such as 203.0.113.0/24';
}
