import { Correlator, type Correlated, type Due } from '../../src/domain/windows/correlator.js';
import type { CrowdedWindow, Evicted } from '../../src/domain/windows/key-cap.js';
import type { WindowInput } from '../../src/domain/windows/window-input.js';
import type { Window, WindowRule } from '../../src/domain/windows/window.js';
import type { WindowInfo } from '../../src/domain/windows/window-info.js';
import type { LogEvent } from '../../src/domain/event.js';
import type { KeyPart } from '../../src/domain/key.js';
import { fingerprint } from '../../src/app/fingerprint.js';
import { KeyCache } from '../../src/storage/windows/key-cache.js';
import { WindowStore } from '../../src/storage/windows/window-store.js';
import type { TestDatabase } from './databases.js';

export const second = 1_000;
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** When the tests' clocks start, in ms since the epoch. */
export const noon = Date.UTC(2026, 0, 15, 12);

export function by(...paths: readonly string[]): readonly KeyPart[] {
  return paths.map((path) => ({ kind: 'path', steps: path.split('.') }));
}

export function windowRule(window: Window, changes: Partial<WindowRule> = {}): WindowRule {
  return { id: 'rule', hash: 'hash', window, ...changes };
}

let made = 0;

/** An event of that time that no other is the same as. */
export function eventAt(at: number, data: Readonly<Record<string, unknown>> = {}): LogEvent {
  made += 1;
  const logId = `log-${made}`;
  return { logId, type: 'fp', at, data: { type: 'fp', log_id: logId, ...data } };
}

/** The windows of one replica. */
export class Replica {
  private readonly cache = new KeyCache();

  constructor(
    private readonly database: TestDatabase,
    private readonly correlator = new Correlator(fingerprint),
  ) {}

  /** Puts the rules in force. */
  load(rules: readonly WindowRule[], now = noon): Promise<void> {
    return this.database.db.transaction().execute((tx) => new WindowStore(tx).load(rules, now));
  }

  /** Takes a batch, in the order given. The clock is at its latest event where nothing else is said. */
  correlate(inputs: readonly WindowInput[], now?: number): Promise<Correlated> {
    const latest = Math.max(...inputs.map(({ event }) => event.at));
    return this.database.db
      .transaction()
      .execute((tx) => this.correlator.correlate(inputs, new WindowStore(tx, this.cache), now ?? latest));
  }

  due(rules: readonly WindowRule[], now: number): Promise<Due<WindowRule>> {
    return this.database.db
      .transaction()
      .execute((tx) => this.correlator.due(rules, new WindowStore(tx, this.cache), now));
  }

  evict(window: CrowdedWindow): Promise<Evicted | undefined> {
    return this.database.db
      .transaction()
      .execute((tx) => this.correlator.evict(window, new WindowStore(tx, this.cache)));
  }

  /** Takes one event, and returns what the window shows, or the kind of outcome when it shows nothing. */
  async take(
    rule: WindowRule,
    event: LogEvent,
    steps: readonly number[] = [0],
  ): Promise<WindowInfo | string> {
    const { correlations } = await this.correlate([{ rule, event, steps }]);
    const [one] = correlations;
    if (one === undefined) throw new Error('one input has one correlation');
    return one.kind === 'completed' ? one.info : one.kind;
  }
  /** Takes one event, and returns the kind of its outcome. */
  async takeKind(...args: Parameters<Replica['take']>): Promise<string> {
    const taken = await this.take(...args);
    return typeof taken === 'string' ? taken : 'completed';
  }
}
