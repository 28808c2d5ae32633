import { ApiProperty } from '../web/api-description.js';
import type { ProtectedArea } from '../web/problem-details.js';
import { LogStreamStatus, SlackSocketStatus, TenantLogsStatus } from './connection-status.js';
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
