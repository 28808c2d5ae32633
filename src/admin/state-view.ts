import {
  deliveryStates,
  resolutions,
  type DeliveryState,
  type DeliveryStateName,
  type Resolution,
} from '../domain/alerting/delivery-state.js';
import { ApiProperty } from '../web/api-description.js';
import { isoTime } from './page.js';

/** Where a message of alerts stands. All of it is null where there is no message, and for a notice. */
export class StateView {
  /** Whether somebody looks at it, and whether it is done. */
  @ApiProperty({ enum: deliveryStates, nullable: true })
  state!: DeliveryStateName | null;

  /** Who brought it there; null where nobody has touched it. */
  @ApiProperty({ type: String, nullable: true })
  stateBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  stateAt!: string | null;

  /** What it turned out to be, once it is resolved. */
  @ApiProperty({ enum: resolutions, nullable: true })
  resolution!: Resolution | null;

  /** What was said of it when it was resolved. */
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export function stateView(state: DeliveryState | null): StateView {
  return {
    state: state?.state ?? null,
    stateBy: state?.by ?? null,
    stateAt: state?.at === undefined ? null : isoTime(state.at),
    resolution: state?.resolution ?? null,
    note: state?.note ?? null,
  };
}

export const openExample: StateView = stateView({ state: 'open' });

export const acknowledgedExample: StateView = stateView({
  state: 'acknowledged',
  by: 'alice',
  at: Date.parse('2026-11-28T09:04:00.000Z'),
});

export const resolvedExample: StateView = stateView({
  state: 'resolved',
  by: 'alice',
  at: Date.parse('2026-11-28T09:20:00.000Z'),
  resolution: 'false-positive',
  note: 'a load test',
});
