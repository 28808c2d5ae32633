import type { ChangedBy, DeliveryStateName, Resolution } from '../../domain/alerting/delivery-state.js';
import type { AuditEntry } from '../audit/audit-store.js';
import type { Generated } from 'kysely';
import type { WindowTables } from '../windows/window-tables.js';

/** Times are ms since the epoch; JSON is text; booleans are 0 and 1, on both databases. */
export interface Database extends WindowTables {
  seen_events: SeenEventsTable;
  alerts: AlertsTable;
  deliveries: DeliveriesTable;
  channel_states: ChannelStatesTable;
  rule_hits: RuleHitsTable;
  rule_texts: RuleTextsTable;
  channel_leases: ChannelLeasesTable;
  throttles: ThrottlesTable;
  budgets: BudgetsTable;
  silences: SilencesTable;
  heartbeat: HeartbeatTable;
  schema_info: SchemaInfoTable;
  write_probe: WriteProbeTable;
  slack_clicks: SlackClicksTable;
  audit: AuditEntry;
  tenant_logs: TenantLogsTable;
  state_changes: StateChangesTable;
  sent_alerts: SentAlertsTable;
  handled_alerts: HandledAlertsTable;
}

export interface SeenEventsTable {
  log_id: string;
  seen_at: number;
}

export interface AlertsTable {
  id: string;
  rule: string;
  channel: string;
  severity: string;
  at: number;
  created_at: number;
  title: string;
  log_ids: string;
  /** The first of them: the event that raised the alert. */
  log_id: string;
  reason: string;
  /** JSON, without what all alerts of the rule say alike. */
  content: string;
  /** The row of `rule_texts`; null for alerts of earlier versions, whose content is whole. */
  rule_texts: string | null;
  delivery_id: string | null;
  /** What digests count by; values longer than a line are cut. */
  event_type: string;
  user_name: string | null;
  address: string | null;
  application: string | null;
  /** Fingerprints of whom the event is about, separated by spaces; null for alerts of earlier versions. */
  people: string | null;
  /** W3C's `traceparent` of the batch that raised the alert; null without tracing, or where no batch did. */
  trace_parent: string | null;
}

/** What an operator reads as `held` is a pending or retrying delivery whose channel is held or paused. */
export type StoredDeliveryStatus = 'pending' | 'retrying' | 'delivered' | 'dead';

export interface DeliveriesTable {
  id: string;
  channel: string;
  status: StoredDeliveryStatus;
  /** The words of a notice, for a delivery without alerts. */
  notice: string | null;
  attempts: Generated<number>;
  next_at: number;
  /** When the first attempt that counts was made: retries end a day after it, however long the channel was held. */
  first_tried_at: number | null;
  last_error: string | null;
  /** Alerts of this key may still join the message. */
  group_key: string | null;
  /** The values of that key as people read them; none once alerts of others were merged into the message. */
  group_text: string | null;
  /** The delivery whose thread it goes to. */
  thread_of: string | null;
  /** The words of a follow-up as JSON, for a delivery without alerts. */
  follow_up: string | null;
  /** The delivery that a follow-up is about. */
  follows: string | null;
  /** How severe it is, as a place in `severities`; of a digest, the message that the others were merged into. */
  rank: Generated<number>;
  /** 1: it is never merged into a digest. */
  alone: Generated<number>;
  /** Slack's name for the message, once it was accepted through the Web API. */
  ts: string | null;
  /** 1: Slack refused the message as it was, and it goes out as minimal plain text. */
  plain: Generated<number>;
  /** 1: an attempt ended without an answer after it had been sent. */
  possibly_repeated: Generated<number>;
  created_at: number;
  finished_at: number | null;
  /** Null where nobody has touched the message, which then is open. */
  state: DeliveryStateName | null;
  state_by: string | null;
  state_at: number | null;
  resolution: Resolution | null;
  state_note: string | null;
  /** What was silenced last from below it, as JSON. */
  silenced: string | null;
  /** When it is looked at whether people have to be asked again; null where they are not. */
  remind_at: number | null;
  /** How often they were. */
  reminders: Generated<number>;
}

export interface ChannelStatesTable {
  channel: string;
  /** Nothing is posted before this time. */
  held_until: Generated<number>;
  /** When that was decided. */
  held_since: Generated<number>;
  /** Why the channel is paused; it is then tried again at `held_until`. */
  paused: string | null;
  unknown_refusals: Generated<number>;
}

/** One throttle period of a rule and key. */
export interface ThrottlesTable {
  rule: string;
  key: string;
  /** The rule's hash: a changed rule starts afresh. */
  rule_hash: string;
  /** When the period ends. */
  until: number;
  /** When the summary is due if no alert has carried it. */
  summary_at: number;
  /** How many alerts were suppressed since the last that was sent, and since when. */
  suppressed: number;
  suppressed_since: number | null;
  /** The alert that was suppressed last. */
  last_alert: string | null;
  /** The deliveries that opened the period, by channel, as JSON. */
  opened_by: string;
}

/** How much of a rate limit is used up; the theoretical arrival time of the generic cell rate algorithm. */
export interface BudgetsTable {
  name: string;
  used_until: number;
}

export interface SilencesTable {
  id: string;
  rule: string | null;
  /** Tests by path, as JSON. */
  fields: string | null;
  /** A JSON list. */
  severity: string | null;
  /** A JSON list. */
  tags: string | null;
  owner: string | null;
  reason: string;
  author: string;
  created_at: number;
  /** Null: when it was created. */
  starts_at: number | null;
  ends_at: number;
  /** When ops were notified of its end; null as long as it runs. */
  ended_at: number | null;
  silenced: Generated<number>;
}

/** One row at most. */
export interface HeartbeatTable {
  id: number;
  last_event_at: number;
  /** The last event before a gap that ops were notified of. */
  silent_since: number | null;
}

/** One row. */
export interface SchemaInfoTable {
  id: number;
  /** The number of a migration: versions that know it may run on the schema, older ones may not. */
  oldest: number;
  /** A version of the router that knows it. */
  needs: string;
}

/** One row at most; its content has no meaning. */
export interface WriteProbeTable {
  id: number;
  written: string;
}

/** Presses of buttons that were acted on. */
export interface SlackClicksTable {
  /** Slack's, of the request that reported the press; it covers who pressed what and when. */
  signature: string;
  taken_at: number;
}

/** Which replica delivers to the channel; its time is the database's. */
export interface ChannelLeasesTable {
  channel: string;
  holder: string;
  expires_at: number;
}

/** What all alerts of one version of a rule say alike. */
export interface RuleTextsTable {
  /** A digest of the rest. */
  id: string;
  rule: string;
  /** JSON. */
  texts: string;
  created_at: number;
}

/** How often a rule matched. Its hits are the sum over its rows. */
export interface RuleHitsTable {
  rule: string;
  /** Who counts here: a replica and one of the transactions that it runs at the same time; empty for the sum of those that are gone. */
  writer: Generated<string>;
  hits: number;
  last_hit: number;
}

/** A change of a message's state. The message's own row says where it stands now. */
export interface StateChangesTable {
  delivery_id: string;
  /** Its place among the changes of the message, from 1 on. */
  number: number;
  at: number;
  by: string;
  from: DeliveryStateName;
  to: DeliveryStateName;
  resolution: Resolution | null;
  note: string | null;
  via: ChangedBy;
}

/** How many alerts of a rule a day's messages show, repeats in threads apart. Their number is the sum over the rows. */
export interface SentAlertsTable {
  rule: string;
  /** In whole days since the epoch, in UTC. */
  day: number;
  /** As in `rule_hits`. */
  writer: string;
  alerts: number;
}

/** How a message was handled whose state somebody has changed, for each rule that has alerts in it. */
export interface HandledAlertsTable {
  delivery_id: string;
  rule: string;
  /** When the message was made. */
  raised_at: number;
  /** How many alerts of the rule it shows. */
  alerts: number;
  state: DeliveryStateName;
  resolution: Resolution | null;
  /** How long after that it was first acknowledged or resolved, in ms. */
  acknowledged_after: number;
}

/** What is known of a tenant through Auth0's Management API. */
export interface TenantLogsTable {
  /** Its domain. */
  tenant: string;
  /** The log_id of the event that was read last; null: none yet. */
  position: string | null;
  /** When that event happened, or where reading begins. */
  position_at: number;
  /** 1: Auth0 has more events after the position. */
  behind: Generated<number>;
  /** When reading came to the newest event last. */
  caught_up_at: number | null;
  /** What keeps the logs from being read; null: nothing. */
  failure: string | null;
  failure_error: string | null;
  failure_since: number | null;
  /** 1: ops were notified of it. */
  failure_told: Generated<number>;
  /** The router's own log stream as it was seen last, as JSON. */
  stream: string | null;
  /** When the log streams were asked for last, with success. */
  stream_seen_at: number | null;
  /** What keeps the log streams from being seen, or what is wrong with the router's own, as JSON; null: nothing. */
  stream_problem: string | null;
}
