import type { Kysely } from 'kysely';
import { fingerprint } from '../../src/app/fingerprint.js';
import { TimeOrderedIds } from '../../src/app/time-ordered-ids.js';
import { windowRules } from '../../src/domain/alerting/window-stage.js';
import { normaliseEvent } from '../../src/domain/event.js';
import { Pipeline } from '../../src/domain/pipeline.js';
import type { RuleSet } from '../../src/domain/rule-set.js';
import { Correlator } from '../../src/domain/windows/correlator.js';
import { KyselyTransactions } from '../../src/storage/database/kysely-transactions.js';
import type { Database } from '../../src/storage/database/schema.js';

/** What a batch took, in µs. */
export interface Taken {
  readonly micros: number;
  /** The CPU time of all threads. */
  readonly cpuMicros: number;
}

/** What a process of the router remembers, over the same database as the others. */
export class Process {
  private readonly transactions: KyselyTransactions;
  private readonly pipeline: Pipeline;

  constructor(
    db: Kysely<Database>,
    private readonly rules: RuleSet,
  ) {
    this.transactions = new KyselyTransactions(db);
    this.pipeline = new Pipeline(rules, new Correlator(fingerprint), new TimeOrderedIds(), (logId) => logId);
  }

  /** Puts the rules in force. */
  async load(now: number): Promise<void> {
    await this.transactions.run(({ windows }) => windows.load(windowRules(this.rules), now));
  }

  /** Matches the events and commits what follows. */
  async take(elements: readonly unknown[]): Promise<Taken> {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const events = elements.map((element) => {
      const event = normaliseEvent(element, 0, () => 'none');
      if (event === undefined) throw new Error('an element is no event');
      return event;
    });
    const now = Math.max(...events.map(({ at }) => at));
    const matches = await this.pipeline.match(events);
    const { alerts } = await this.transactions.run((stores) => this.pipeline.raise(matches, stores, now));
    const micros = (performance.now() - started) * 1_000;
    const { user, system } = process.cpuUsage(cpu);
    if (matches.length !== events.length || alerts.length > 0)
      throw new Error(`${matches.length} of ${events.length} events matched, ${alerts.length} alerted`);
    return { micros, cpuMicros: user + system };
  }
}
