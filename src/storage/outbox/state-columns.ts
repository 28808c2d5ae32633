import type { Selectable } from 'kysely';
import type { DeliveryState } from '../../domain/alerting/delivery-state.js';
import type { DeliveriesTable } from '../database/schema.js';

/** The columns that hold where a message stands. */
export const stateColumns = [
  'deliveries.state',
  'deliveries.state_by',
  'deliveries.state_at',
  'deliveries.resolution',
  'deliveries.state_note',
] as const;

type StateRow = Pick<
  Selectable<DeliveriesTable>,
  'state' | 'state_by' | 'state_at' | 'resolution' | 'state_note'
>;

export function readState({ state, state_by, state_at, resolution, state_note }: StateRow): DeliveryState {
  return {
    state: state ?? 'open',
    ...(state_by !== null && { by: state_by }),
    ...(state_at !== null && { at: Number(state_at) }),
    ...(resolution !== null && { resolution }),
    ...(state_note !== null && { note: state_note }),
  };
}
