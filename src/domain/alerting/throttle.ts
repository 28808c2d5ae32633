/** One message for a rule, key and period. */
export interface ThrottleState {
  /** When the period ends, in ms since the epoch. */
  readonly until: number;
  /** Suppressed alerts that no message has mentioned yet. */
  readonly suppressed: number;
  /** When the first of them was suppressed. */
  readonly suppressedSince?: number;
}

export type ThrottleDecision =
  | {
      readonly kind: 'send';
      readonly state: ThrottleState;
      readonly suppressed?: { readonly count: number; readonly since: number };
    }
  | { readonly kind: 'suppress'; readonly state: ThrottleState };

/** How long after its period a summary waits for an alert that could carry it instead, in ms. */
const summaryGraceMs = 30_000;

/**
 * How far apart in ms the times of two transactions may be that come one after the other: the clocks of replicas differ,
 * and a transaction may have waited for the other after it looked at its clock.
 */
const skewMs = 15_000;

/** The first alert after a period starts the next one, and says how many were suppressed in the last. */
export function throttle(state: ThrottleState | undefined, everyMs: number, now: number): ThrottleDecision {
  // A period that ends much later than one from now was begun before the clock went back, and is over.
  if (state !== undefined && now < state.until && state.until <= now + everyMs + skewMs) {
    return {
      kind: 'suppress',
      state: { ...state, suppressed: state.suppressed + 1, suppressedSince: state.suppressedSince ?? now },
    };
  }
  const next = { until: now + everyMs, suppressed: 0 };
  if (state === undefined || state.suppressed === 0) return { kind: 'send', state: next };
  return {
    kind: 'send',
    state: next,
    suppressed: { count: state.suppressed, since: Math.min(state.suppressedSince ?? now, now) },
  };
}

/** When the summary of a period is due if no alert has carried it. */
export function summaryAt(state: ThrottleState, everyMs: number): number {
  return state.until + Math.min(everyMs, summaryGraceMs);
}

/** What a summary says of the alerts before the last one, which it shows itself. */
export function suppressedBefore(
  { suppressed, suppressedSince }: Pick<ThrottleState, 'suppressed' | 'suppressedSince'>,
  now: number,
): { readonly count: number; readonly since: number } | undefined {
  return suppressed > 1 ? { count: suppressed - 1, since: suppressedSince ?? now } : undefined;
}
