import { CountingIds } from '../../../test/support/counting-ids.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import type { AlertContent } from '../../domain/alert.js';
import type { NewAlert, NewDelivery } from '../../domain/stores.js';
import { DeliveryQueue } from '../outbox/delivery-queue.js';
import { OutboxStore } from '../outbox/outbox-store.js';
import { writeFollowUps } from './due-follow-ups.js';
import { FollowUpsStore } from './follow-ups-store.js';
import { settleAs } from '../../../test/support/settled.js';

const at = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;
const end = at + 10 * minute;
const content: AlertContent = {
  ruleId: 'failures',
  ruleName: 'Failed logins',
  severity: 'high',
  title: ['Many failures'],
  fields: [],
  mentions: [],
  at,
};
const cooldown = {
  keyId: 'key',
  alertAt: at,
  count: 2,
  firstAt: at - minute,
  lastAt: at,
  endsAt: end,
  key: '192.0.2.1',
};
const canEdit = (channel: string): boolean => channel === 'bot';

describe.each(databases)('follow-ups on $name', ({ open }) => {
  let database: TestDatabase;
  let ids: CountingIds;

  beforeEach(async () => {
    database = await open();
    ids = new CountingIds();
  });

  afterEach(() => database.close());

  const store = (): FollowUpsStore => new FollowUpsStore(database.db);
  const alert = (id: string, channel: string, deliveryId: string, logId = 'log-1'): NewAlert => ({
    id,
    rule: 'failures',
    channel,
    severity: 'high',
    at,
    title: 'Many failures',
    logIds: [logId],
    reason: 'sent',
    content,
    keys: { type: 'fp' },
    people: [],
    deliveryId,
  });
  const send = (deliveries: readonly NewDelivery[], alerts: readonly NewAlert[]): Promise<unknown> =>
    new OutboxStore(database.db).add(deliveries, alerts, at);
  const deliver = async (channel: string, ts?: string): Promise<void> => {
    const queue = new DeliveryQueue(database.db);
    const next = await queue.next(channel, end);
    if (next.kind !== 'due') throw new Error('there is nothing to deliver');
    await settleAs(queue, next.delivery, { kind: 'delivered', ts }, end);
  };
  const sent = async (): Promise<void> => {
    await send(
      [
        { id: 'in-bot', channel: 'bot' },
        { id: 'in-hook', channel: 'hook' },
      ],
      [alert('a', 'bot', 'in-bot'), alert('b', 'hook', 'in-hook')],
    );
    await deliver('bot', '1700000000.000001');
    await deliver('hook');
    await store().begin([{ ...cooldown, alertIds: ['a', 'b'] }]);
  };
  const add = (count: number, lastAt = at + minute): Promise<void> =>
    store().add([{ keyId: 'key', alertAt: at, count, firstAt: at + 1, lastAt }]);
  const write = async (now = end): Promise<string[]> =>
    [...(await writeFollowUps(database.db, ids, now, canEdit))].toSorted();
  const due = async (channel: string) => {
    const next = await new DeliveryQueue(database.db).next(channel, end);
    return next.kind === 'due' ? next.delivery : undefined;
  };
  const left = async (): Promise<number> =>
    (await database.db.selectFrom('window_follow_ups').selectAll().execute()).length;

  it('report nothing before the cooldown has ended, and nothing where no more events came', async () => {
    await sent();
    await add(5);
    expect(await write(end - 1)).toEqual([]);
    expect(await left()).toBe(1);
    await database.db.deleteFrom('window_follow_ups').execute();
    await store().begin([{ ...cooldown, alertIds: ['a', 'b'] }]);
    expect(await write()).toEqual([]);
    expect(await left()).toBe(0);
  });

  it("edit the message of a channel that can, and need twice the alert's events elsewhere", async () => {
    await sent();
    await add(1);
    expect(await write()).toEqual(['bot']);
    expect(await due('bot')).toMatchObject({
      edits: { ts: '1700000000.000001' },
      message: {
        kind: 'alert',
        followUps: [{ count: 3, firstAt: at - minute, lastAt: at + minute, key: '192.0.2.1' }],
      },
    });
  });

  it('add events up, ignore those of other cooldowns, and go out once', async () => {
    await sent();
    await add(1, at + 2 * minute);
    await store().add([
      { keyId: 'key', alertAt: at, count: 1, firstAt: at - 5 * minute, lastAt: at },
      { keyId: 'other', alertAt: at, count: 9, firstAt: at, lastAt: at },
    ]);
    expect(await write()).toEqual(['bot', 'hook']);
    expect(await write()).toEqual([]);
    expect(await due('hook')).toMatchObject({
      message: {
        kind: 'follow-up',
        followUp: {
          ruleName: 'Failed logins',
          severity: 'high',
          count: 4,
          firstAt: at - 5 * minute,
          lastAt: at + 2 * minute,
        },
      },
    });
  });

  it('keep what an edit has said when a later reply in the thread edits the message again', async () => {
    await sent();
    await add(1);
    await write();
    await deliver('bot', '1700000000.000001');
    expect(await new DeliveryQueue(database.db).openingMessage('in-bot')).toMatchObject({
      followUps: [{ count: 3 }],
    });
  });

  it('wait for a message that is not delivered yet', async () => {
    await send([{ id: 'in-bot', channel: 'bot' }], [alert('a', 'bot', 'in-bot')]);
    await store().begin([{ ...cooldown, alertIds: ['a'] }]);
    await add(1);
    expect(await write()).toEqual([]);
    await deliver('bot', '1700000000.000001');
    expect(await write(end + minute)).toEqual(['bot']);
  });

  it('say nothing of an alert inside a digest, nor of one whose message is dead', async () => {
    await send(
      [{ id: 'in-bot', channel: 'bot' }],
      [alert('a', 'bot', 'in-bot'), alert('other', 'bot', 'in-bot', 'log-2')],
    );
    await deliver('bot', '1700000000.000001');
    await send([{ id: 'in-hook', channel: 'hook' }], [alert('b', 'hook', 'in-hook')]);
    await database.db.updateTable('deliveries').set({ status: 'dead' }).where('id', '=', 'in-hook').execute();
    await store().begin([{ ...cooldown, alertIds: ['a', 'b'] }]);
    await add(9);
    expect(await write()).toEqual([]);
    expect(await left()).toBe(0);
  });

  it('are written by one of two replicas that look at once', async () => {
    await sent();
    await add(9);
    await Promise.all([write(), write()]);
    const rows = await database.db
      .selectFrom('deliveries')
      .select('id')
      .where('follow_up', 'is not', null)
      .execute();
    expect(rows).toHaveLength(2);
  });
});
