import type { Kysely } from 'kysely';

/** What windows remember: the windows of rules, their keys, and the events of keys that no alert has shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('windows')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('loaded_at', 'bigint', (column) => column.notNull())
    .addColumn('replaced_at', 'bigint')
    .execute();
  await db.schema.createIndex('windows_by_rule').on('windows').column('rule').execute();

  await db.schema
    .createTable('window_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('window_id', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('fired', 'text', (column) => column.notNull())
    .addColumn('uses', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('window_keys_by_use')
    .on('window_keys')
    .columns(['window_id', 'used_at'])
    .execute();
  await db.schema.createIndex('window_keys_by_end').on('window_keys').column('expires_at').execute();

  await db.schema
    .createTable('window_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('log_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('value', 'text')
    .addColumn('due_at', 'bigint')
    .addColumn('data', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('window_events_by_key').on('window_events').column('key_id').execute();
  await db.schema.createIndex('window_events_by_due').on('window_events').column('due_at').execute();
}
