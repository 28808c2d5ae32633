import { HeartbeatStore } from './heartbeat-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';

describe.each(databases)('the heartbeat on $name', ({ open }) => {
  let database: TestDatabase;
  let store: HeartbeatStore;

  beforeEach(async () => {
    database = await open();
    store = new HeartbeatStore(database.db);
  });

  afterEach(() => database.close());

  it('counts from the start, and goes on over a restart', async () => {
    await store.start(100);
    await database.reopen();
    store = new HeartbeatStore(database.db);
    await store.start(500);
    expect(await store.isSilent(99)).toBe(false);
    expect(await store.claimSilence(99)).toBeUndefined();
    expect(await store.isSilent(100)).toBe(true);
    expect(await store.claimSilence(100)).toBe(100);
  });

  it('has its silence claimed once, however many ask', async () => {
    await store.start(100);
    const claims = await Promise.all([1, 2, 3].map(() => store.claimSilence(200)));
    expect(claims.filter((since) => since !== undefined)).toEqual([100]);
    expect(await store.isSilent(10_000)).toBe(false);
  });

  it('reports the gap once that ends with an arrival, from the last event to the first', async () => {
    await store.start(100);
    expect(await store.arrived({ first: 150, last: 200 })).toBeUndefined();
    expect(await store.claimSilence(300)).toBe(200);
    const gaps = await Promise.all([1, 2].map(() => store.arrived({ first: 400, last: 450 })));
    expect(gaps.filter((gap) => gap !== undefined)).toEqual([{ since: 200, until: 400 }]);
    expect(await store.claimSilence(449)).toBeUndefined();
    expect(await store.claimSilence(450)).toBe(450);
  });

  it('never goes back when a replica writes late', async () => {
    await store.start(100);
    await store.arrived({ first: 300, last: 300 });
    await store.arrived({ first: 200, last: 200 });
    expect(await store.claimSilence(299)).toBeUndefined();
    expect(await store.claimSilence(300)).toBe(300);
    // What was seen before the gap doesn't end it.
    expect(await store.arrived({ first: 250, last: 250 })).toBeUndefined();
    expect(await store.arrived({ first: 400, last: 400 })).toEqual({ since: 300, until: 400 });
  });

  it('starts afresh when it was forgotten', async () => {
    await store.start(100);
    await store.claimSilence(200);
    await store.forget();
    expect(await store.isSilent(10_000)).toBe(false);
    expect(await store.arrived({ first: 300, last: 300 })).toBeUndefined();
    await store.start(400);
    expect(await store.claimSilence(399)).toBeUndefined();
    expect(await store.claimSilence(400)).toBe(400);
  });
});
