import type { Kysely } from 'kysely';
import type { DeliveryState, StateHistoryEntry } from '../../domain/alerting/delivery-state.js';
import { DeliveryStates, type HandledDelivery } from '../../domain/stores.js';
import type { Silenced, SilenceScope } from '../../domain/alerting/message.js';
import { isPostgres } from '../database/dialect.js';
import { countHandled } from '../resolutions/handled-alerts.js';
import { readState, stateColumns } from './state-columns.js';
import { shownMessage } from './shown-message.js';
import { addToHistory } from './state-history.js';
import type { Database } from '../database/schema.js';

export class DeliveryStatesStore extends DeliveryStates {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async find(id: string): Promise<HandledDelivery | undefined> {
    const row = await this.db
      .selectFrom('deliveries')
      .select(['id', 'channel', 'status', 'notice', 'thread_of', ...stateColumns])
      .where('id', '=', id)
      .$if(isPostgres(this.db), (query) => query.forUpdate())
      .executeTakeFirst();
    return (
      row && {
        id: row.id,
        channel: row.channel,
        hasAlerts: row.notice === null,
        isDead: row.status === 'dead',
        ...(row.thread_of !== null && { threadOf: row.thread_of }),
        state: readState(row),
      }
    );
  }

  override async save(id: string, { state, by, at, resolution, note }: DeliveryState): Promise<void> {
    await this.db
      .updateTable('deliveries')
      .set({
        state,
        state_by: by ?? null,
        state_at: at ?? null,
        resolution: resolution ?? null,
        state_note: note ?? null,
        group_key: null,
        remind_at: state === 'open' ? (at ?? null) : null,
        reminders: 0,
      })
      .where('id', '=', id)
      .execute();
  }

  override async record(id: string, change: StateHistoryEntry): Promise<void> {
    await addToHistory(this.db, id, change);
    await countHandled(this.db, id, change);
  }

  override async saveSilenced(id: string, silenced: Silenced): Promise<void> {
    await this.db
      .updateTable('deliveries')
      .set({ silenced: JSON.stringify(silenced) })
      .where('id', '=', id)
      .execute();
  }

  override async silenceScope(id: string): Promise<SilenceScope | undefined> {
    const message = await shownMessage(this.db, id);
    return message?.kind === 'alert' || message?.kind === 'digest' ? message.handling?.silence : undefined;
  }
}
