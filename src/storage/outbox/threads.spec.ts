import { Correlator } from '../../domain/windows/correlator.js';
import { Pipeline, type BatchResult } from '../../domain/pipeline.js';
import type { RuleSet } from '../../domain/rule-set.js';
import { fingerprint } from '../../app/fingerprint.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { mergeDeliveries } from './merge-deliveries.js';
import { by } from '../../../test/support/correlating.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { event, now, reasons, rule, ruleSet } from '../../../test/support/pipelines.js';

const hour = 3_600_000;
const throttle = { everyMs: hour, by: by('user_name') };
const group = { waitMs: 30_000, by: by('client_id') };

/** One rule, whose repeats go to the thread of the first message. */
function threaded(changes: Parameters<typeof rule>[2]): RuleSet {
  const rules = ruleSet([rule('a', {}, changes)]);
  const target = { kind: 'bot', slackChannel: 'C0123456789', thread: true } as const;
  return { ...rules, channels: new Map([['security', { name: 'security', target }]]) };
}

describe.each(databases)('threads on $name', ({ open }) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await open();
  });

  afterEach(() => database.close());

  function pipelineOf(rules: RuleSet): (events: readonly ReturnType<typeof event>[]) => Promise<BatchResult> {
    const pipeline = new Pipeline(rules, new Correlator(fingerprint), new CountingIds(), () => '');
    const transactions = new KyselyTransactions(database.db);
    return async (events) => {
      const matches = await pipeline.match(events);
      return transactions.run((stores) => pipeline.raise(matches, stores, now));
    };
  }

  /** Each delivery as its alerts' events, with the events of the message whose thread it goes to. */
  async function messages(): Promise<string[]> {
    const rows = await database.db
      .selectFrom('deliveries')
      .select(['id', 'thread_of'])
      .orderBy('id')
      .execute();
    const alerts = await database.db
      .selectFrom('alerts')
      .select(['delivery_id', 'log_id'])
      .orderBy('log_id')
      .execute();
    const eventsOf = (id: string): string =>
      alerts
        .filter(({ delivery_id }) => delivery_id === id)
        .map(({ log_id }) => log_id)
        .join(' ') || 'nothing';
    return rows.map(({ id, thread_of }) =>
      thread_of === null ? eventsOf(id) : `${eventsOf(id)} below ${eventsOf(thread_of)}`,
    );
  }

  it('lead to the group that a message has joined, from later batches and from its own', async () => {
    const raise = pipelineOf(threaded({ throttle, group }));
    const of = (id: string, user_name: string) => event(id, { user_name, client_id: 'one' });
    expect(reasons(await raise([of('e1', 'ann')]))).toEqual(['a e1 sent']);
    expect(reasons(await raise([of('e2', 'bob'), of('e3', 'bob')]))).toEqual(['a e2 grouped', 'a e3 sent']);
    expect(reasons(await raise([of('e4', 'bob'), of('e5', 'ann')]))).toEqual(['a e4 sent', 'a e5 sent']);
    expect(await messages()).toEqual(['e1 e2', 'e3 below e1 e2', 'e4 below e1 e2', 'e5 below e1 e2']);
  });

  it('lead to the message that another was merged into, from replies that wait and from those that come', async () => {
    const raise = pipelineOf(threaded({ throttle }));
    const of = (id: string, user_name: string) => event(id, { user_name });
    await raise([of('e1', 'ann'), of('e2', 'bob'), of('e3', 'eve')]);
    await raise([of('e4', 'bob')]);
    await database.db
      .updateTable('deliveries')
      .set({ next_at: now + 1 })
      .where('thread_of', 'is not', null)
      .execute();
    await mergeDeliveries(database.db, 'security', now);
    expect(await messages()).toEqual(['e1 e2 e3', 'e4 below e1 e2 e3']);
    await raise([of('e5', 'bob'), of('e6', 'eve'), of('e7', 'ann')]);
    expect(await messages()).toEqual([
      'e1 e2 e3',
      'e4 below e1 e2 e3',
      'e5 below e1 e2 e3',
      'e6 below e1 e2 e3',
      'e7 below e1 e2 e3',
    ]);
    await mergeDeliveries(database.db, 'security', now + 1);
    expect((await messages()).filter((message) => message.includes('below'))).toHaveLength(1);
  });

  it('are merged together with what they belong to', async () => {
    const raise = pipelineOf(threaded({ throttle }));
    const of = (id: string, user_name: string) => event(id, { user_name });
    await raise([of('e1', 'ann'), of('e2', 'bob'), of('e3', 'ann'), of('e4', 'bob')]);
    await mergeDeliveries(database.db, 'security', now);
    expect(await messages()).toEqual(['e1 e2', 'e3 e4 below e1 e2']);
  });

  it('are none where an older version has stored the message itself, or it is gone', async () => {
    const raise = pipelineOf(threaded({ throttle }));
    await raise([event('e1', { user_name: 'ann' })]);
    const [first] = await database.db.selectFrom('deliveries').select('id').execute();
    await database.db
      .updateTable('throttles')
      .set({ opened_by: JSON.stringify({ security: first?.id }) })
      .execute();
    await raise([event('e2', { user_name: 'ann' })]);
    await database.db.deleteFrom('deliveries').where('thread_of', 'is', null).execute();
    await database.db.deleteFrom('alerts').where('log_id', '=', 'e1').execute();
    await raise([event('e3', { user_name: 'ann' })]);
    expect(await messages()).toEqual(['e2 below nothing', 'e3 below nothing']);
  });
});
