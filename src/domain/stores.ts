import type { AlertContent, RuleTexts, Severity } from './alert.js';
import type { FollowUps } from './windows/follow-up.js';
import type { WindowStates } from './windows/window-states.js';
import type { DeliveryState, StateHistoryEntry } from './alerting/delivery-state.js';
import type { Reason } from './alerting/decision.js';
import type { Notice, Silenced, SilenceScope } from './alerting/message.js';
import type { EndedSilence, Silence } from './alerting/silence.js';
import type { ThrottleState } from './alerting/throttle.js';

/** The channel of an alert that stands in the history alone, because its rule names none. */
export const noChannel = '';

/** An alert of one rule for one channel, as the history keeps it. Times are ms since the epoch. */
export interface NewAlert {
  readonly id: string;
  readonly rule: string;
  readonly channel: string;
  readonly severity: Severity;
  /** The event's own time. */
  readonly at: number;
  readonly title: string;
  /** The event that raised it, and the other events that the message is about. */
  readonly logIds: readonly [string, ...string[]];
  readonly reason: Reason;
  readonly content: AlertContent;
  readonly keys: EventKeys;
  /** Fingerprints of whom the event is about, as `Redactor.people` gives them. */
  readonly people: readonly string[];
  /** The message that shows it; absent when the alert was suppressed. */
  readonly deliveryId?: string;
}

/** What digests count alerts by, each at most a line long. */
export interface EventKeys {
  readonly type: string;
  readonly user?: string;
  readonly address?: string;
  readonly application?: string;
}

export interface AlertGroup {
  readonly key: string;
  /** The values of the rule's key as people read them; empty where there are none. */
  readonly text: string;
  /** In ms since the epoch. */
  readonly until: number;
}

/** A message to be posted. Its alerts name it; a notice carries its own words. */
export interface NewDelivery {
  readonly id: string;
  readonly channel: string;
  readonly notice?: Notice;
  /** Alerts of one key that come before `until` share the message, which then goes out. */
  readonly group?: AlertGroup;
  /** The delivery whose thread it goes to. */
  readonly threadOf?: string;
  /** The delivery whose message is to be shown anew in its place; the words are for versions that can't. */
  readonly edits?: string;
  /** When it is looked at whether people have to be asked again, in ms since the epoch. */
  readonly remindAt?: number;
  /** That of a notice is its own; medium where nothing is said. */
  readonly severity?: Severity;
  /** It is never merged into a digest. */
  readonly alone?: boolean;
}

/** Which events have already been seen, so that an event delivered twice alerts once. */
export abstract class SeenEvents {
  /** Records the ids and returns those that had not been recorded before. */
  abstract record(logIds: readonly string[], now: number): Promise<ReadonlySet<string>>;
}

/** Where alerts wait until their channel has accepted them. */
export abstract class Outbox {
  /**
   * Adds deliveries and their alerts. A delivery whose group is open already is not added: its alerts join the open one
   * and count as grouped, and replies go to its thread. Returns the deliveries joined, by the id they were to have.
   */
  abstract add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
    now: number,
  ): Promise<ReadonlyMap<string, string>>;
  /** Writes what the alerts of rules say alike before there are any, so that batches need not. */
  abstract addTexts(texts: readonly RuleTexts[], now: number): Promise<void>;
}

/** A stored throttle period, for one rule and key. */
export interface StoredThrottle {
  readonly rule: string;
  readonly key: string;
  /** A period of another hash is one of a rule that has changed since. */
  readonly ruleHash: string;
  readonly state: ThrottleState;
  /** When the summary is due if no alert has carried it, in ms since the epoch. */
  readonly summaryAt: number;
  /** The ids of the alerts that were suppressed last. */
  readonly lastSuppressed: readonly string[];
  readonly openedBy: OpenedBy;
}

/** By channel, for those that have threads: the alert that opened a throttle period, to whose thread repeats go. */
export type OpenedBy = Readonly<Record<string, Opening>>;

export interface Opening {
  readonly alert: string;
  /** The delivery that shows the alert now: it may have joined a group, or been merged into another, since it was raised. */
  readonly delivery: string;
}

/** The throttle periods that run. */
export abstract class Throttles {
  /** Those of the rules and keys, locked until the transaction ends, by {@link throttleId}. */
  abstract load(
    keys: readonly { readonly rule: string; readonly key: string }[],
  ): Promise<ReadonlyMap<string, StoredThrottle>>;
  abstract save(throttles: readonly StoredThrottle[]): Promise<void>;
}

export function throttleId({ rule, key }: { readonly rule: string; readonly key: string }): string {
  return JSON.stringify([rule, key]);
}

/** The silences, until they have ended. */
export abstract class Silences {
  /** Those that have begun by `now` and neither have ended nor should have, the oldest first. */
  abstract inForce(now: number): Promise<readonly Silence[]>;
  /** How many there are that have not ended, begun or not. */
  abstract countOpen(now: number): Promise<number>;
  /** Puts the end off to another time; undefined when there is none of that id, or it has ended. */
  abstract extend(id: string, endsAt: number): Promise<Silence | undefined>;
  abstract add(silence: Silence): Promise<void>;
  /** Counts alerts that were suppressed, by the silence's id. */
  abstract count(silenced: ReadonlyMap<string, number>): Promise<void>;
  /** Ends one before its time; undefined when there is none of that id, or it has ended. */
  abstract end(id: string, now: number): Promise<EndedSilence | undefined>;
  /** Ends those whose time is over. Each is returned once, to one replica. */
  abstract endDue(now: number): Promise<readonly EndedSilence[]>;
}

/** Which presses of buttons in Slack were acted on already, so that a request that is sent again does nothing. */
export abstract class SlackClicks {
  /** Records the signature of a press; false when it had been recorded before. */
  abstract record(signature: string, now: number): Promise<boolean>;
}

/** A message as those who acknowledge and resolve it see it. */
export interface HandledDelivery {
  readonly id: string;
  readonly channel: string;
  /** False for a notice or a follow-up, which has no state. */
  readonly hasAlerts: boolean;
  /** Nobody was shown it, and nobody will be unless it is replayed. */
  readonly isDead: boolean;
  /** The delivery whose thread it is in. */
  readonly threadOf?: string;
  readonly state: DeliveryState;
}

/** Where messages of alerts stand. */
export abstract class DeliveryStates {
  /** One message, locked until the transaction ends. */
  abstract find(id: string): Promise<HandledDelivery | undefined>;
  /** Writes a state. From then on no alert joins the message, and nobody is asked again unless it was reopened. */
  abstract save(id: string, state: DeliveryState): Promise<void>;
  /** Adds a change to the history of a message, and counts it for the rules whose alerts the message shows. */
  abstract record(id: string, change: StateHistoryEntry): Promise<void>;
  /** Writes what was silenced from below a message. */
  abstract saveSilenced(id: string, silenced: Silenced): Promise<void>;
  /** Of the events of a message what a silence can be about; undefined where the message is of several rules. */
  abstract silenceScope(id: string): Promise<SilenceScope | undefined>;
}

/** How often each rule matched. */
export abstract class RuleHits {
  abstract add(hits: ReadonlyMap<string, number>, now: number): Promise<void>;
}

/** Up to where a tenant's logs were read through the Management API. */
export interface LogPosition {
  /** The event that was read last; undefined: none yet, and reading begins at `at`. */
  readonly logId: string | undefined;
  /** When that event happened, in ms since the epoch. */
  readonly at: number;
}

/** The positions up to which tenants' logs were read, by the tenant's domain. */
export abstract class LogPositions {
  /**
   * Moves a position, unless another replica has moved it since.
   *
   * @param behind whether Auth0 has more events after it
   * @returns whether it was moved
   */
  abstract move(tenant: string, from: LogPosition, to: LogPosition, behind: boolean): Promise<boolean>;
}

/**
 * The stores of one transaction. Several replicas write at the same time, so that each transaction uses the stores that
 * lock rows in the order in which `Pipeline.raise` does, and each once.
 */
export interface Stores {
  readonly seenEvents: SeenEvents;
  readonly outbox: Outbox;
  readonly ruleHits: RuleHits;
  readonly throttles: Throttles;
  readonly silences: Silences;
  readonly slackClicks: SlackClicks;
  readonly deliveryStates: DeliveryStates;
  readonly windows: WindowStates;
  readonly followUps: FollowUps;
  readonly logPositions: LogPositions;
}

/** What deciding about matches needs of them. */
export interface PipelineStores extends Omit<
  Stores,
  'silences' | 'slackClicks' | 'logPositions' | 'deliveryStates'
> {
  readonly silences: Pick<Silences, 'inForce' | 'count'>;
}

/** The database can't be reached or gave no answer in time, which is no fault of the work itself. */
export class DatabaseUnavailable extends Error {
  /** @param cause what the connection failed with; its text is the error's own. */
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/**
 * Runs work whose writes are all on disk when the promise resolves, and none of them when it rejects. It rejects with
 * {@link DatabaseUnavailable} when the connection failed; whether the writes are on disk is then unknown.
 */
export abstract class Transactions {
  /** How many may usefully run at the same time. */
  abstract readonly atOnce: number;
  abstract run<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}

/** Makes ids that sort in the order they were made. */
export abstract class Ids {
  abstract next(): string;
}
