import { sql, type Kysely, type Migration } from 'kysely';
import type { Database } from './schema.js';

/** A step from one schema to the next. Its name begins with its number. */
export interface SchemaMigration extends Migration {
  /**
   * The number of the last migration that the oldest version of the router knows which may still run on the schema after
   * this one. Absent: this migration's own number, so that every older version is refused.
   */
  readonly oldest?: number;
}

/** What one version of the router knows of the schema. */
export interface Release {
  readonly version: string;
  readonly migrations: Readonly<Record<string, SchemaMigration>>;
}

/** How a release relates to the schema that it finds. */
export type SchemaFit =
  /** Migrations are missing, or none are. */
  | { readonly kind: 'known' }
  /** A newer version has been here, and this one can run all the same. */
  | { readonly kind: 'newer' }
  /** A newer version is needed; in words for the person who starts the service. */
  | { readonly kind: 'too-new'; readonly problem: string };

/** The migration that made the table of what is needed. */
const firstRecorded = 6;
const rowId = 1;

export function numberOf(migration: string): number {
  return Number.parseInt(migration, 10);
}

export async function compareSchema(db: Kysely<Database>, release: Release): Promise<SchemaFit> {
  const tables = new Set(
    (await db.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name),
  );
  if (!tables.has('kysely_migration')) return { kind: 'known' };
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const executed = new Set(rows.map(({ name }) => name));
  const known = Object.keys(release.migrations);
  if ([...executed].every((name) => known.includes(name))) return { kind: 'known' };

  const info = tables.has('schema_info')
    ? await db.selectFrom('schema_info').select(['oldest', 'needs']).executeTakeFirst()
    : undefined;
  const newestKnown = Math.max(...known.map(numberOf));
  if (info !== undefined && info.oldest <= newestKnown && known.every((name) => executed.has(name)))
    return { kind: 'newer' };
  const newest = Math.max(...[...executed].map(numberOf));
  return { kind: 'too-new', problem: tooNew(release.version, info?.needs, newestKnown, newest) };
}

/** Notes what the schema asks for after a migration; to be called in the migration's own transaction. */
export async function recordOldest(
  db: Kysely<Database>,
  { version, migrations }: Release,
  name: string,
): Promise<void> {
  const number = numberOf(name);
  if (number < firstRecorded) return;
  const oldest = migrations[name]?.oldest ?? number;
  await db
    .insertInto('schema_info')
    .values({ id: rowId, oldest, needs: version })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ oldest, needs: version }).where('schema_info.oldest', '<', oldest),
    )
    .execute();
}

function tooNew(version: string, needs: string | undefined, known: number, newest: number): string {
  const wanted = needs === undefined ? 'a newer version' : `version ${needs} or a newer one`;
  return [
    `The database needs ${wanted} of the router, and this is version ${version}.`,
    `Its schema is at migration ${newest}, and this version knows the migrations up to ${known}.`,
    `Start ${needs === undefined ? 'the newer version' : `version ${needs}`} on it, or restore the backup that was made of it before the upgrade.`,
  ].join('\n');
}
