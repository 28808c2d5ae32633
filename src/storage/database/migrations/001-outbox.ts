import type { Kysely } from 'kysely';

/** The tables of the first version: seen events, alerts, deliveries, channel states, rule hits, throttles and budgets. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seen_events')
    .addColumn('log_id', 'text', (column) => column.primaryKey())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('seen_events_by_time').on('seen_events').column('seen_at').execute();

  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('severity', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('log_ids', 'text', (column) => column.notNull())
    .addColumn('log_id', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('delivery_id', 'text')
    .addColumn('event_type', 'text', (column) => column.notNull())
    .addColumn('user_name', 'text')
    .addColumn('address', 'text')
    .addColumn('application', 'text')
    .execute();
  await db.schema.createIndex('alerts_by_delivery').on('alerts').column('delivery_id').execute();
  await db.schema.createIndex('alerts_by_time').on('alerts').column('created_at').execute();

  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('notice', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addColumn('first_tried_at', 'bigint')
    .addColumn('last_error', 'text')
    .addColumn('group_key', 'text', (column) => column.unique())
    .addColumn('thread_of', 'text')
    .addColumn('ts', 'text')
    .addColumn('plain', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('possibly_repeated', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('deliveries_by_channel')
    .on('deliveries')
    .columns(['channel', 'status', 'next_at', 'id'])
    .execute();
  await db.schema.createIndex('deliveries_by_thread').on('deliveries').column('thread_of').execute();
  await db.schema.createIndex('deliveries_by_end').on('deliveries').column('finished_at').execute();

  await db.schema
    .createTable('channel_states')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('held_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('paused', 'text')
    .addColumn('unknown_refusals', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();

  await db.schema
    .createTable('rule_hits')
    .addColumn('rule', 'text', (column) => column.primaryKey())
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .addColumn('last_hit', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('throttles')
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('rule_hash', 'text', (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .addColumn('summary_at', 'bigint', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull())
    .addColumn('held_since', 'bigint')
    .addColumn('last_alert', 'text')
    .addColumn('opened_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('throttles_key', ['rule', 'key'])
    .execute();
  await db.schema.createIndex('throttles_by_summary').on('throttles').column('summary_at').execute();

  await db.schema
    .createTable('budgets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('used_until', 'bigint', (column) => column.notNull())
    .execute();
}
