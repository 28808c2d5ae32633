import { isRange, parseRange, type AddressRange } from './address.js';

export type Scalar = string | number | boolean | null;

/** A named list of the rules file. */
export class List {
  private readonly values: ReadonlySet<unknown>;
  private readonly ranges: readonly AddressRange[];

  constructor(readonly entries: readonly Scalar[]) {
    this.values = new Set(entries);
    this.ranges = entries
      .filter((entry) => typeof entry === 'string' && isRange(entry))
      .map((entry) => parseRange(entry as string) as AddressRange);
  }

  /** Whether an entry equals the value, or is an address range that contains it. */
  has(value: unknown): boolean {
    if (this.values.has(value)) return true;
    return typeof value === 'string' && this.ranges.some((range) => range.contains(value));
  }
}

export type Lists = ReadonlyMap<string, List>;
