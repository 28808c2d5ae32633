import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { isPostgres } from './dialect.js';
import * as outbox from './migrations/001-outbox.js';
import * as windows from './migrations/002-windows.js';
import * as leases from './migrations/003-leases.js';
import * as silences from './migrations/004-silences.js';
import * as heartbeat from './migrations/005-heartbeat.js';
import * as holdStart from './migrations/009-hold-start.js';
import type { Database } from './schema.js';

const migrations: Readonly<Record<string, Migration>> = {
  '001-outbox': outbox,
  '002-windows': windows,
  '003-leases': leases,
  '004-silences': silences,
  '005-heartbeat': heartbeat,
  '009-hold-start': holdStart,
};

/** Brings the database to the newest schema. Several replicas may do so at once: Kysely's migrator locks. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  if (!isPostgres(db)) return migrateOn(db);
  await db.connection().execute(async (connection) => {
    // A migration, and the wait for another replica's, may take longer than any other statement.
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`set lock_timeout = 0`.execute(connection);
    await migrateOn(connection);
    await sql`reset statement_timeout`.execute(connection);
    await sql`reset lock_timeout`.execute(connection);
  });
}

async function migrateOn(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
