import type { Comparison } from './comparison.js';
import type { CompiledMatch } from './compile-match.js';
import type { Equality } from './equality.js';
import { resolvePath } from './field-path.js';
import type { Reader } from './reader.js';
import type { Requirement } from './requirement.js';
import { testHolds, type ValueTest } from './value-test.js';

type Data = Readonly<Record<string, unknown>>;
interface WithMatch {
  readonly match: CompiledMatch;
}

/** A rule that may match, with its place among all the rules. */
export interface Candidate<R> {
  readonly rule: R;
  readonly position: number;
}

interface Lookup<R> {
  readonly read: Reader['read'];
  readonly byValue: Map<unknown, Candidate<R>[]>;
}

/** Rules that want one number above limits of theirs, the lowest limit first. */
interface Ascent<R> {
  readonly read: Comparison['read'];
  readonly limits: {
    readonly limit: number;
    readonly inclusive: boolean;
    readonly candidate: Candidate<R>;
  }[];
}

/** Rules that test the same field, which is then read once for all of them. */
interface Guarded<R> {
  readonly steps: readonly string[];
  readonly candidates: { readonly test: ValueTest; readonly candidate: Candidate<R> }[];
}

/**
 * Finds among rules that all admit an event's type those that may match it. A rule that wants one of certain values or
 * a number above some limit is looked at only when the event holds that.
 */
export class CandidateIndex<R extends WithMatch> {
  private readonly lookups: readonly Lookup<R>[];
  private readonly ascents: readonly Ascent<R>[];
  private readonly guarded: readonly Guarded<R>[];
  private readonly others: readonly Candidate<R>[];

  constructor(candidates: readonly Candidate<R>[]) {
    const selectivity = selectivityAmong(candidates);
    const lookups = new Map<string, Lookup<R>>();
    const ascents = new Map<string, Ascent<R>>();
    const guarded = new Map<string, Guarded<R>>();
    const others: Candidate<R>[] = [];
    for (const candidate of candidates) {
      const { requirements, fieldTests } = candidate.rule.match;
      const [requirement] = requirements.toSorted((left, right) => selectivity(right) - selectivity(left));
      const [field] = fieldTests;
      if (requirement !== undefined) {
        for (const clue of requirement) {
          if (clue.kind === 'equality') addLookup(lookups, candidate, clue);
          else addLimit(ascents, candidate, clue);
        }
      } else if (field !== undefined) {
        const group = guarded.get(field.path) ?? { steps: field.steps, candidates: [] };
        group.candidates.push({ test: field.test, candidate });
        guarded.set(field.path, group);
      } else others.push(candidate);
    }
    this.lookups = [...lookups.values()];
    this.ascents = [...ascents.values()];
    for (const { limits } of this.ascents) {
      limits.sort(
        (left, right) => left.limit - right.limit || Number(right.inclusive) - Number(left.inclusive),
      );
    }
    this.guarded = [...guarded.values()];
    this.others = others;
  }

  /** Adds what it finds to `found`, in no order, and gives that back. Makes an array only for a first find. */
  collect(data: Data, found: Candidate<R>[] | undefined): Candidate<R>[] | undefined {
    let all = found;
    for (const { read, byValue } of this.lookups) {
      const value = read(data);
      if (!Array.isArray(value)) all = admitAll(byValue.get(value), data, all);
      else for (const element of value) all = admitAll(byValue.get(element), data, all);
    }
    for (const { read, limits } of this.ascents) {
      const number = read(data);
      for (const { limit, inclusive, candidate } of limits) {
        if (!(inclusive ? number >= limit : number > limit)) break;
        all = admit(candidate, data, all);
      }
    }
    for (const { steps, candidates } of this.guarded) {
      const value = resolvePath(data, steps);
      for (const { test, candidate } of candidates) {
        if (testHolds(test, value)) all = admit(candidate, data, all);
      }
    }
    return admitAll(this.others, data, all);
  }
}

function addLookup<R>(
  lookups: Map<string, Lookup<R>>,
  candidate: Candidate<R>,
  { reader, read, values }: Equality,
): void {
  const lookup: Lookup<R> = lookups.get(reader) ?? { read, byValue: new Map() };
  lookups.set(reader, lookup);
  for (const value of new Set(values)) {
    const ofValue = lookup.byValue.get(value);
    if (ofValue === undefined) lookup.byValue.set(value, [candidate]);
    else ofValue.push(candidate);
  }
}

function addLimit<R>(
  ascents: Map<string, Ascent<R>>,
  candidate: Candidate<R>,
  { reader, read, limit, inclusive }: Comparison,
): void {
  const ascent: Ascent<R> = ascents.get(reader) ?? { read, limits: [] };
  ascents.set(reader, ascent);
  ascent.limits.push({ limit, inclusive, candidate });
}

function admitAll<R extends WithMatch>(
  candidates: readonly Candidate<R>[] | undefined,
  data: Data,
  found: Candidate<R>[] | undefined,
): Candidate<R>[] | undefined {
  if (candidates === undefined) return found;
  let all = found;
  for (const candidate of candidates) all = admit(candidate, data, all);
  return all;
}

function admit<R extends WithMatch>(
  candidate: Candidate<R>,
  data: Data,
  found: Candidate<R>[] | undefined,
): Candidate<R>[] | undefined {
  if (candidate.rule.match.prefilterAdmitted(data) === 'no') return found;
  if (found === undefined) return [candidate];
  // Several of a rule's alternatives can hold, and an array of the event can hold several of its values.
  if (!found.includes(candidate)) found.push(candidate);
  return found;
}

/** How many different values rules want where a requirement looks; 0 for one that a comparison can fulfil. */
function selectivityAmong(candidates: readonly Candidate<WithMatch>[]): (requirement: Requirement) => number {
  const distinct = new Map<string, Set<unknown>>();
  for (const clue of candidates.flatMap(({ rule }) => rule.match.requirements.flat())) {
    if (clue.kind !== 'equality') continue;
    const seen = distinct.get(clue.reader) ?? new Set();
    for (const value of clue.values) seen.add(value);
    distinct.set(clue.reader, seen);
  }
  return (requirement) => Math.min(...requirement.map(({ reader }) => distinct.get(reader)?.size ?? 0));
}
