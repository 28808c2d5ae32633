import type { KyselyPlugin } from 'kysely';
import { Correlator } from '../../domain/windows/correlator.js';
import type { WindowInput } from '../../domain/windows/window-input.js';
import type { Window, WindowRule } from '../../domain/windows/window.js';
import { fingerprint } from '../../app/fingerprint.js';
import { pruneWindows } from '../pruning/prune-windows.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import {
  by,
  day,
  eventAt,
  hour,
  minute,
  noon,
  Replica,
  windowRule,
} from '../../../test/support/correlating.js';

const timed = { by: by('key'), withinMs: 10 * minute, cooldownMs: 10 * minute };
const counting: Window = { kind: 'count', ...timed, count: 3 };
const rule = windowRule(counting);

function of(key: string, at: number, one = rule, steps: readonly number[] = [0]): WindowInput {
  return { rule: one, event: eventAt(noon + at, { key, field: `field of ${key}` }), steps };
}

describe.each(databases)('what windows remember on $name', ({ open }) => {
  let database: TestDatabase;
  let replica: Replica;

  beforeEach(async () => {
    database = await open();
    replica = new Replica(database);
  });

  afterEach(() => database.close());

  const kindsOf = async (...inputs: WindowInput[]): Promise<readonly string[]> =>
    (await replica.correlate(inputs)).correlations.map(({ kind }) => kind);
  const rows = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const table of ['windows', 'window_keys', 'window_events'] as const) {
      const { count } = await database.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      counts[table] = Number(count);
    }
    return counts;
  };
  const pruneAll = async (now: number): Promise<void> => {
    while (await pruneWindows(database.db, now));
  };

  const restart = async (): Promise<void> => {
    await database.reopen();
    replica = new Replica(database);
    await replica.load([rule], noon + 5);
  };

  const statements = async (inputs: readonly WindowInput[]): Promise<number> => {
    let count = 0;
    const counter: KyselyPlugin = {
      transformQuery: ({ node }) => {
        count += 1;
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    const counted = { ...database, db: database.db.withPlugin(counter) } as TestDatabase;
    await new Replica(counted).correlate(inputs);
    return count;
  };

  describe('a restart in the middle', () => {
    it.each<[string, Window, readonly (readonly number[])[]]>([
      ['count', counting, [[0], [0], [0]]],
      ['sequence', { kind: 'sequence', ...timed, steps: [2, 1], ordered: true }, [[0], [0], [1]]],
      ['distinct', { kind: 'distinct', ...timed, by: [], field: ['field'], count: 3 }, [[0], [0], [0]]],
    ])('of %s changes nothing', async (kind, window, steps) => {
      const one = windowRule(window);
      const answers = [];
      for (const [index, own] of steps.entries()) {
        answers.push(...(await kindsOf(of(kind === 'distinct' ? `k${index}` : 'k', index, one, own))));
        await restart();
      }
      answers.push(...(await kindsOf(of('k', 10, one))));
      expect(answers).toEqual(['not-reached', 'not-reached', 'completed', 'cooldown']);
    });

    it('of missing changes nothing', async () => {
      const one = windowRule({ kind: 'missing', ...timed });
      await kindsOf(of('followed', 0, one), of('left', 0, one));
      await restart();
      await kindsOf(of('followed', 1, one, [1]));
      await restart();
      const { alerts } = await replica.due([one], noon + hour);
      expect(alerts.map(({ info }) => info.key)).toEqual(['left']);
      await restart();
      expect(await replica.due([one], noon + hour)).toEqual({ alerts: [], more: false });
    });

    it('of new changes nothing', async () => {
      const one = windowRule({ kind: 'new', by: [], cooldownMs: 0, field: ['field'], learnMs: minute });
      await kindsOf(of('learnt', 0, one));
      await restart();
      expect(await kindsOf(of('learnt', hour, one), of('other', hour, one))).toEqual([
        'not-reached',
        'completed',
      ]);
      await restart();
      expect(await kindsOf(of('other', hour, one))).toEqual(['not-reached']);
    });
  });

  describe('a reload', () => {
    const changed = windowRule(counting, { hash: 'changed' });
    const other = windowRule(counting, { id: 'other' });

    it('lets an unchanged rule go on and starts a changed one afresh', async () => {
      await replica.load([rule, other]);
      await kindsOf(of('k', 0), of('k', 1), of('k', 0, other), of('k', 1, other));
      await replica.load([changed, other]);
      expect(await kindsOf(of('k', 2, changed), of('k', 2, other))).toEqual(['not-reached', 'completed']);
      expect(await kindsOf(of('k', 3, changed), of('k', 4, changed))).toEqual(['not-reached', 'completed']);
    });

    it.each<[string, readonly WindowRule[]]>([
      ['changed', [changed]],
      ['removed', [other]],
    ])('starts a rule afresh that was %s for a while', async (_, meanwhile) => {
      await replica.load([rule]);
      await kindsOf(of('k', 0), of('k', 1));
      await replica.load(meanwhile);
      await replica.load([rule]);
      expect(await kindsOf(of('k', 2), of('k', 3), of('k', 4))).toEqual([
        'not-reached',
        'not-reached',
        'completed',
      ]);
    });

    it('drops what waited to be followed', async () => {
      const before = windowRule({ kind: 'missing', ...timed });
      const after = { ...before, hash: 'changed' };
      await replica.load([before]);
      await kindsOf(of('k', 0, before));
      await replica.load([after]);
      expect((await replica.due([after], noon + hour)).alerts).toEqual([]);
    });

    it('leaves a replica that has not reloaded with what it has for an hour, and prunes it then', async () => {
      await replica.load([rule]);
      await kindsOf(of('k', 0), of('k', 1));
      await replica.load([changed]);
      await pruneAll(noon + hour);
      expect(await kindsOf(of('k', 2))).toEqual(['completed']);
      expect(await rows()).toEqual({ windows: 2, window_keys: 1, window_events: 0 });
      await kindsOf(of('k2', 0));
      await pruneAll(noon + hour + 1);
      expect(await rows()).toEqual({ windows: 1, window_keys: 0, window_events: 0 });
    });

    it('by several replicas at once starts one window', async () => {
      await Promise.all(
        [replica, new Replica(database), new Replica(database)].map((one) => one.load([rule])),
      );
      expect((await rows())['windows']).toBe(1);
    });
  });

  describe('bounds', () => {
    it('forget the keys used least recently beyond the cap, and say how many of which rule', async () => {
      const capped = new Replica(database, new Correlator(fingerprint, 3));
      const take = async (...inputs: WindowInput[]) => {
        const { correlations, crowded } = await capped.correlate(inputs);
        const evicted = await Promise.all(crowded.map((window) => capped.evict(window)));
        return { correlations, evicted: evicted.filter((one) => one !== undefined) };
      };
      await take(of('a', 0), of('a', 1));
      await take(of('b', 2), of('b', 3));
      await take(of('c', 4), of('c', 5));
      expect(await take(of('a', 6, windowRule(counting, { id: 'other' })))).toMatchObject({ evicted: [] });
      expect(await take(of('a', 7))).toMatchObject({ evicted: [], correlations: [{ kind: 'completed' }] });
      for (const key of ['d', 'e'])
        expect((await take(of(key, 8))).evicted).toEqual([{ rule: 'rule', keys: 1 }]);
      expect((await rows())['window_events']).toBe(3);
      expect((await take(of('a', 9))).correlations).toMatchObject([{ kind: 'cooldown' }]);
      expect((await take(of('b', 9))).correlations).toMatchObject([{ kind: 'not-reached' }]);
    });

    it('keep at most a thousand events of a key, and report how many', async () => {
      const flood = windowRule({ kind: 'sequence', ...timed, steps: [3, 1], ordered: true });
      for (let batch = 0; batch < 3; batch++) {
        const failures = Array.from({ length: 500 }, (_, index) => of('k', batch * 1_000 + index, flood));
        await kindsOf(...failures);
      }
      expect((await rows())['window_events']).toBe(1_000);
      const { correlations } = await replica.correlate([of('k', 5_000, flood, [1])]);
      expect(correlations).toMatchObject([{ info: { count: 1_001, firstAt: noon + 1_000 } }]);
      expect((await rows())['window_events']).toBe(0);
    });

    it('prune keys when their window, their rest and a day for late events are over', async () => {
      await kindsOf(of('a', 0), of('b', 1));
      await pruneAll(noon + 10 * minute + day);
      expect(await rows()).toMatchObject({ window_keys: 2, window_events: 2 });
      await pruneAll(noon + 10 * minute + day + 2);
      expect(await rows()).toMatchObject({ window_keys: 0, window_events: 0 });
    });

    it('prune nothing that is still to be reported, nor a value that is known', async () => {
      const missing = windowRule({ kind: 'missing', ...timed }, { id: 'missing' });
      const fresh = windowRule(
        { kind: 'new', by: [], cooldownMs: hour, field: ['field'], learnMs: 0 },
        { id: 'new' },
      );
      await kindsOf(of('k', 0, missing), of('k', 0, fresh));
      await pruneAll(noon + 365 * day);
      expect((await replica.due([missing], noon + 365 * day)).alerts).toHaveLength(1);
      await pruneAll(noon + 400 * day);
      expect(await rows()).toMatchObject({ window_keys: 1, window_events: 0 });
      expect(await kindsOf(of('k', 400 * day, fresh))).toEqual(['not-reached']);
    });

    it('prune in batches', async () => {
      await kindsOf(...Array.from({ length: 500 }, (_, index) => of(`k${index}`, 0)));
      const left = [];
      for (const more of [true, true, false]) {
        expect(await pruneWindows(database.db, noon + 30 * day)).toBe(more);
        left.push((await rows())['window_keys']);
      }
      expect(left).toEqual([300, 100, 0]);
    });
  });

  it('is right when two replicas work on the same keys at once', async () => {
    const twenty = windowRule({ ...counting, count: 20 } as Window);
    const batches = Array.from({ length: 10 }, (_, batch) =>
      ['b', 'a', 'c', 'a'].map((key, index) => of(key, batch * 10 + index, twenty)),
    );
    const answers = await Promise.all(
      batches.map((batch, index) => (index % 2 === 0 ? replica : new Replica(database)).correlate(batch)),
    );
    const reported = answers.flatMap(({ correlations }) =>
      correlations.flatMap((one) => (one.kind === 'completed' ? [one.info] : [])),
    );
    expect(reported).toMatchObject([{ key: 'a', count: 20 }]);
  });

  it('takes a handful of statements a batch, however many events it has', async () => {
    const hundred = windowRule({ ...counting, count: 100 } as Window);
    let round = 0;
    const batch = (keys: number) => {
      round += 1;
      const name = (index: number) => `k${round}-${index % keys}`;
      return Array.from({ length: keys * 4 }, (_, index) => of(name(index), index, hundred));
    };
    await statements(batch(1));
    const one = await statements(batch(1));
    expect(one).toBeLessThan(8);
    expect(await statements(batch(100))).toBe(one);
  });

  it('holds events that no database would take as they are', async () => {
    const awkward = windowRule({ ...counting, count: 2 } as Window);
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    const data = { key: 'a\0\ud800', user_name: 'x\0\udc00', details: deep, long: 'x'.repeat(100_000) };
    const input = { rule: awkward, event: eventAt(noon, data), steps: [0] };
    expect((await replica.correlate([input])).correlations).toEqual([{ kind: 'not-reached' }]);
    const again = { ...input, event: eventAt(noon + 1, data) };
    expect((await replica.correlate([again])).correlations).toMatchObject([
      { info: { count: 2, key: 'a\uFFFD\uFFFD', values: ['x\uFFFD\uFFFD'] } },
    ]);
  });
});
