import {
  changedBy,
  deliveryStates,
  resolutions,
  type ChangedBy,
  type DeliveryState,
  type DeliveryStateName,
  type Resolution,
  type StateHistoryEntry,
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

/** A change of a message's state. */
export class StateHistoryView {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** The name of the admin token, or what the request said; in Slack, who pressed the button. */
  @ApiProperty()
  by!: string;

  @ApiProperty({ enum: deliveryStates })
  from!: DeliveryStateName;

  @ApiProperty({ enum: deliveryStates })
  to!: DeliveryStateName;

  /** What it turned out to be, where it was resolved. */
  @ApiProperty({ enum: resolutions, nullable: true })
  resolution!: Resolution | null;

  /** What was said of it when it was resolved. */
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  /** Over the API, which the command line uses too, or by a button in Slack. */
  @ApiProperty({ enum: changedBy })
  via!: ChangedBy;
}

export function stateHistoryView(entry: StateHistoryEntry): StateHistoryView {
  const { at, by, from, to, resolution, note, via } = entry;
  return { at: isoTime(at), by, from, to, resolution: resolution ?? null, note: note ?? null, via };
}

export const stateHistoryExample: StateHistoryView[] = [
  {
    at: Date.parse('2026-11-28T09:04:00.000Z'),
    by: 'Ann (U0123456789)',
    from: 'open',
    to: 'acknowledged',
    via: 'slack',
  } as const,
  {
    at: Date.parse('2026-11-28T09:20:00.000Z'),
    by: 'alice',
    from: 'acknowledged',
    to: 'resolved',
    resolution: 'false-positive',
    note: 'a load test',
    via: 'api',
  } as const,
].map(stateHistoryView);

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
