import { ApiProperty } from '../web/api-description.js';
import type { ProtectedArea } from '../web/problem-details.js';
import { RulesProblem } from './rules-errors.js';

const time = { type: String, format: 'date-time', nullable: true } as const;

export class DatabaseStatus {
  @ApiProperty()
  ok!: boolean;

  /** Since when this replica has seen it fail. */
  @ApiProperty(time)
  since!: string | null;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
}

export class RulesStatus {
  /** Whether the last load of the rules file was good. */
  @ApiProperty()
  ok!: boolean;

  @ApiProperty(time)
  since!: string | null;

  /** Of the rules in force. */
  @ApiProperty()
  hash!: string;

  @ApiProperty({ format: 'date-time' })
  loadedAt!: string;

  /** How many are in force. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  rules!: number;

  /** What was wrong with the rules file when it was last loaded. */
  @ApiProperty({ type: [RulesProblem] })
  errors!: readonly RulesProblem[];
}

export class ChannelStatus {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: ['held', 'paused', 'retrying'] })
  state!: 'held' | 'paused' | 'retrying';

  @ApiProperty()
  why!: string;

  /** When the message that waits longest for Slack was first tried; null where none was tried. */
  @ApiProperty(time)
  since!: string | null;

  /** Nothing is posted before then. */
  @ApiProperty(time)
  until!: string | null;

  /** Messages. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  waiting!: number;
}

export class DeadMessagesStatus {
  @ApiProperty()
  channel!: string;

  /** Given up; `POST /admin/deliveries/{id}/replay` sends one again. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  messages!: number;

  /** When the first of them was given up. */
  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ format: 'date-time' })
  last!: string;
}

export class RefusedStatus {
  /** What the requests were for. */
  @ApiProperty({ enum: ['logs', 'admin', 'metrics', 'docs', 'slack'] })
  at!: ProtectedArea;

  /** Requests since then, on this replica. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  refused!: number;

  /** Since when there was no quarter of an hour without one. */
  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({ format: 'date-time' })
  last!: string;
}

export class QueueStatus {
  /** Batches that wait to be stored on this replica. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  waiting!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  bytes!: number;
}

export class LeaseStatus {
  @ApiProperty()
  channel!: string;

  /** The replica that delivers to the channel. */
  @ApiProperty()
  holder!: string;

  /** Unless it is renewed. */
  @ApiProperty({ type: 'integer' })
  expiresInMs!: number;
}

export class TenantLogsStatus {
  /** Whether the logs can be read. */
  @ApiProperty()
  ok!: boolean;

  /** The tenant's domain. */
  @ApiProperty()
  tenant!: string;

  @ApiProperty({ enum: ['fill', 'pull', 'off'] })
  mode!: 'fill' | 'pull' | 'off';

  /** When the event happened up to which the logs are known to have arrived or were read; null before the first read. */
  @ApiProperty(time)
  readUpTo!: string | null;

  /** Whether Auth0 has more to give. */
  @ApiProperty()
  behind!: boolean;

  /** When reading came to the newest event last. */
  @ApiProperty(time)
  caughtUpAt!: string | null;

  /** Since when the logs can't be read. */
  @ApiProperty(time)
  since!: string | null;

  /** `unauthorized`, `forbidden`, `not-found`, `refused`, `rate-limited`, `unavailable`, `garbage` or `repeating`. */
  @ApiProperty({ type: String, nullable: true })
  failure!: string | null;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
}

export class LogStreamStatus {
  /** Whether it is active, or, with AUTH0_LOGS=pull, there is none. */
  @ApiProperty()
  ok!: boolean;

  /** Its name in Auth0; null where it was never seen. */
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  /** Auth0's: `active`, `paused` or `suspended`. */
  @ApiProperty({ type: String, nullable: true })
  status!: string | null;

  /** The categories of events that it sends; none: all. */
  @ApiProperty({ type: [String] })
  filters!: readonly string[];

  /** Which personal fields it hides, and how; empty: none. */
  @ApiProperty()
  pii!: string;

  /** When it was seen last. */
  @ApiProperty(time)
  seenAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
}

export class SlackSocketStatus {
  /** Whether nothing keeps it from being connected. */
  @ApiProperty()
  ok!: boolean;

  /** Whether Slack sends clicks to this replica. */
  @ApiProperty()
  connected!: boolean;

  /** Since when it is or is not connected. */
  @ApiProperty({ format: 'date-time' })
  since!: string;

  /** Slack's code, or that of what went wrong on the way to Slack; null also while a connection replaces another. */
  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
}

/** What is wrong now, and since when. */
export class StatusAnswer {
  /**
   * Whether nothing is: the database and the rules file are fine, neither a channel nor dead
   * messages are listed, and the tenant's logs, the log stream and Slack's Socket Mode are fine where they are used.
   * Refused authentications don't count, since anybody can send a wrong token.
   */
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: DatabaseStatus })
  database!: DatabaseStatus;

  @ApiProperty({ type: RulesStatus })
  rules!: RulesStatus;

  /** Those that are paused, held, or have a message that is tried again; null while the database can't be read. */
  @ApiProperty({ type: [ChannelStatus], nullable: true })
  channels!: readonly ChannelStatus[] | null;

  /** Messages that are dead, by channel; null while the database can't be read. */
  @ApiProperty({ type: [DeadMessagesStatus], nullable: true })
  dead!: readonly DeadMessagesStatus[] | null;

  /** Where authentications were refused in the last quarter of an hour; a log stream with a wrong token is `logs`. */
  @ApiProperty({ type: [RefusedStatus] })
  refused!: readonly RefusedStatus[];

  @ApiProperty({ type: QueueStatus })
  queue!: QueueStatus;

  /** Which replica delivers to which channel where replicas share a database; null while the database can't be read. */
  @ApiProperty({ type: [LeaseStatus], nullable: true })
  leases!: readonly LeaseStatus[] | null;

  /** Of reading the tenant's logs; null where that is not set up, or the database can't be read. */
  @ApiProperty({ type: TenantLogsStatus, nullable: true })
  tenantLogs!: TenantLogsStatus | null;

  /** Of the log stream that posts to this router; null where it is not watched, or the database can't be read. */
  @ApiProperty({ type: LogStreamStatus, nullable: true })
  logStream!: LogStreamStatus | null;

  /** Of this replica's connection to Slack's Socket Mode; null without SLACK_APP_TOKEN. */
  @ApiProperty({ type: SlackSocketStatus, nullable: true })
  slackSocket!: SlackSocketStatus | null;
}

export const statusExample: StatusAnswer = {
  ok: false,
  database: { ok: true, since: null, error: null },
  rules: {
    ok: true,
    since: null,
    hash: '5f2c1f0e9a7d',
    loadedAt: '2026-11-28T08:55:00.000Z',
    rules: 24,
    errors: [],
  },
  channels: [
    {
      name: 'iam',
      state: 'paused',
      why: 'not_in_channel',
      since: '2026-11-28T08:58:00.000Z',
      until: null,
      waiting: 12,
    },
  ],
  dead: [
    {
      channel: 'security',
      messages: 1,
      since: '2026-11-28T07:30:00.000Z',
      last: '2026-11-28T07:30:00.000Z',
    },
  ],
  refused: [{ at: 'logs', refused: 3, since: '2026-11-28T08:50:00.000Z', last: '2026-11-28T08:59:00.000Z' }],
  queue: { waiting: 0, bytes: 0 },
  leases: [{ channel: 'security', holder: 'router-1', expiresInMs: 11_200 }],
  tenantLogs: {
    ok: true,
    tenant: 'acme.eu.auth0.com',
    mode: 'fill',
    readUpTo: '2026-11-28T08:59:58.000Z',
    behind: false,
    caughtUpAt: '2026-11-28T08:58:12.000Z',
    since: null,
    failure: null,
    error: null,
  },
  logStream: {
    ok: true,
    name: 'alert router',
    status: 'active',
    filters: ['auth.login.fail'],
    pii: '',
    seenAt: '2026-11-28T08:15:00.000Z',
    error: null,
  },
  slackSocket: { ok: true, connected: true, since: '2026-11-28T08:55:01.000Z', error: null },
};
