import type { AlertContent, Severity } from './alert.js';
import type { Reason } from './decision.js';
import type { Notice } from './message.js';

/** An alert of one rule for one channel, as the history keeps it. Times are ms since the epoch. */
export interface NewAlert {
  readonly id: string;
  readonly rule: string;
  readonly channel: string;
  readonly severity: Severity;
  /** The event's own time. */
  readonly at: number;
  readonly title: string;
  readonly logIds: readonly string[];
  readonly reason: Reason;
  readonly content: AlertContent;
  /** The message that shows it; absent when the alert was suppressed. */
  readonly deliveryId?: string;
}

/** A message to be posted. Its alerts name it; a notice carries its own words. */
export interface NewDelivery {
  readonly id: string;
  readonly channel: string;
  readonly notice?: Notice;
}

/** Which events have already been seen, so that an event delivered twice alerts once. */
export abstract class SeenEvents {
  /** Records the ids and returns those that had not been recorded before. */
  abstract record(logIds: readonly string[], now: number): Promise<ReadonlySet<string>>;
}

/** Where alerts wait until their channel has accepted them. */
export abstract class Outbox {
  abstract add(deliveries: readonly NewDelivery[], alerts: readonly NewAlert[], now: number): Promise<void>;
}

/** How often each rule matched. */
export abstract class RuleHits {
  abstract add(hits: ReadonlyMap<string, number>, now: number): Promise<void>;
}

/** The stores of one transaction. */
export interface Stores {
  readonly seenEvents: SeenEvents;
  readonly outbox: Outbox;
  readonly ruleHits: RuleHits;
}

/** Runs work whose writes are all on disk when the promise resolves, and none of them when it rejects. */
export abstract class Transactions {
  abstract run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** Makes ids that sort in the order they were made. */
export abstract class Ids {
  abstract next(): string;
}
