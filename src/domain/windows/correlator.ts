import type { LogEvent } from '../event.js';
import { evaluateWindow, type CompletedBy } from './evaluate-window.js';
import { cooldownEnd, sumByCooldown, type BegunCooldown, type CooldownEvents } from './follow-up.js';
import { takeDue, type Unfollowed } from './missing-window.js';
import type { Entry } from './entry.js';
import { KeyCap, type CrowdedWindow, type Evicted } from './key-cap.js';
import { retentionOf, type Retention } from './limits.js';
import { OpenKeys, type WindowKey } from './open-keys.js';
import { expiryOf, keyInput, type WindowInput, type KeyedInput } from './window-input.js';
import { boundGrown } from './retain.js';
import { describeWindow, sampled, type SampleData, type WindowInfo } from './window-info.js';
import type { Fingerprint } from './window-key.js';
import type { WindowOutcome, MissingWindow, Window, WindowRule } from './window.js';
import type { StoredWindow, WindowStates } from './window-states.js';

/** What the alert of a window shows, and the cooldown that it begins, if more events are to be reported. */
export interface WindowAlert {
  readonly info: WindowInfo;
  readonly cooldown?: BegunCooldown;
}

/** What an event did in a window. */
export type Correlation = WindowOutcome<WindowAlert>;

export interface Correlated {
  /** One for each input, in their order. */
  readonly correlations: readonly Correlation[];
  /** The events that fell into cooldowns whose end is reported. */
  readonly cooldownEvents: readonly CooldownEvents[];
  /** Windows that may have more keys than they keep; {@link Correlator.evict} finds out. */
  readonly crowded: readonly CrowdedWindow[];
}

/** An event that was not followed in time. */
export interface DueAlert<R> extends WindowAlert {
  readonly rule: R;
  /** Without the values that were too long to keep. */
  readonly event: LogEvent;
}

export interface Due<R> {
  /** Those due first come first. */
  readonly alerts: readonly DueAlert<R>[];
  /** Whether more may be due already. */
  readonly more: boolean;
}

const defaultMaxKeys = 100_000;
const dueKeysAtOnce = 200;

/**
 * Decides windows. What they remember is in the database, and so right across replicas and restarts. The transaction
 * that the states belong to has to hold what follows from the decisions too.
 */
export class Correlator {
  private readonly cap: KeyCap;

  constructor(
    private readonly fingerprint: Fingerprint,
    maxKeys = defaultMaxKeys,
    private readonly retention: (window: Window) => Retention = retentionOf,
  ) {
    this.cap = new KeyCap(maxKeys);
  }

  /** Takes events in the order they came. None may be a duplicate of one taken before. */
  async correlate(inputs: readonly WindowInput[], states: WindowStates, now: number): Promise<Correlated> {
    if (inputs.length === 0) return { correlations: [], cooldownEvents: [], crowded: [] };
    const rules = new Map(inputs.map(({ rule }) => [rule.id, rule]));
    const windows = await states.windows([...rules.values()], now);
    const keyed = inputs.map((input) =>
      keyInput(input, windows.get(input.rule.id) as StoredWindow, this.fingerprint, now),
    );
    const keys = await OpenKeys.load(
      keyed.flatMap((one) => (one ? [one.own, one.cooldown] : [])),
      states,
      now,
    );
    const outcomes = keyed.map((one): WindowOutcome<CompletedBy> =>
      one === undefined ? { kind: 'no-part' } : evaluateWindow(one, keys),
    );
    for (const { window, timeline } of keys.all()) {
      if (window.kind !== 'new') boundGrown(window, timeline, this.retention(window), now);
    }
    const shown = outcomes.flatMap((outcome) =>
      outcome.kind === 'completed' ? sampled(outcome.entries) : [],
    );
    const samples = await keys.samples(shown);
    await keys.save((key) => expiryOf(key, now));
    return {
      correlations: outcomes.map((outcome, index) => {
        if (outcome.kind !== 'completed') return outcome;
        const { input, text, cooldown } = keyed[index] as KeyedInput;
        const { alertAt, entries } = outcome;
        return {
          kind: 'completed',
          alertAt,
          info: infoOf(input.rule.window, text, entries, samples),
          cooldown: begunCooldown(input.rule.window, cooldown.key.id, alertAt, entries, now),
        };
      }),
      cooldownEvents: sumByCooldown(
        outcomes.flatMap((outcome, index) => {
          const { input, cooldown } = keyed[index] ?? {};
          if (outcome.kind !== 'cooldown' || input === undefined || cooldown === undefined) return [];
          if (input.rule.window.follow === false) return [];
          return [{ keyId: cooldown.key.id, alertAt: outcome.alertAt, at: input.event.at }];
        }),
      ),
      crowded: this.cap.crowded(windows, keys),
    };
  }

  /**
   * Forgets the keys that a window has too many of, those used least recently. It has a transaction of its own: the keys
   * are others than those that a batch uses.
   */
  evict(window: CrowdedWindow, states: WindowStates): Promise<Evicted | undefined> {
    return this.cap.enforce(window, states);
  }

  /**
   * The events of the rules' `missing` windows whose deadline has passed by the clock. Each is returned once, to one replica and
   * however late.
   */
  async due<R extends WindowRule>(rules: readonly R[], states: WindowStates, now: number): Promise<Due<R>> {
    const missing = rules.filter(
      (rule): rule is R & WindowRule<MissingWindow> => rule.window.kind === 'missing',
    );
    if (missing.length === 0) return { alerts: [], more: false };
    const windows = await states.windows(missing, now);
    const byWindow = new Map(missing.map((rule) => [windows.get(rule.id)?.id, rule]));
    const ruleOf = (windowId: string) => byWindow.get(windowId) as R & WindowRule<MissingWindow>;
    const found = await states.dueKeys(
      [...windows.values()].map(({ id }) => id),
      now,
      dueKeysAtOnce,
    );
    const keys = await OpenKeys.load(
      found.map((key): WindowKey => ({ key, window: ruleOf(key.windowId).window })),
      states,
      now,
    );
    const due: (Unfollowed & { readonly rule: R; readonly key: WindowKey['key'] })[] = [];
    for (const { key, timeline } of keys.all()) {
      const rule = ruleOf(key.windowId);
      for (const unfollowed of takeDue(rule.window, timeline, now)) due.push({ ...unfollowed, rule, key });
    }
    const samples = await keys.samples(due.flatMap(({ open, entries }) => [open, ...sampled(entries)]));
    await keys.save((key) => expiryOf(key, now));
    const alerts = due
      .toSorted((a, b) => (a.open.dueAt as number) - (b.open.dueAt as number))
      .map(({ rule, open, entries, key }) => ({
        rule,
        event: eventOf(open.logId, open.at, sampleOf(open, samples)),
        info: infoOf(rule.window, key.text, entries, samples),
        cooldown: begunCooldown(rule.window, key.id, open.at, entries, now),
      }));
    return { alerts, more: found.length === dueKeysAtOnce };
  }
}

function begunCooldown(
  { follow, cooldownMs }: Window,
  keyId: string,
  alertAt: number,
  entries: readonly Entry[],
  now: number,
): BegunCooldown | undefined {
  if (follow === false || cooldownMs === 0) return undefined;
  return {
    keyId,
    alertAt,
    count: entries.length,
    firstAt: (entries[0] as Entry).at,
    lastAt: (entries.at(-1) as Entry).at,
    endsAt: cooldownEnd(alertAt, cooldownMs, now),
  };
}

function infoOf(
  window: Window,
  text: string,
  entries: readonly Entry[],
  samples: ReadonlyMap<string, SampleData>,
): WindowInfo {
  const data = sampled(entries).map((entry) => sampleOf(entry, samples));
  return describeWindow(window, text, entries, data);
}

/** What is left of an event whose data has been pruned is its id. */
function sampleOf({ logId }: Entry, samples: ReadonlyMap<string, SampleData>): SampleData {
  return samples.get(logId) ?? { log_id: logId };
}

function eventOf(logId: string, at: number, data: SampleData): LogEvent {
  return { logId, type: String(data['type']), at, data };
}
