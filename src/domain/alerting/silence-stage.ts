import type { Lists } from '../matching/list.js';
import type { Match } from '../matching/matcher.js';
import type { Rule } from '../rule-set.js';
import { compileSilence, type Silence, type SilenceTest } from './silence.js';
import type { Silences } from '../stores.js';

/** Silences never change, so each is compiled once for the lists of a rule set. */
const compiledByLists = new WeakMap<Lists, ReadonlyMap<string, SilenceTest>>();

/** Applies the silences in force to the matches of a batch, and counts what each suppresses. */
export class SilenceStage {
  private readonly counts = new Map<string, number>();

  private constructor(private readonly tests: ReadonlyMap<string, SilenceTest>) {}

  static async load(silences: Pick<Silences, 'inForce'>, lists: Lists, now: number): Promise<SilenceStage> {
    return new SilenceStage(compiled(await silences.inForce(now), lists));
  }

  /** Whether an alert is suppressed. It then counts for one silence, the oldest of those that suppress it. */
  suppresses({ rule, event }: Pick<Match<Rule>, 'rule' | 'event'>): boolean {
    for (const [id, holds] of this.tests) {
      if (!holds(rule, event)) continue;
      this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
      return true;
    }
    return false;
  }

  async save(silences: Pick<Silences, 'count'>): Promise<void> {
    if (this.counts.size > 0) await silences.count(this.counts);
  }
}

function compiled(silences: readonly Silence[], lists: Lists): ReadonlyMap<string, SilenceTest> {
  const known = compiledByLists.get(lists);
  const tests = new Map(
    silences.map((silence) => [
      silence.id,
      known?.get(silence.id) ?? compileSilence(silence, lists, () => undefined),
    ]),
  );
  compiledByLists.set(lists, tests);
  return tests;
}
