import type { Suppressed } from '../alert.js';
import { keyText, keyValues } from '../key.js';
import type { Detection } from './detection.js';
import type { Redactor } from '../redaction.js';
import {
  noChannel,
  throttleId,
  type NewAlert,
  type OpenedBy,
  type StoredThrottle,
  type Throttles,
} from '../stores.js';
import { summaryAt, throttle } from './throttle.js';

/** Whether an alert is sent now, and what it says of those that were suppressed. */
export type ThrottleVerdict =
  | { readonly kind: 'send'; readonly suppressed?: Suppressed }
  | { readonly kind: 'suppress'; readonly openedBy: OpenedBy };

/** Applies the throttles of a batch's rules: one read before, one write after. */
export class ThrottleStage {
  private readonly changed = new Map<string, StoredThrottle>();

  private constructor(
    private readonly keys: ReadonlyMap<Detection, string>,
    private readonly stored: ReadonlyMap<string, StoredThrottle>,
    private readonly now: number,
  ) {}

  static async load(
    detections: readonly Detection[],
    redactor: Redactor,
    throttles: Throttles,
    now: number,
  ): Promise<ThrottleStage> {
    const keys = new Map<Detection, string>();
    const wanted = new Map<string, { rule: string; key: string }>();
    for (const detection of detections) {
      const key = keyOf(detection, redactor);
      if (key === undefined) continue;
      keys.set(detection, key);
      wanted.set(throttleId({ rule: detection.rule.id, key }), { rule: detection.rule.id, key });
    }
    const stored = wanted.size === 0 ? new Map() : await throttles.load([...wanted.values()]);
    return new ThrottleStage(keys, stored, now);
  }

  /** @param detection one of those that were loaded, or of a rule without a throttle */
  decide(detection: Detection): ThrottleVerdict {
    const key = this.keys.get(detection);
    if (key === undefined || detection.rule.throttle === undefined) return { kind: 'send' };
    const { id: rule, hash: ruleHash } = detection.rule;
    const { everyMs } = detection.rule.throttle;
    const id = throttleId({ rule, key });
    const before = this.changed.get(id) ?? this.stored.get(id);
    const current = before?.ruleHash === ruleHash ? before : undefined;
    const decision = throttle(current?.state, everyMs, this.now);
    const { state } = decision;
    this.changed.set(id, {
      rule,
      key,
      ruleHash,
      state,
      summaryAt: summaryAt(state, everyMs),
      lastSuppressed: current?.lastSuppressed ?? [],
      openedBy: current?.openedBy ?? {},
    });
    return decision.kind === 'suppress'
      ? { kind: 'suppress', openedBy: current?.openedBy ?? {} }
      : { kind: 'send', suppressed: decision.suppressed };
  }

  /** Remembers which alerts opened the period. */
  opened(detection: Detection, alerts: readonly NewAlert[]): void {
    const openedBy = alerts.flatMap(({ id, channel, deliveryId }) =>
      deliveryId === undefined ? [] : [[channel, { alert: id, delivery: deliveryId }] as const],
    );
    this.change(detection, (stored) => ({ ...stored, openedBy: Object.fromEntries(openedBy) }));
  }

  /** Remembers the alerts that were suppressed last, which a summary would show. Those shown in a thread do not count. */
  suppressed(detection: Detection, alerts: readonly NewAlert[]): void {
    const lastSuppressed = alerts
      .filter(({ reason, channel }) => reason === 'throttled' && channel !== noChannel)
      .map((alert) => alert.id);
    this.change(detection, (stored) =>
      lastSuppressed.length > 0
        ? { ...stored, lastSuppressed }
        : { ...stored, state: { ...stored.state, suppressed: stored.state.suppressed - 1 } },
    );
  }

  private change(detection: Detection, change: (stored: StoredThrottle) => StoredThrottle): void {
    const key = this.keys.get(detection);
    const id = throttleId({ rule: detection.rule.id, key: key ?? '' });
    const stored = this.changed.get(id);
    if (key !== undefined && stored !== undefined) this.changed.set(id, change(stored));
  }

  async save(throttles: Throttles): Promise<void> {
    if (this.changed.size > 0) await throttles.save([...this.changed.values()]);
  }
}

/** The key of a detection's throttle. The throttle of a rule with a window is the window's cooldown. */
function keyOf({ rule, event }: Detection, redactor: Redactor): string | undefined {
  if (rule.throttle === undefined || rule.window !== undefined) return undefined;
  return redactor.key(keyText(keyValues(rule.throttle.by, event)));
}
