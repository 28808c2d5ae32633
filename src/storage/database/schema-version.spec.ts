import type { Kysely } from 'kysely';
import { connectDatabase } from './connect-database.js';
import { DeliveryQueue } from '../outbox/delivery-queue.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { migrate, migrations } from './migrate.js';
import { openDatabase } from './open-database.js';
import { numberOf, type Release, type SchemaMigration } from './schema-version.js';
import type { Database } from './schema.js';
import { newAlert } from '../../../test/support/alerts.js';
import { emptyDatabases, type EmptyDatabase } from '../../../test/support/databases.js';

const now = Date.UTC(2026, 0, 15, 12);
const names = Object.keys(migrations).toSorted();
const newest = Math.max(...names.map(numberOf));
const oldestOf = (name: string): number => migrations[name]?.oldest ?? numberOf(name);

/** A version of the router that knows the migrations up to a number, and those that are given. */
function version(name: string, upTo: number, added: Record<string, SchemaMigration> = {}): Release {
  const known = Object.entries(migrations).filter(([migration]) => numberOf(migration) <= upTo);
  return { version: name, migrations: { ...Object.fromEntries(known), ...added } };
}

/** A migration to come, which adds a column that whoever doesn't know it can live with, or can't. */
function adds(column: string, oldest?: number): SchemaMigration {
  return {
    ...(oldest !== undefined && { oldest }),
    up: (db) => db.schema.alterTable('rule_hits').addColumn(column, 'text').execute(),
  };
}

const name = (number: number): string => `${String(number).padStart(3, '0')}-later`;
const next = newest + 1;

describe.each(emptyDatabases)('versions of the router on $name', ({ create }) => {
  let empty: EmptyDatabase;
  let db: Kysely<Database>;

  beforeEach(async () => {
    empty = await create();
    db = openDatabase(empty.url);
  });

  afterEach(async () => {
    await db.destroy();
    await empty.remove();
  });

  /** Takes a batch and delivers its message. */
  async function works(id: string): Promise<void> {
    await new KyselyTransactions(db).run(async (stores) => {
      await stores.seenEvents.record([id], now);
      await stores.ruleHits.add(new Map([['failures', 1]]), now);
      await stores.outbox.add([{ id, channel: id }], [newAlert(`alert-${id}`, id)], now);
    });
    expect(await new DeliveryQueue(db).next(id, now)).toMatchObject({ kind: 'due', delivery: { id } });
  }

  it('upgrade by one version and go back by one, with everything kept', async () => {
    const upgraded = version('2.0.0', newest, { [name(next)]: adds('noted', newest) });
    expect(await migrate(db, version('1.0.0', newest))).toEqual({ fits: true });
    await works('before');
    expect(await migrate(db, upgraded)).toEqual({ fits: true });
    await works('upgraded');
    expect(await migrate(db, version('1.0.0', newest))).toEqual({ fits: true });
    await works('back');
    expect(await migrate(db, upgraded)).toEqual({ fits: true });
    expect(await db.selectFrom('deliveries').select('id').orderBy('id').execute()).toEqual([
      { id: 'back' },
      { id: 'before' },
      { id: 'upgraded' },
    ]);
  });

  it('go back as far as the migrations that there are say, and no farther', async () => {
    await migrate(db);
    const oldest = Math.max(...names.map(oldestOf));
    expect(await migrate(db, version('1.0.0', oldest))).toEqual({ fits: true });
    await works('back');
    expect(await migrate(db, version('0.9.0', oldest - 1))).toMatchObject({ fits: false });
  });

  it('are refused where a migration says nothing of older ones, by the name of the version that is needed', async () => {
    await migrate(db, version('2.0.0', newest, { [name(next)]: adds('first') }));
    await migrate(
      db,
      version('3.0.0', newest, { [name(next)]: adds('first'), [name(next + 1)]: adds('second', next) }),
    );
    expect(await migrate(db, version('1.0.0', newest))).toEqual({
      fits: false,
      problem: [
        'The database needs version 2.0.0 or a newer one of the router, and this is version 1.0.0.',
        `Its schema is at migration ${next + 1}, and this version knows the migrations up to ${newest}.`,
        'Start version 2.0.0 on it, or restore the backup that was made of it before the upgrade.',
      ].join('\n'),
    });
    expect(await migrate(db, version('2.0.0', newest, { [name(next)]: adds('first') }))).toEqual({
      fits: true,
    });
  });

  it('never have the schema moved back to what an older one asked for', async () => {
    await migrate(db, version('2.0.0', newest, { [name(next)]: adds('first') }));
    const third = version('3.0.0', newest, {
      [name(next)]: adds('first'),
      [name(next + 1)]: adds('second', 1),
    });
    await migrate(db, third);
    expect(await migrate(db, version('1.0.0', newest))).toMatchObject({ fits: false });
  });

  it('are refused when they would change what a newer one has made', async () => {
    await migrate(db, version('2.0.0', newest, { [name(next + 1)]: adds('second', newest) }));
    const aside = version('1.1.0', newest, { [name(next)]: adds('first') });
    expect(await migrate(db, aside)).toMatchObject({ fits: false });
  });

  it('leave nothing of a migration that fails', async () => {
    const broken: SchemaMigration = {
      async up(on) {
        await on.schema.createTable('half').addColumn('id', 'integer').execute();
        throw new Error('no room');
      },
    };
    await migrate(db, version('1.0.0', newest));
    await expect(migrate(db, version('2.0.0', newest, { [name(next)]: broken }))).rejects.toThrow('no room');
    expect((await db.introspection.getTables()).map((table) => table.name)).not.toContain('half');
    expect(await migrate(db, version('1.0.0', newest))).toEqual({ fits: true });
  });

  it('are refused at the start, which leaves the database to others', async () => {
    await migrate(db, version('99.0.0', newest, { [name(next)]: adds('first') }));
    await db.destroy();
    const refused = await connectDatabase(empty.url);
    expect(refused).toMatchObject({ ok: false, problem: expect.stringContaining('needs version 99.0.0') });
    db = openDatabase(empty.url);
    await works('still');
  });
});

describe('the migrations', () => {
  it('have a number each, and none asks for more than itself', () => {
    expect(new Set(names.map(numberOf)).size).toBe(names.length);
    for (const migration of names) expect(oldestOf(migration)).toBeLessThanOrEqual(numberOf(migration));
  });
});
