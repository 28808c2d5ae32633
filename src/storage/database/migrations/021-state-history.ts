import { sql, type Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Every change of a message's state, and for each rule how many alerts were sent and how they were resolved. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('state_changes')
    .addColumn('delivery_id', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('from', 'text', (column) => column.notNull())
    .addColumn('to', 'text', (column) => column.notNull())
    .addColumn('resolution', 'text')
    .addColumn('note', 'text')
    .addColumn('via', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('state_changes_of_deliveries', ['delivery_id', 'number'])
    .execute();

  await db.schema
    .createTable('sent_alerts')
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('writer', 'text', (column) => column.notNull())
    .addColumn('alerts', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sent_alerts_by_day', ['day', 'rule', 'writer'])
    .execute();
  await sql`
    insert into sent_alerts (rule, day, writer, alerts)
    select rule, alerts.created_at / 86400000 as day, '', count(*)
    from alerts join deliveries on deliveries.id = alerts.delivery_id
    where deliveries.thread_of is null
    group by rule, day
  `.execute(db);

  await db.schema
    .createTable('handled_alerts')
    .addColumn('delivery_id', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('raised_at', 'bigint', (column) => column.notNull())
    .addColumn('alerts', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('resolution', 'text')
    .addColumn('acknowledged_after', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('handled_alerts_of_deliveries', ['delivery_id', 'rule'])
    .execute();
  await db.schema.createIndex('handled_alerts_by_time').on('handled_alerts').column('raised_at').execute();
}
