import { sql, type Kysely } from 'kysely';

/**
 * What all alerts of one version of a rule say alike is stored once, and how often a rule matched has a row for each of
 * the transactions that may count at the same time, so that none waits for another.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('rule_texts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('texts', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.alterTable('alerts').addColumn('rule_texts', 'text').execute();

  await db.schema.alterTable('rule_hits').renameTo('rule_hits_before').execute();
  await db.schema
    .createTable('rule_hits')
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('writer', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .addColumn('last_hit', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('rule_hits_by_writer', ['rule', 'writer'])
    .execute();
  await sql`
    insert into rule_hits (rule, writer, hits, last_hit) select rule, '', hits, last_hit from rule_hits_before
  `.execute(db);
  await db.schema.dropTable('rule_hits_before').execute();
}
