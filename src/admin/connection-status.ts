import { ApiProperty } from '../web/api-description.js';

const time = { type: String, format: 'date-time', nullable: true } as const;

/** Of reading the tenant's logs through the Management API. */
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

/** Of the log stream that posts to this router. */
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

/** Of this replica's connection to Slack's Socket Mode. */
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
