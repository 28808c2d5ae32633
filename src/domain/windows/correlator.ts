import type { LogEvent } from '../event.js';
import { evaluateWindow, type Outcome } from './evaluate-window.js';
import { takeDue, type Unfollowed } from './missing-window.js';
import { KeyCap, type Evicted } from './key-cap.js';
import { retentionOf, type Retention } from './limits.js';
import { OpenKeys, type WindowOpening } from './open-keys.js';
import { expiryOf, keyInput, type WindowInput, type KeyedInput } from './window-input.js';
import { bound } from './retain.js';
import type { Entry } from './timeline.js';
import { describeWindow, sampled, type SampleData, type WindowInfo } from './window-info.js';
import type { Fingerprint } from './window-key.js';
import type { StoredWindow, WindowStates } from './window-states.js';
import type { MissingWindow, Window, WindowRule } from './window.js';

/** What an event came to in a window. */
export type Correlation =
  /** It completed the window, and the rule alerts. */
  | { readonly kind: 'completed'; readonly info: WindowInfo }
  | { readonly kind: 'not-reached' }
  | { readonly kind: 'cooldown' }
  /** It lacks a value that the window looks at. */
  | { readonly kind: 'no-part' };

export interface Correlated {
  /** One for each candidate, in their order. */
  readonly correlations: readonly Correlation[];
  readonly evicted: readonly Evicted[];
}

/** An event that was not followed in time. */
export interface DueAlert<R> {
  readonly rule: R;
  /** Lacks what was too long to keep. */
  readonly event: LogEvent;
  readonly info: WindowInfo;
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
    if (inputs.length === 0) return { correlations: [], evicted: [] };
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
    const outcomes = keyed.map((one): Outcome =>
      one === undefined ? { kind: 'no-part' } : evaluateWindow(one, keys),
    );
    for (const { window, timeline } of keys.all()) {
      if (window.kind !== 'new') bound(window, timeline, this.retention(window), now);
    }
    const told = outcomes.flatMap((outcome) =>
      outcome.kind === 'completed' ? sampled(outcome.entries) : [],
    );
    const samples = await keys.samples(told);
    await keys.save((key) => expiryOf(key, now));
    return {
      correlations: outcomes.map((outcome, index) => {
        if (outcome.kind !== 'completed') return outcome;
        const { input, text } = keyed[index] as KeyedInput;
        return { kind: 'completed', info: infoOf(input.rule.window, text, outcome.entries, samples) };
      }),
      evicted: await this.cap.enforce(windows, keys, states),
    };
  }

  /**
   * The events of the rules' `missing` windows whose time is up by the clock. Each is given once, whoever asks and
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
    const openings = found.map((opening): WindowOpening => ({
      opening,
      window: ruleOf(opening.windowId).window,
    }));
    const keys = await OpenKeys.load(openings, states, now);
    const due: (Unfollowed & { readonly rule: R; readonly text: string })[] = [];
    for (const { opening, timeline } of keys.all()) {
      const rule = ruleOf(opening.windowId);
      for (const unfollowed of takeDue(rule.window, timeline, now))
        due.push({ ...unfollowed, rule, text: opening.text });
    }
    const samples = await keys.samples(due.flatMap(({ open, entries }) => [open, ...sampled(entries)]));
    await keys.save((key) => expiryOf(key, now));
    const alerts = due
      .toSorted((a, b) => (a.open.dueAt as number) - (b.open.dueAt as number))
      .map(({ rule, open, entries, text }) => ({
        rule,
        event: eventOf(open.logId, open.at, samples.get(open.id) as SampleData),
        info: infoOf(rule.window, text, entries, samples),
      }));
    return { alerts, more: found.length === dueKeysAtOnce };
  }
}

function infoOf(
  window: Window,
  text: string,
  entries: readonly Entry[],
  samples: ReadonlyMap<string, SampleData>,
): WindowInfo {
  const data = sampled(entries).map(({ id }) => samples.get(id) as SampleData);
  return describeWindow(window, text, entries, data);
}

function eventOf(logId: string, at: number, data: SampleData): LogEvent {
  return { logId, type: String(data['type']), at, data };
}
