import type { Kysely } from 'kysely';
import { Correlator } from '../../domain/windows/correlator.js';
import { Pipeline, type BatchResult } from '../../domain/pipeline.js';
import type { LogEvent } from '../../domain/event.js';
import type { RuleSet } from '../../domain/rule-set.js';
import type { Ids } from '../../domain/stores.js';
import { ruleTexts } from '../../domain/alerting/render-alert.js';
import { windowRules } from '../../domain/alerting/window-stage.js';
import { fingerprint } from '../../app/fingerprint.js';
import { RuleHitsStore } from '../events/rule-hits-store.js';
import { pruneGone } from '../pruning/prune-gone.js';
import { writeThrottleSummaries } from '../throttles/throttle-summaries-store.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { deadlocksOf } from '../../../test/support/deadlocks.js';
import { loadedRules } from '../../../test/support/loaded-rules.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { openDatabase } from './open-database.js';
import type { Database } from './schema.js';

const now = Date.UTC(2026, 0, 15, 12);
const users = ['ann', 'bob', 'eve', 'joe'];
const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

const yaml = `
version: 1
channels: { local: { console: true } }
defaults: { channels: [local] }
rules:
  - { id: plain, match: { types: [fu] } }
  - { id: throttled, match: { types: [fu] }, throttle: { every: 1h, by: [user_name] } }
  - { id: grouped, match: { types: [fu] }, group: { by: [user_name], wait: 30s } }
  - { id: counted, match: { types: [fu] }, window: { within: 10m, by: [user_name], count: 5 } }
  - { id: silenced, match: { types: [fu] } }
`;

/** A replica: a pool of connections and a pipeline of its own. */
class Replica {
  readonly db: Kysely<Database>;
  readonly transactions: KyselyTransactions;
  private readonly pipeline: Pipeline;

  constructor(
    url: string,
    private readonly rules: RuleSet,
    ids: Ids,
  ) {
    this.db = openDatabase(url);
    this.transactions = new KyselyTransactions(this.db);
    this.pipeline = new Pipeline(rules, new Correlator(fingerprint), ids, () => '');
  }

  /** What the start of the service does. */
  load(): Promise<void> {
    return this.transactions.run(async ({ windows, outbox }) => {
      await windows.load(windowRules(this.rules), now);
      await outbox.addTexts(this.rules.rules.map(ruleTexts), now);
    });
  }

  async raise(events: readonly LogEvent[], beforeCommit = () => Promise.resolve()): Promise<BatchResult> {
    const matches = await this.pipeline.match(events);
    return this.transactions.run(async (stores) => {
      const result = await this.pipeline.raise(matches, stores, now);
      await beforeCommit();
      return result;
    });
  }
}

/** Ids of a replica that no other gives. */
function idsOf(replica: number): Ids {
  let made = 0;
  return { next: () => `${replica}-${String((made += 1)).padStart(9, '0')}` };
}

function event(logId: string, user: string): LogEvent {
  return { logId, type: 'fu', at: now, data: { type: 'fu', log_id: logId, user_name: user } };
}

describe.each(postgres)('replicas that write to $name at the same time', ({ open }) => {
  let database: TestDatabase;
  let rules: RuleSet;
  let replicas: readonly Replica[];

  beforeEach(async () => {
    database = await open();
    rules = await loadedRules(yaml);
    replicas = [1, 2, 3].map((number) => new Replica(database.url, rules, idsOf(number)));
    for (const replica of replicas) await replica.load();
  });

  afterEach(async () => {
    await Promise.all(replicas.map(({ db }) => db.destroy()));
    await database.close();
  });

  it('do not wait for each other when their batches have different keys', async () => {
    const [first, second] = replicas as readonly [Replica, Replica];
    let finish!: () => void;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let reached!: () => void;
    const written = new Promise<void>((resolve) => (reached = resolve));
    const unfinished = first.raise([event('a', 'ann')], () => {
      reached();
      return held;
    });
    await written;
    const { alerts } = await second.raise([event('b', 'bob')]);
    expect(alerts.map(({ rule }) => rule).toSorted()).toEqual(['grouped', 'plain', 'silenced', 'throttled']);
    finish();
    expect((await unfinished).alerts).toHaveLength(4);
  });

  it('alert once for each event that all of them get, and are never in a deadlock', async () => {
    await (replicas[0] as Replica).transactions.run(({ silences }) =>
      silences.add({
        id: 's',
        rule: 'silenced',
        reason: 'r',
        author: 'a',
        createdAt: now,
        endsAt: now + 3_600_000,
      }),
    );
    const events = Array.from({ length: 240 }, (_, index) => event(`e${index}`, users[index % 4] as string));
    const ids = idsOf(0);
    const progress = { running: true };
    const clock = (async () => {
      while (progress.running) {
        await writeThrottleSummaries(database.db, ids, now + 1);
        await pruneGone(database.db, now + 90_000_000);
      }
    })();
    const results = await Promise.all(
      replicas.map(async (replica, number) => {
        // Each of them gets the events in batches of another size and in another order.
        const own = number === 1 ? events.toReversed() : events;
        const size = 5 + 3 * number;
        const lanes = [0, 1].map(async (lane) => {
          const raised: BatchResult[] = [];
          for (let from = lane * size; from < own.length; from += 2 * size)
            raised.push(await replica.raise(own.slice(from, from + size)));
          return raised;
        });
        return (await Promise.all(lanes)).flat();
      }),
    );
    progress.running = false;
    await clock;

    const alerts = results.flat().flatMap((result) => result.alerts);
    const countOf = (id: string): number => alerts.filter(({ rule }) => rule === id).length;
    expect([countOf('plain'), countOf('grouped')]).toEqual([240, 240]);
    const plain = await database.db
      .selectFrom('alerts')
      .select('log_id')
      .where('rule', '=', 'plain')
      .execute();
    expect(new Set(plain.map((row) => row.log_id)).size).toBe(240);
    const groups = await database.db
      .selectFrom('deliveries')
      .select('id')
      .where('group_key', 'is not', null)
      .execute();
    expect(groups).toHaveLength(4);
    const sent = alerts.filter(({ rule, reason }) => rule === 'throttled' && reason === 'sent');
    expect(sent).toHaveLength(4);
    expect(countOf('counted')).toBe(4);
    const silence = await database.db.selectFrom('silences').select('silenced').executeTakeFirstOrThrow();
    expect(silence.silenced).toBe(240);
    const hits = await new RuleHitsStore(database.db).all();
    expect(hits.get('plain')?.hits).toBe(240);

    await Promise.all(replicas.map(({ db }) => db.destroy()));
    replicas = [];
    expect(await deadlocksOf(database.db)).toBe(0);
  });

  it('have their hits added up when they are gone', async () => {
    const dayMs = 86_400_000;
    for (const [number, replica] of replicas.entries()) await replica.raise([event(`e${number}`, 'ann')]);
    const before = await new RuleHitsStore(database.db).all();
    await pruneGone(database.db, now + dayMs + 1);
    const rows = await database.db.selectFrom('rule_hits').select(['rule', 'writer']).execute();
    expect(rows.map(({ writer }) => writer)).toEqual(rows.map(() => ''));
    expect(await new RuleHitsStore(database.db).all()).toEqual(before);
    expect(before.get('plain')).toEqual({ rule: 'plain', hits: 3, last_hit: now });
  });
});
