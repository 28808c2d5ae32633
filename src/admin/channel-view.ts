import type { ChannelTarget } from '../domain/channel.js';
import { ApiProperty } from '../web/api-description.js';

const kinds = ['webhook', 'bot', 'console'] as const satisfies readonly ChannelTarget['kind'][];
const states = ['ok', 'held', 'paused'] as const;

/** The state of a channel. */
export class ChannelView {
  @ApiProperty()
  name!: string;

  /** How it posts; null where the rules in force no longer have it. */
  @ApiProperty({ enum: kinds, nullable: true })
  kind!: ChannelTarget['kind'] | null;

  /** `held`: nothing is posted until a time that Slack named. `paused`: it refuses everything, and is tried now and then. */
  @ApiProperty({ enum: states })
  state!: (typeof states)[number];

  /** Null where the state is ok. */
  @ApiProperty({ type: String, nullable: true })
  why!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  until!: string | null;

  /** How many messages wait. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  waiting!: number;
}

/** A message that was put into the queue. */
export class QueuedAnswer {
  /** `GET /admin/deliveries/{id}` has it. */
  @ApiProperty()
  deliveryId!: string;
}

export const channelExample: ChannelView = {
  name: 'security',
  kind: 'webhook',
  state: 'ok',
  why: null,
  until: null,
  waiting: 0,
};

export const pausedExample: ChannelView = {
  ...channelExample,
  name: 'iam',
  kind: 'bot',
  state: 'paused',
  why: 'not_in_channel',
  waiting: 12,
};
