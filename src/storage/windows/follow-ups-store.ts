import { sql, type Kysely } from 'kysely';
import { FollowUps, type CooldownEvents, type FollowedCooldown } from '../../domain/windows/follow-up.js';
import { chunks, jsonRows } from '../database/rows.js';
import type { Database } from '../database/schema.js';

const eventColumns = {
  key_id: 'text',
  alert_at: 'bigint',
  events: 'bigint',
  first_at: 'bigint',
  last_at: 'bigint',
} as const;

export class FollowUpsStore extends FollowUps {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async begin(cooldowns: readonly FollowedCooldown[]): Promise<void> {
    const rows = cooldowns.map((cooldown) => ({
      key_id: cooldown.keyId,
      alert_at: cooldown.alertAt,
      key_text: cooldown.key,
      alert_ids: JSON.stringify(cooldown.alertIds),
      alerted: cooldown.count,
      events: cooldown.count,
      first_at: cooldown.firstAt,
      last_at: cooldown.lastAt,
      due_at: cooldown.endsAt,
    }));
    for (const chunk of chunks(rows))
      await this.db
        .insertInto('window_follow_ups')
        .values(chunk)
        .onConflict((conflict) => conflict.columns(['key_id', 'alert_at']).doNothing())
        .execute();
  }

  override async add(events: readonly CooldownEvents[]): Promise<void> {
    const rows = events.map(({ keyId, alertAt, count, firstAt, lastAt }) => ({
      key_id: keyId,
      alert_at: alertAt,
      events: count,
      first_at: firstAt,
      last_at: lastAt,
    }));
    await sql`
      update window_follow_ups set
        events = window_follow_ups.events + added.events,
        first_at = case when added.first_at < window_follow_ups.first_at
          then added.first_at else window_follow_ups.first_at end,
        last_at = case when added.last_at > window_follow_ups.last_at
          then added.last_at else window_follow_ups.last_at end
      from ${jsonRows(this.db, eventColumns, rows)} as added
      where window_follow_ups.key_id = added.key_id and window_follow_ups.alert_at = added.alert_at
    `.execute(this.db);
  }
}
