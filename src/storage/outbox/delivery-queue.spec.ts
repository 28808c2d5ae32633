import type { NextStep } from '../../domain/alerting/retry-policy.js';
import type { NewDelivery } from '../../domain/stores.js';
import type { AttemptError } from '../../domain/alerting/settlement.js';
import { DeliveryQueue, type DueDelivery } from './delivery-queue.js';
import { OutboxStore } from './outbox-store.js';
import { newAlert } from '../../../test/support/alerts.js';
import { databases, type TestDatabase } from '../../../test/support/databases.js';
import { settleAs } from '../../../test/support/settled.js';

const now = Date.UTC(2026, 0, 15, 12);
const later = now + 60_000;
const delivered: NextStep = { kind: 'delivered' };
const refused: AttemptError = { text: 'channel_not_found', unknown: false };
const undocumented: AttemptError = { text: 'no idea', unknown: true };

describe.each(databases)('settling an attempt on $name', ({ open }) => {
  let database: TestDatabase;
  let queue: DeliveryQueue;

  beforeEach(async () => {
    database = await open();
    queue = new DeliveryQueue(database.db);
    await new OutboxStore(database.db).add(
      [
        { id: 'd1', channel: 'security' },
        { id: 'd2', channel: 'security' },
        { id: 'd3', channel: 'iam' },
      ],
      ['d1', 'd2', 'd3'].map((id) => newAlert(`alert-${id}`, id)),
      now,
    );
  });

  afterEach(() => database.close());

  async function due(channel: string, at: number): Promise<DueDelivery> {
    const next = await queue.next(channel, at);
    if (next.kind !== 'due') throw new Error(`nothing is due in ${channel}: ${JSON.stringify(next)}`);
    return next.delivery;
  }

  /** Settles what is next in `security`. */
  async function settle(step: NextStep, error?: AttemptError, notice?: NewDelivery, at = now): Promise<void> {
    await settleAs(queue, await due('security', at), step, at, error, notice);
  }

  const row = (id: string) =>
    database.db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const state = () =>
    database.db.selectFrom('channel_states').selectAll().where('channel', '=', 'security').executeTakeFirst();

  it('ends a delivered message and goes on with the next', async () => {
    await settle(delivered);
    expect(await row('d1')).toMatchObject({ status: 'delivered', attempts: 1, finished_at: now });
    expect(await due('security', now)).toMatchObject({ id: 'd2', attempts: 0 });
    await settle(delivered);
    expect(await queue.next('security', later)).toEqual({ kind: 'none' });
    expect(await queue.channels()).toEqual(['iam']);
  });

  it('tries a message again at its time, and others meanwhile', async () => {
    await settle({ kind: 'retry', at: later, possiblyPosted: false }, { text: 'HTTP 500', unknown: false });
    expect(await row('d1')).toMatchObject({
      status: 'retrying',
      attempts: 1,
      last_error: 'HTTP 500',
      possibly_repeated: 0,
    });
    await settle(delivered);
    expect(await queue.next('security', later - 1)).toEqual({ kind: 'none', until: later });
    expect(await due('security', later)).toMatchObject({ id: 'd1', attempts: 1, plain: false });
    expect(await queue.channels()).toContain('security');
  });

  it('remembers that a message may stand in the channel already', async () => {
    await settle({ kind: 'retry', at: now, possiblyPosted: true }, refused);
    await settle({ kind: 'retry', at: now, possiblyPosted: false }, refused);
    await settle(delivered);
    expect(await row('d1')).toMatchObject({ status: 'delivered', attempts: 3, possibly_repeated: 1 });
  });

  it('sends a refused message once more, at once, as plain text', async () => {
    await settle({ kind: 'resend-plain' }, { text: 'invalid_blocks', unknown: false });
    expect(await row('d1')).toMatchObject({ status: 'retrying', last_error: 'invalid_blocks' });
    expect(await due('security', now)).toMatchObject({ id: 'd1', attempts: 1, plain: true });
  });

  it('ends a dead message and goes on with the next', async () => {
    await settle({ kind: 'dead' }, { text: 'invalid_blocks', unknown: false });
    expect(await row('d1')).toMatchObject({
      status: 'dead',
      attempts: 1,
      last_error: 'invalid_blocks',
      finished_at: now,
    });
    expect(await due('security', now)).toMatchObject({ id: 'd2' });
  });

  it('holds the whole channel, and no other, at the cost of no attempt', async () => {
    await settle({ kind: 'hold-channel', until: later }, { text: 'HTTP 429', unknown: false });
    expect(await row('d1')).toMatchObject({ status: 'pending', attempts: 0, last_error: 'HTTP 429' });
    expect(await queue.next('security', later - 1)).toEqual({ kind: 'none', until: later });
    expect(await due('iam', now)).toMatchObject({ id: 'd3' });
    expect(await due('security', later)).toMatchObject({ id: 'd1', attempts: 0, probe: false });
  });

  it('ends a hold with the next answer that asks for none', async () => {
    await settle({ kind: 'hold-channel', until: later }, refused);
    await settle(delivered, undefined, undefined, later);
    expect(await state()).toMatchObject({ held_until: 0, paused: null });
    expect(await due('security', later)).toMatchObject({ id: 'd2' });
  });

  it('pauses the whole channel, and no other, until a probe', async () => {
    await settle({ kind: 'pause-channel', until: later }, refused);
    expect(await row('d1')).toMatchObject({
      status: 'pending',
      attempts: 0,
      last_error: 'channel_not_found',
    });
    expect(await state()).toMatchObject({ paused: 'channel_not_found', held_until: later });
    expect(await queue.next('security', later - 1)).toEqual({ kind: 'none', until: later });
    expect(await due('iam', now)).toMatchObject({ id: 'd3', probe: false });
    expect(await due('security', later)).toMatchObject({ id: 'd1', probe: true });
  });

  it.each([
    ['an accepted message', delivered, undefined, null],
    ['a refused message', { kind: 'resend-plain' }, refused, null],
    ['a message without an answer', { kind: 'retry', at: later, possiblyPosted: true }, refused, 'no_team'],
    ['a hold', { kind: 'hold-channel', until: later }, refused, 'no_team'],
    ['another refusal of the channel', { kind: 'pause-channel', until: later }, refused, 'channel_not_found'],
  ] as const)('has a channel after %s and a pause in the right state', async (_case, step, error, paused) => {
    await settle({ kind: 'pause-channel', until: now }, { text: 'no_team', unknown: false });
    await settle(step, error);
    expect(await state()).toMatchObject({ paused });
  });

  it('probes paused channels at once when asked to, and leaves held ones alone', async () => {
    await settle({ kind: 'pause-channel', until: later }, refused);
    await settleAs(queue, await due('iam', now), { kind: 'hold-channel', until: later }, now, refused);
    await queue.probePaused();
    expect(await due('security', now)).toMatchObject({ id: 'd1', probe: true });
    expect(await queue.next('iam', now)).toEqual({ kind: 'none', until: later });
  });

  it('counts undocumented refusals in a row', async () => {
    const counts = [];
    const outcomes: [NextStep, AttemptError | undefined][] = [
      [{ kind: 'resend-plain' }, undocumented],
      [{ kind: 'dead' }, undocumented],
      [{ kind: 'resend-plain' }, refused],
      [{ kind: 'dead' }, undocumented],
    ];
    for (const [step, error] of outcomes) {
      await settle(step, error);
      counts.push((await state())?.unknown_refusals);
    }
    expect(counts).toEqual([1, 2, 0, 1]);
    await new OutboxStore(database.db).add([{ id: 'd4', channel: 'security' }], [], now);
    expect(await due('security', now)).toMatchObject({ id: 'd4', unknownRefusals: 1 });
  });

  describe('with a notice', () => {
    const notice = { severity: 'high', title: 'Look', detail: 'here', at: now } as const;

    it('puts it into its own channel', async () => {
      await settle({ kind: 'dead' }, refused, { id: 'n1', channel: 'ops', notice });
      expect(await due('ops', now)).toMatchObject({
        id: 'n1',
        message: { kind: 'notice', notice },
      });
    });

    it('writes neither the notice nor the outcome when one of them fails', async () => {
      const clash = { id: 'd3', channel: 'ops', notice };
      await expect(settle({ kind: 'dead' }, refused, clash)).rejects.toThrow(/unique/i);
      expect(await row('d1')).toMatchObject({ status: 'pending', attempts: 0, last_error: null });
      expect(await state()).toBeUndefined();
      expect(await queue.next('ops', now)).toEqual({ kind: 'none' });
    });
  });
});
