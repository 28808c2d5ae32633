import type { Reason } from '../domain/alerting/decision.js';
import type { NewAlert } from '../domain/stores.js';
import type { MessageRules } from './in-memory/outbox.js';

const hourMs = 3_600_000;

/** The part of an alert of one rule for one channel that is counted. */
export interface CountedAlert {
  readonly rule: string;
  readonly channel: string;
  readonly reason: Reason;
  /** In ms since the epoch. */
  readonly at: number;
  readonly title: string;
  /** As JSON. */
  readonly logIds: string;
  /** Whom or what it is about: the user, or else the address, the application or the event type. */
  readonly key: string;
}

export function countedAlert({ rule, channel, reason, at, title, logIds, keys }: NewAlert): CountedAlert {
  const key = keys.user ?? keys.address ?? keys.application ?? keys.type;
  return { rule, channel, reason, at, title, logIds: JSON.stringify(logIds), key };
}

/** The counts of a rule or a channel. */
export class Tally {
  /** Events that the rule's `match` held for, each once. */
  matched = 0;
  /** The alerts worth reporting: throttled ones too, which a later message counts, but none that stay suppressed. */
  alerts = 0;
  /** What would have been posted, once alerts were grouped and throttled. */
  messages = 0;
  private readonly keys = new TopKeys();
  private readonly hours = new Map<number, number>();

  addAlert({ at, key }: CountedAlert): void {
    this.alerts += 1;
    this.keys.add(key);
    const hour = Math.floor(at / hourMs) * hourMs;
    this.hours.set(hour, (this.hours.get(hour) ?? 0) + 1);
  }

  get topKeys(): readonly (readonly [key: string, count: number])[] {
    return this.keys.top(3);
  }

  /** The hour with the most alerts, as ms since the epoch; the first one of several. */
  get busiestHour(): { readonly hour: number; readonly alerts: number } | undefined {
    const [busiest] = [...this.hours].toSorted((a, b) => b[1] - a[1] || a[0] - b[0]);
    return busiest && { hour: busiest[0], alerts: busiest[1] };
  }
}

/** The counts of every rule and channel. Its memory does not grow with the number of events. */
export class Tallies {
  readonly rules: ReadonlyMap<string, Tally>;
  readonly channels: ReadonlyMap<string, Tally>;
  private last: { readonly rule: string; readonly logIds: string } | undefined;

  constructor(rules: readonly string[], channels: readonly string[]) {
    this.rules = new Map(rules.map((id) => [id, new Tally()]));
    this.channels = new Map(channels.map((name) => [name, new Tally()]));
  }

  addMatch(rule: string): void {
    const tally = this.rules.get(rule);
    if (tally !== undefined) tally.matched += 1;
  }

  /** Alerts in the order they were raised: those of one event to several channels follow each other, and count once for the rule. */
  addAlert(alert: CountedAlert): void {
    if (!isReported(alert.reason)) return;
    this.channels.get(alert.channel)?.addAlert(alert);
    if (this.last?.rule === alert.rule && this.last.logIds === alert.logIds) return;
    this.last = alert;
    this.rules.get(alert.rule)?.addAlert(alert);
  }

  addMessage({ channel, rules }: MessageRules): void {
    for (const tally of [this.channels.get(channel), ...rules.map((rule) => this.rules.get(rule))]) {
      if (tally !== undefined) tally.messages += 1;
    }
  }
}

function isReported(reason: Reason): boolean {
  return reason === 'sent' || reason === 'grouped' || reason === 'throttled';
}

/** How many keys stay when there are too many, and how many are too many. */
const [kept, tooMany] = [1_000, 4_000];

/** Counts keys in bounded memory: of too many, the rarest are forgotten. A count is at most a little too low. */
export class TopKeys {
  private counts = new Map<string, number>();

  add(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.counts.size > tooMany) this.counts = new Map(this.top(kept));
  }

  top(number: number): readonly (readonly [key: string, count: number])[] {
    return [...this.counts].toSorted((a, b) => b[1] - a[1]).slice(0, number);
  }
}
