import type { Kysely } from 'kysely';
import { fingerprint } from '../../app/fingerprint.js';
import { windowRules } from '../../domain/alerting/window-stage.js';
import type { LogEvent } from '../../domain/event.js';
import { Pipeline, type BatchResult } from '../../domain/pipeline.js';
import type { RuleSet } from '../../domain/rule-set.js';
import { Correlator } from '../../domain/windows/correlator.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { loadedRules } from '../../../test/support/loaded-rules.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import type { Database } from '../database/schema.js';
import { eraseHistory } from './erase-history.js';
import { eraseSilences, eraseWindows } from './erase-windows.js';
import { personOf } from './person.js';

const now = Date.UTC(2026, 0, 15, 12);

const rules = `
version: 1
channels: { hook: { console: true } }
templates:
  default: { title: "{{ event.description }}", fields: { User: "{{ event.user_name }}" } }
  silent: { title: "Something happened" }
rules:
  - { id: each, match: {} }
  - { id: unnamed, match: {}, template: silent }
  - { id: throttled, match: {}, throttle: { every: 1h, by: [user_name] } }
  - { id: grouped, match: {}, group: { by: [connection], wait: 30s } }
  - { id: counted, match: {}, window: { within: 1h, by: [connection], count: 4 } }
  - { id: by-user, match: {}, window: { within: 1h, by: [user_name], count: 2 } }
  - { id: distinct, match: {}, window: { within: 1h, distinct: { field: user_name, count: 3 } } }
`;

describe.each(databases)('forgetting a person, on $name', ({ open }) => {
  let database: TestDatabase;
  let db: Kysely<Database>;
  let ruleSet: RuleSet;
  let pipeline: Pipeline;
  let transactions: KyselyTransactions;
  let sent = 0;

  beforeEach(async () => {
    database = await open();
    db = database.db;
    ruleSet = await loadedRules(rules);
    pipeline = new Pipeline(ruleSet, new Correlator(fingerprint), new CountingIds(), (id) => id);
    transactions = new KyselyTransactions(db);
    await transactions.run(({ windows }) => windows.load(windowRules(ruleSet), now));
    sent = 0;
  });

  afterEach(() => database.close());

  const send = async (user: string): Promise<BatchResult> => {
    const number = sent++;
    const data = {
      type: 'f',
      log_id: `log-${number}`,
      description: `Login of ${user} failed`,
      user_name: user,
      user_id: `auth0|${user}`,
      ip: '192.0.2.1',
      connection: 'db',
    };
    const event: LogEvent = { logId: `log-${number}`, type: 'f', at: now + number, data };
    const matches = await pipeline.match([event]);
    return transactions.run((stores) => pipeline.raise(matches, stores, now + number));
  };
  const finish = (status: 'delivered' | 'dead'): Promise<unknown> =>
    db.updateTable('deliveries').set({ status, finished_at: now, group_key: null }).execute();
  const erase = async (field: 'user_id' | 'user_name' | 'email', value: string) => {
    const person = personOf(field, value, ruleSet.redactor);
    const history = await eraseHistory(db, person);
    await eraseWindows(db, person);
    return history;
  };
  const stored = async (): Promise<string> => {
    const tables = await db.introspection.getTables();
    const rows = await Promise.all(
      tables.map(({ name }) =>
        db
          .selectFrom(name as keyof Database)
          .selectAll()
          .execute(),
      ),
    );
    return JSON.stringify(rows);
  };
  const rulesOf = ({ alerts }: BatchResult): readonly string[] => alerts.map(({ rule }) => rule);

  it.each(['delivered', 'dead'] as const)(
    'leaves nothing in what is %s, and others as they are',
    async (status) => {
      await send('alice');
      await send('bobby');
      await finish(status);
      expect(await stored()).toContain('alice');

      const erased = await erase('user_name', 'ALICE');
      // each, unnamed, throttled and grouped; the group has one message with the alert of bobby.
      expect(erased).toEqual({ alerts: 4, deliveries: 2, waiting: 0 });
      expect(await stored()).not.toContain('alice');
      const alerts = await db.selectFrom('alerts').select('rule').orderBy('rule').execute();
      expect(alerts.map(({ rule }) => rule)).toEqual(['each', 'grouped', 'throttled', 'unnamed']);
      expect(await stored()).toContain('bobby');
    },
  );

  it('finds alerts by what they do not show', async () => {
    await send('alice');
    await finish('delivered');
    expect((await erase('user_id', 'auth0|alice')).alerts).toBe(4);
    expect(await db.selectFrom('alerts').select('id').execute()).toEqual([]);
    expect(await db.selectFrom('deliveries').select('id').execute()).toEqual([]);
  });

  it('leaves what waits to be sent, and says how much that is', async () => {
    await send('alice');
    expect(await erase('user_name', 'alice')).toEqual({ alerts: 0, deliveries: 0, waiting: 4 });
    await finish('delivered');
    expect((await erase('user_name', 'alice')).alerts).toBe(4);
  });

  it('makes windows count without the person, in this process too', async () => {
    await send('alice');
    await send('bobby');
    await send('alice');
    await finish('delivered');
    await erase('user_name', 'alice');
    expect(rulesOf(await send('carol'))).toEqual(expect.not.arrayContaining(['counted', 'distinct']));
    expect(rulesOf(await send('david'))).toEqual(expect.arrayContaining(['distinct']));
    expect(rulesOf(await send('erika'))).toEqual(expect.arrayContaining(['counted']));
    expect(rulesOf(await send('alice'))).toEqual(expect.not.arrayContaining(['by-user']));
  });

  it('deletes notes of messages that stay, where they name the person', async () => {
    await send('bobby');
    await finish('delivered');
    const note = (state_note: string) =>
      db.updateTable('deliveries').set({ state: 'resolved', state_note }).execute();
    const change = { number: 1, at: now, by: 'alice', from: 'open', to: 'resolved', via: 'api' } as const;
    await db
      .insertInto('state_changes')
      .values([
        { ...change, delivery_id: 'd1', resolution: null, note: 'as alice said' },
        { ...change, delivery_id: 'd2', resolution: null, note: 'as somebody said' },
      ])
      .execute();
    const notes = async () =>
      new Set(
        (await db.selectFrom('deliveries').select('state_note').execute()).map((row) => row.state_note),
      );
    await note('as alice said');
    await erase('user_name', 'alice');
    expect(await notes()).toEqual(new Set([null]));
    await note('as somebody said');
    await erase('user_name', 'alice');
    expect(await notes()).toEqual(new Set(['as somebody said']));
    expect(
      await db.selectFrom('state_changes').select(['by', 'note']).orderBy('delivery_id').execute(),
    ).toEqual([
      { by: 'alice', note: null },
      { by: 'alice', note: 'as somebody said' },
    ]);
  });

  it('deletes ended silences that name the person, and counts those in force', async () => {
    const silence = (id: string, endedAt: number | null) => ({
      id,
      rule: null,
      fields: JSON.stringify({ user_name: 'alice' }),
      reason: 'a test',
      author: 'ann',
      created_at: now,
      ends_at: now + 1,
      ended_at: endedAt,
    });
    await db
      .insertInto('silences')
      .values([silence('ended', now), silence('running', null)])
      .execute();
    expect(await eraseSilences(db, personOf('user_name', 'alice', ruleSet.redactor))).toBe(1);
    const left = await db.selectFrom('silences').select('id').execute();
    expect(left.map(({ id }) => id)).toEqual(['running']);
  });
});
