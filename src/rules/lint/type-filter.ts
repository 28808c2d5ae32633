import { codesInCategory, eventTypeCodes } from '../../domain/catalogue/catalogue.js';
import { hasFields, typesWithFields } from '../../domain/catalogue/event-fields.js';
import { compileGlob, compileRegex, isGlob, isSlashedRegex } from '../../domain/matching/pattern.js';
import { isEventCode, writtenTypes } from '../compile/event-codes.js';
import type { MatchSection } from '../schema/match-section.js';

const category = 'category:';

/** Which event types a match admits by its `types`. */
export class TypeFilter {
  private constructor(
    readonly admits: (code: string) => boolean,
    /** The codes that are spelt out, and may be none of the catalogue's. */
    private readonly spelt: readonly string[],
    /** Whether there is no `types`. */
    readonly admitsAll = false,
  ) {}

  static of(match: MatchSection): TypeFilter {
    const entries = writtenTypes(match).map(({ entry }) => entry);
    if (entries.length === 0) return new TypeFilter(() => true, [], true);
    const tests = entries.map(typeTest);
    return new TypeFilter((code) => tests.some((test) => test(code)), entries.filter(isEventCode));
  }

  /** What both admit. */
  within(outer: TypeFilter): TypeFilter {
    if (outer.admitsAll) return this;
    if (this.admitsAll) return outer;
    const admits = (code: string): boolean => this.admits(code) && outer.admits(code);
    return new TypeFilter(admits, [...this.spelt, ...outer.spelt].filter(admits));
  }

  /** What either admits. */
  or(other: TypeFilter): TypeFilter {
    if (this.admitsAll) return this;
    if (other.admitsAll) return other;
    const admits = (code: string): boolean => this.admits(code) || other.admits(code);
    return new TypeFilter(admits, [...this.spelt, ...other.spelt]);
  }

  /** The codes it admits: of the catalogue, and those that are spelt out. */
  codes(): readonly string[] {
    return [...new Set([...this.spelt, ...eventTypeCodes.filter(this.admits)])];
  }

  /**
   * The admitted types whose fields are known; undefined where one that is spelt out may have any. A type that only a
   * pattern or category takes in, and the schemas leave out, is one of older versions of Auth0, and says nothing.
   */
  typesWithKnownFields(): readonly string[] | undefined {
    if (this.admitsAll) return typesWithFields();
    if (!this.spelt.every(hasFields)) return undefined;
    const known = typesWithFields().filter(this.admits);
    return known.length === 0 ? undefined : known;
  }
}

/** What an entry of `types` admits. */
export function typeTest(entry: string): (code: string) => boolean {
  if (isSlashedRegex(entry)) {
    const regex = compileRegex(entry);
    return regex.ok ? regex.value : () => false;
  }
  if (isGlob(entry)) return compileGlob(entry);
  if (!entry.startsWith(category)) return (code) => code === entry;
  const codes = codesInCategory(entry.slice(category.length)) ?? [];
  return (code) => codes.includes(code);
}
