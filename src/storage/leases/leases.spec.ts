import { LeaseStore } from './lease-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

const minute = 60_000;

describe.each(databases)('leases on $name', ({ open }) => {
  let database: TestDatabase;
  let leases: LeaseStore;

  beforeEach(async () => {
    database = await open();
    leases = new LeaseStore(database.db);
  });

  afterEach(() => database.close());

  const holders = async (): Promise<string[]> =>
    (await database.db.selectFrom('channel_leases').selectAll().orderBy('channel').execute()).map(
      (row) => `${row.channel}: ${row.holder}`,
    );

  it('give a channel to who asks first, and say to others how long', async () => {
    expect(await leases.acquire('security', 'a', minute)).toEqual({ kind: 'held' });
    const answer = await leases.acquire('security', 'b', minute);
    const forMs = answer.kind === 'taken' ? answer.forMs : undefined;
    expect(forMs).toBeGreaterThan(minute - 10_000);
    expect(forMs).toBeLessThanOrEqual(minute);
    expect(await leases.acquire('iam', 'b', minute)).toEqual({ kind: 'held' });
    expect(await holders()).toEqual(['iam: b', 'security: a']);
  });

  it('go by the database’s clock', async () => {
    await leases.acquire('security', 'a', 0);
    const { expires_at } = await database.db
      .selectFrom('channel_leases')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(Math.abs(expires_at - Date.now())).toBeLessThan(10_000);
  });

  it('last longer when the holder asks again', async () => {
    await leases.acquire('security', 'a', 0);
    expect(await leases.acquire('security', 'a', minute)).toEqual({ kind: 'held' });
    expect(await leases.acquire('security', 'b', minute)).toMatchObject({ kind: 'taken' });
  });

  it('can be taken over when they have run out', async () => {
    await leases.acquire('security', 'a', 0);
    expect(await leases.acquire('security', 'b', minute)).toEqual({ kind: 'taken-over' });
    expect(await leases.acquire('security', 'b', minute)).toEqual({ kind: 'held' });
    expect(await leases.acquire('security', 'a', minute)).toMatchObject({ kind: 'taken' });
  });

  it('last no longer than one made now, for everybody, when the database’s clock has gone back', async () => {
    await leases.acquire('security', 'a', 60 * minute);
    const answer = await leases.acquire('security', 'b', minute);
    const forMs = answer.kind === 'taken' ? answer.forMs : undefined;
    expect(forMs).toBeGreaterThan(minute - 10_000);
    expect(forMs).toBeLessThanOrEqual(minute);
    const { expires_at } = await database.db
      .selectFrom('channel_leases')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(expires_at - Date.now()).toBeLessThan(2 * minute);
  });

  it('are renewed all at once, but for those that were lost', async () => {
    for (const channel of ['security', 'iam', 'ops']) await leases.acquire(channel, 'a', 0);
    await leases.acquire('ops', 'b', minute);
    expect([...(await leases.renew('a', minute))].toSorted()).toEqual(['iam', 'security']);
    expect(await leases.acquire('iam', 'b', minute)).toMatchObject({ kind: 'taken' });
  });

  it('are free at once when they were given back', async () => {
    for (const channel of ['security', 'iam']) await leases.acquire(channel, 'a', minute);
    await leases.acquire('ops', 'b', minute);
    await leases.release('a');
    expect(await holders()).toEqual(['ops: b']);
    expect(await leases.acquire('security', 'b', minute)).toEqual({ kind: 'held' });
  });

  it.each([
    ['free', undefined],
    ['run out', 'a'],
  ])('go to one of several that ask at once for one that is %s', async (_case, before) => {
    if (before !== undefined) await leases.acquire('security', before, 0);
    const answers = await Promise.all(
      ['b', 'c', 'd', 'e'].map((holder) => leases.acquire('security', holder, minute)),
    );
    expect(answers.filter(({ kind }) => kind !== 'taken')).toHaveLength(1);
  });
});
