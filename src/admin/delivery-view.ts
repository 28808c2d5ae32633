import {
  deliveryStatuses,
  type DeliveryStatus,
  type ListedDelivery,
} from '../storage/outbox/outbox-reader.js';
import { ApiProperty } from '../web/api-description.js';
import { isoTime } from './page.js';
import { openExample, StateView, stateView } from './state-view.js';

/** A message that shows alerts, or a notice of the router’s own. */
export class DeliveryView extends StateView {
  @ApiProperty()
  id!: string;

  /** Its name in the rules file. */
  @ApiProperty()
  channel!: string;

  /** `held`: its channel is held or paused. `dead`: given up; `POST /admin/deliveries/{id}/replay` sends it again. */
  @ApiProperty({ enum: deliveryStatuses })
  status!: DeliveryStatus;

  /** How often it was posted, since it was last replayed. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  attempts!: number;

  @ApiProperty({ type: String, nullable: true })
  lastError!: string | null;

  /** How many alerts it shows; none for a notice. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  alerts!: number;

  /** Whether a process ended while it was being posted, so that it may stand twice in the channel. */
  @ApiProperty()
  possiblyRepeated!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** When it was delivered or given up; null while it waits. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

export function deliveryView(delivery: ListedDelivery): DeliveryView {
  return {
    id: delivery.id,
    channel: delivery.channel,
    status: delivery.status,
    attempts: delivery.attempts,
    lastError: delivery.lastError,
    alerts: delivery.alerts,
    possiblyRepeated: delivery.possiblyRepeated,
    createdAt: isoTime(delivery.createdAt),
    finishedAt: delivery.finishedAt === null ? null : isoTime(delivery.finishedAt),
    ...stateView(delivery.state),
  };
}

export const deliveredExample: DeliveryView = {
  id: '0199a0c4-6b1f-7a52-8d07-51b7c2a4e9d3',
  channel: 'security',
  status: 'delivered',
  attempts: 1,
  lastError: null,
  alerts: 1,
  possiblyRepeated: false,
  createdAt: '2026-11-28T09:00:00.412Z',
  finishedAt: '2026-11-28T09:00:00.890Z',
  ...openExample,
};

export const deadExample: DeliveryView = {
  ...deliveredExample,
  id: '0199a0b2-90d4-7e11-b6c2-0f3d77a1c845',
  status: 'dead',
  attempts: 2,
  lastError: 'invalid_blocks',
};

export const waitingExample: DeliveryView = {
  ...deadExample,
  status: 'pending',
  attempts: 0,
  finishedAt: null,
};
