import { Migrator, type Kysely, type Migration } from 'kysely';
import { packageVersion } from '../../app/package-folder.js';
import * as outbox from './migrations/001-outbox.js';
import * as windows from './migrations/002-windows.js';
import * as leases from './migrations/003-leases.js';
import * as silences from './migrations/004-silences.js';
import * as heartbeat from './migrations/005-heartbeat.js';
import * as schemaInfo from './migrations/006-schema-info.js';
import * as hotQueryIndexes from './migrations/007-hot-query-indexes.js';
import * as slackClicks from './migrations/008-slack-clicks.js';
import * as holdStart from './migrations/009-hold-start.js';
import * as digests from './migrations/010-digests.js';
import * as windowFollowUps from './migrations/011-window-follow-ups.js';
import * as suppressed from './migrations/012-suppressed.js';
import * as ruleTexts from './migrations/013-rule-texts.js';
import * as windowTimelines from './migrations/014-window-timelines.js';
import * as audit from './migrations/015-audit.js';
import * as traceParents from './migrations/016-trace-parents.js';
import * as people from './migrations/017-people.js';
import * as tenantLogs from './migrations/018-tenant-logs.js';
import * as deliveryStates from './migrations/019-delivery-states.js';
import * as silenceScopes from './migrations/020-silence-scopes.js';
import * as stateHistory from './migrations/021-state-history.js';
import { compareSchema, recordOldest, type Release, type SchemaMigration } from './schema-version.js';
import type { Database } from './schema.js';

/**
 * All that this version knows, in the order in which they run. A migration that an older version can live with (a new
 * table or index, a new column that is nullable or has a default) says so with one line, for example
 *
 *     export const oldest = 6; // versions that know migration 006 may run on the schema after this one
 *
 * Without that line, versions that don't know the migration are refused. A migration takes something away, or gives it
 * another meaning, only after a version that no longer needs it: its `oldest` is the last migration of that version.
 */
export const migrations: Readonly<Record<string, SchemaMigration>> = {
  '001-outbox': outbox,
  '002-windows': windows,
  '003-leases': leases,
  '004-silences': silences,
  '005-heartbeat': heartbeat,
  '006-schema-info': schemaInfo,
  '007-hot-query-indexes': hotQueryIndexes,
  '008-slack-clicks': slackClicks,
  '009-hold-start': holdStart,
  '010-digests': digests,
  '011-window-follow-ups': windowFollowUps,
  '012-suppressed': suppressed,
  '013-rule-texts': ruleTexts,
  '014-window-timelines': windowTimelines,
  '015-audit': audit,
  '016-trace-parents': traceParents,
  '017-people': people,
  '018-tenant-logs': tenantLogs,
  '019-delivery-states': deliveryStates,
  '020-silence-scopes': silenceScopes,
  '021-state-history': stateHistory,
};

export type MigrateResult =
  | { readonly fits: true }
  /** The database has the schema of a newer version; in words for the person who starts the service. Nothing was changed. */
  | { readonly fits: false; readonly problem: string };

/**
 * Brings the database to the newest schema that the release knows, or leaves a newer one as it is. Several replicas may
 * do so at once: Kysely's migrator locks.
 */
export async function migrate(
  db: Kysely<Database>,
  release: Release = { version: packageVersion(), migrations },
): Promise<MigrateResult> {
  const fit = await compareSchema(db, release);
  switch (fit.kind) {
    case 'newer':
      return { fits: true };
    case 'too-new':
      return { fits: false, problem: fit.problem };
    case 'known':
      break;
  }
  try {
    await migrateToLatest(db, release);
    return { fits: true };
  } catch (error) {
    // A replica of a newer version may have been faster, in which case the migrator finds what it doesn't know.
    if ((await compareSchema(db, release)).kind === 'known') throw error;
    return migrate(db, release);
  }
}

async function migrateToLatest(db: Kysely<Database>, release: Release): Promise<void> {
  const recording = Object.entries(release.migrations).map(([name, migration]): [string, Migration] => [
    name,
    {
      async up(transaction: Kysely<Database>): Promise<void> {
        await migration.up(transaction);
        await recordOldest(transaction, release, name);
      },
    },
  ]);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(Object.fromEntries(recording)) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
