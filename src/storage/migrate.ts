import { Migrator, type Kysely, type Migration } from 'kysely';
import * as outbox from './migrations/001-outbox.js';
import type { Database } from './schema.js';

const migrations: Readonly<Record<string, Migration>> = { '001-outbox': outbox };

/** Brings the database to the newest schema. Several replicas may do so at once: Kysely's migrator locks. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
