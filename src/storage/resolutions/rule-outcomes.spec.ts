import { newAlert } from '../../../test/support/alerts.js';
import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { RecordedStatements } from '../../../test/support/query-plans.js';
import type { DeliveryStateName, Resolution } from '../../domain/alerting/delivery-state.js';
import type { NewAlert, NewDelivery } from '../../domain/stores.js';
import { KyselyTransactions } from '../database/kysely-transactions.js';
import { writeThrottleSummaries } from '../throttles/throttle-summaries-store.js';
import { pruneHandled } from './handled-alerts.js';
import { noOutcome, RuleOutcomes, type RuleOutcome } from './rule-outcomes.js';
import { pruneSent } from './sent-alerts.js';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 0, 15, 12);
const security = (id: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  id,
  channel: 'security',
  ...more,
});

describe.each(databases)('how the alerts of rules were resolved, on $name', ({ open }) => {
  let database: TestDatabase;
  let transactions: KyselyTransactions;

  beforeEach(async () => {
    database = await open();
    transactions = new KyselyTransactions(database.db);
  });
  afterEach(() => database.close());

  const add = (
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
    at: number = now,
  ): Promise<unknown> => transactions.run(({ outbox }) => outbox.add(deliveries, alerts, at));

  const change = async (
    id: string,
    to: DeliveryStateName,
    at: number,
    resolution?: Resolution,
  ): Promise<void> => {
    const more = resolution === undefined ? {} : { resolution };
    await transactions.run(async ({ deliveryStates }) => {
      const found = await deliveryStates.find(id);
      await deliveryStates.save(id, { state: to, by: 'Ann', at, ...more });
      const from = found?.state.state ?? 'open';
      await deliveryStates.record(id, { at, by: 'Ann', from, to, via: 'api', ...more });
    });
  };

  const outcome = async (rule = 'failures', since = now): Promise<RuleOutcome | undefined> =>
    (await new RuleOutcomes(database.db).since(since)).get(rule);

  it('follows each message, and a reopening takes the resolution back', async () => {
    const ids = ['d1', 'd2', 'd3', 'd4', 'd5'];
    await add(
      ids.map((id) => security(id)),
      ids.map((id) => newAlert(`a-${id}`, id)),
    );
    expect(await outcome()).toEqual({ ...noOutcome, alerts: 5, open: 5 });
    await change('d1', 'acknowledged', now + 1_000);
    await change('d2', 'resolved', now + 2_000, 'true-positive');
    await change('d3', 'resolved', now + 4_000, 'false-positive');
    await change('d4', 'resolved', now + 9_000, 'expected');
    const each = { acknowledged: 1, truePositive: 1, falsePositive: 1, expected: 1 };
    expect(await outcome()).toEqual({ alerts: 5, open: 1, ...each, acknowledgedAfterMs: 3_000 });
    await change('d4', 'open', now + 10_000);
    await change('d1', 'resolved', now + 60_000, 'false-positive');
    const later = { acknowledged: 0, truePositive: 1, falsePositive: 2, expected: 0 };
    expect(await outcome()).toEqual({ alerts: 5, open: 2, ...later, acknowledgedAfterMs: 2_000 });
    await change('d4', 'acknowledged', now + 99_000);
    expect(await outcome()).toMatchObject({ open: 1, acknowledged: 1, acknowledgedAfterMs: 3_000 });
  });

  it('counts a message with alerts of several rules for each of them', async () => {
    await add(
      [security('d1')],
      [newAlert('a1', 'd1'), newAlert('a2', 'd1'), newAlert('a3', 'd1', { rule: 'other' })],
    );
    await change('d1', 'resolved', now + 5_000, 'expected');
    const all = { ...noOutcome, acknowledgedAfterMs: 5_000 };
    expect(await outcome()).toEqual({ ...all, alerts: 2, expected: 2 });
    expect(await outcome('other')).toEqual({ ...all, alerts: 1, expected: 1 });
  });

  it('leaves out alerts that no message shows, and repeats in a thread', async () => {
    await add([], [newAlert('a1', undefined)]);
    expect(await outcome()).toBeUndefined();
    await add([security('d1')], [newAlert('a2', 'd1')]);
    await add([security('d2', { threadOf: 'd1' })], [newAlert('a3', 'd2')]);
    await change('d2', 'acknowledged', now);
    expect(await outcome()).toEqual({ ...noOutcome, alerts: 1, open: 1 });
  });

  it('counts a suppressed alert once its summary is sent', async () => {
    await add([], [newAlert('a1', undefined, { reason: 'throttled' })]);
    await database.db
      .insertInto('throttles')
      .values({
        rule: 'failures',
        key: 'k',
        rule_hash: 'h',
        until: now,
        summary_at: now,
        suppressed: 3,
        suppressed_since: now,
        last_alert: JSON.stringify(['a1']),
        opened_by: '{}',
      })
      .execute();
    await writeThrottleSummaries(database.db, new CountingIds(), now);
    expect(await outcome()).toEqual({ ...noOutcome, alerts: 1, open: 1 });
  });

  it('begins with the day it is asked for, and what is older can be deleted', async () => {
    await add([security('d1')], [newAlert('a1', 'd1')], now - dayMs);
    await add([security('d2')], [newAlert('a2', 'd2')]);
    await change('d1', 'resolved', now, 'expected');
    expect(await outcome('failures', now - 1_000)).toEqual({ ...noOutcome, alerts: 1, open: 1 });
    const both = { ...noOutcome, alerts: 2, open: 1, expected: 1, acknowledgedAfterMs: dayMs };
    expect(await outcome('failures', now - dayMs)).toEqual(both);
    await pruneSent(database.db, now - dayMs, now);
    expect(await pruneHandled(database.db, now - dayMs)).toBe(false);
    expect(await outcome('failures', now - dayMs)).toEqual(both);
    await pruneSent(database.db, now, now);
    await pruneHandled(database.db, now);
    expect(await outcome('failures', 0)).toEqual({ ...noOutcome, alerts: 1, open: 1 });
  });

  it('adds up what several replicas have counted, and keeps the sum when they are gone', async () => {
    const replicas = [transactions, new KyselyTransactions(database.db)];
    await Promise.all(
      [...Array(20).keys()].map((number) =>
        replicas[number % 2]?.run(({ outbox }) =>
          outbox.add([security(`d${number}`)], [newAlert(`a${number}`, `d${number}`)], now),
        ),
      ),
    );
    expect((await outcome())?.alerts).toBe(20);
    await pruneSent(database.db, now, now + dayMs);
    await pruneSent(database.db, now, now + dayMs);
    expect(await database.db.selectFrom('sent_alerts').selectAll().execute()).toMatchObject([
      { rule: 'failures', writer: '', alerts: 20 },
    ]);
    expect((await outcome())?.alerts).toBe(20);
  });

  it('reads neither the alerts nor the messages', async () => {
    const recorded = new RecordedStatements(database);
    await new RuleOutcomes(recorded.db).since(now);
    const plans = await recorded.plans();
    expect(plans).toHaveLength(3);
    expect(plans.filter((plan) => /\b(alerts|deliveries)\b/.test(plan))).toEqual([]);
  });
});
