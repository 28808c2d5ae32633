import type { NextStep } from '../../domain/alerting/retry-policy.js';
import { DeliveryQueue } from './delivery-queue.js';
import { OutboxStore } from './outbox-store.js';
import { alertContent, newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { settleAs } from '../../../test/support/settled.js';

const now = Date.UTC(2026, 0, 15, 12);
const notice = { severity: 'high', title: 'Look', detail: 'here', at: now } as const;

describe.each(databases)('the outbox on $name', ({ open }) => {
  let database: TestDatabase;
  let queue: DeliveryQueue;

  beforeEach(async () => {
    database = await open();
    queue = new DeliveryQueue(database.db);
  });

  afterEach(() => database.close());

  const add: OutboxStore['add'] = (deliveries, alerts, at) =>
    new OutboxStore(database.db).add(deliveries, alerts, at);

  it('has nothing at first', async () => {
    expect(await queue.next('security', now)).toEqual({ kind: 'none' });
    expect(await queue.channels()).toEqual([]);
  });

  it('gives a message with everything its alert says', async () => {
    const content = alertContent('Failed login \u{1F512} "quoted"', {
      text: ['by ', { value: '<!channel>' }],
      fields: [{ name: 'User', value: [{ value: 'bob' }] }],
      blocks: [
        {
          entries: [
            ['type', { spans: ['section'] }],
            ['wide', { literal: true }],
          ],
        },
      ],
      mentions: ['<!here>'],
      runbook: 'https://runbooks.example.com/failures',
      link: 'https://manage.auth0.com/#/logs/90020',
    });
    await add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1', { content })], now);
    expect(await queue.next('security', now)).toEqual({
      kind: 'due',
      delivery: {
        id: 'd1',
        channel: 'security',
        message: {
          kind: 'alert',
          alerts: [content],
          handling: { delivery: 'd1', state: { state: 'open' }, silence: { rule: 'failures' } },
        },
        attempts: 0,
        plain: false,
        firstTriedAt: undefined,
        unknownRefusals: 0,
        probe: false,
      },
    });
  });

  describe('with a repeat of a message', () => {
    const content = alertContent('T', { mentions: ['<!here>'] });

    /** The mentions of the repeats, first of one of them and then of a digest of two. */
    async function mentionsAfter(step: NextStep): Promise<unknown[]> {
      await add([{ id: 'd1', channel: 'iam' }], [newAlert('a1', 'd1', { content })], now);
      const opening = await queue.next('iam', now);
      if (opening.kind !== 'due') throw new Error('nothing is due');
      await settleAs(queue, opening.delivery, step, now);
      const mentions: unknown[] = [];
      for (const ids of [['a2'], ['a3', 'a4']]) {
        const id = `of ${ids.join()}`;
        await add(
          [{ id, channel: 'iam', threadOf: 'd1' }],
          ids.map((alert) => newAlert(alert, id, { content })),
          now,
        );
        const next = await queue.next('iam', now);
        if (next.kind !== 'due') throw new Error('nothing is due');
        const { message } = next.delivery;
        if (message.kind === 'alert') mentions.push(message.alerts.map((alert) => alert.mentions));
        if (message.kind === 'digest') mentions.push(message.digest.mentions);
        await settleAs(queue, next.delivery, { kind: 'delivered' }, now);
      }
      return mentions;
    }

    it('mentions nobody again in the thread', async () => {
      expect(await mentionsAfter({ kind: 'delivered', ts: '1.1' })).toEqual([[[]], []]);
    });

    it('mentions whom the message could not that was to open the thread', async () => {
      expect(await mentionsAfter({ kind: 'dead' })).toEqual([[['<!here>']], ['<!here>']]);
    });
  });

  it('shows several alerts of one message in the order they were raised', async () => {
    const alerts = ['a3', 'a1', 'a2'].map((id) => newAlert(id, 'd1', { logIds: ['one-event'] }));
    await add([{ id: 'd1', channel: 'security' }], [...alerts, newAlert('a0', undefined)], now);
    expect(await queue.next('security', now)).toMatchObject({
      delivery: { message: { alerts: ['a1', 'a2', 'a3'].map((id) => alertContent(`title of ${id}`)) } },
    });
  });

  it('gives a notice in its own words', async () => {
    await add([{ id: 'd1', channel: 'security', notice }], [], now);
    expect(await queue.next('security', now)).toMatchObject({
      delivery: { message: { kind: 'notice', notice } },
    });
  });

  it('keeps for the history what a suppressed alert says, and posts it nowhere', async () => {
    await add([], [newAlert('a1', undefined)], now);
    expect(await queue.channels()).toEqual([]);
    expect(await database.db.selectFrom('alerts').selectAll().execute()).toEqual([
      expect.objectContaining({
        id: 'a1',
        reason: 'out of hours',
        created_at: now,
        log_ids: '["log-of-a1"]',
        delivery_id: null,
      }),
    ]);
  });

  it('gives the oldest message of the channel that was asked for', async () => {
    await add(
      [
        { id: 'd2', channel: 'iam' },
        { id: 'd4', channel: 'security' },
        { id: 'd3', channel: 'security' },
      ],
      [],
      now,
    );
    await add([{ id: 'd1', channel: 'security' }], [], now + 1);
    expect(await queue.next('security', now + 1)).toMatchObject({ delivery: { id: 'd3' } });
    expect(await queue.next('iam', now + 1)).toMatchObject({ delivery: { id: 'd2' } });
    expect([...(await queue.channels())].toSorted()).toEqual(['iam', 'security']);
  });

  it('gives the same message again until it is settled, also after a restart', async () => {
    await add([{ id: 'd1', channel: 'security' }], [newAlert('a1', 'd1')], now);
    const first = await queue.next('security', now);
    await database.reopen();
    expect(await new DeliveryQueue(database.db).next('security', now)).toEqual(first);
  });

  it('takes thousands of alerts at once', async () => {
    const numbers = Array.from({ length: 4000 }, (_, index) => String(index).padStart(4, '0'));
    await add(
      numbers.map((number) => ({ id: `d${number}`, channel: 'security' })),
      numbers.map((number) => newAlert(`a${number}`, `d${number}`)),
      now,
    );
    expect(await queue.next('security', now)).toMatchObject({ delivery: { id: 'd0000' } });
    expect(await database.db.selectFrom('alerts').select('id').execute()).toHaveLength(4000);
  });
});
