import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../dialect.js';

/**
 * A key's row says which transaction opened it last, so that a replica knows whether what it has in memory is still true.
 * Events are found by their key and their place in it alone, and the data of an event is kept once, however many windows
 * remember the event.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('window_keys')
    .addColumn('version', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('window_keys').addColumn('previous', 'bigint').execute();
  await db.schema.alterTable('window_keys').dropColumn('uses').execute();

  await sql`
    create table window_samples (
      log_id text primary key, data text not null, keep_until bigint not null
    )${clustered(db)}
  `.execute(db);
  await sql`
    insert into window_samples (log_id, data, keep_until)
    select log_id, min(data), max(coalesce(expires_at, at + 34560000000))
    from window_events join window_keys on window_keys.id = key_id group by log_id
  `.execute(db);
  await db.schema.createIndex('window_samples_by_end').on('window_samples').column('keep_until').execute();

  for (const name of ['window_events_by_key', 'window_events_due'])
    await sql.raw(`drop index if exists ${name}`).execute(db);
  await db.schema.alterTable('window_events').renameTo('window_events_before').execute();
  await sql`
    create table window_events (
      key_id text not null, seq bigint not null, log_id text not null, at bigint not null, steps text not null,
      value text, due_at bigint, primary key (key_id, seq)
    )${clustered(db)}
  `.execute(db);
  // An event that follows and waits stood twice under one number: first as what follows, then as what waits.
  await sql`
    insert into window_events (key_id, seq, log_id, at, steps, value, due_at)
    select key_id,
      row_number() over (partition by key_id order by seq, case when due_at is null then 0 else 1 end),
      log_id, at, steps, value, due_at
    from window_events_before
  `.execute(db);
  await db.schema.dropTable('window_events_before').execute();
  for (const index of [
    'window_events_due on window_events (due_at, key_id) where due_at is not null',
    'window_events_waiting on window_events (log_id) where due_at is not null',
  ])
    await sql.raw(`create index ${index}`).execute(db);
}

/** SQLite keeps the rows in the order of their primary key; PostgreSQL has no such tables. */
function clustered(db: Kysely<unknown>) {
  return isPostgres(db) ? sql`` : sql` without rowid`;
}
