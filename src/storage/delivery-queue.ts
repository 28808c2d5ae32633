import { sql, type Kysely } from 'kysely';
import type { AlertContent } from '../domain/alert.js';
import type { Message, Notice } from '../domain/message.js';
import type { NextStep } from '../domain/retry-policy.js';
import type { NewDelivery } from '../domain/stores.js';
import { OutboxStore } from './outbox-store.js';
import type { Database } from './schema.js';

/** A message to post now, with what the retry policy needs to know. */
export interface DueDelivery {
  readonly id: string;
  readonly channel: string;
  readonly message: Message;
  readonly attempts: number;
  readonly plain: boolean;
  readonly createdAt: number;
  readonly unknownRefusals: number;
  /** Whether the channel is paused and this is the message that tries it. */
  readonly probe: boolean;
}

/** What the channel said when it refused. `unknown`: no answer that its documentation names. */
export interface AttemptError {
  readonly text: string;
  readonly unknown: boolean;
}

export type NextDelivery =
  | { readonly kind: 'due'; readonly delivery: DueDelivery }
  /** Nothing before that time (ms since the epoch), or nothing at all until something new is committed. */
  | { readonly kind: 'none'; readonly until?: number };

const waiting = ['pending', 'retrying'] as const;

/** The outbox as its workers see it. */
export class DeliveryQueue {
  constructor(private readonly db: Kysely<Database>) {}

  /** Channels that have something waiting. */
  async channels(): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('deliveries')
      .select('channel')
      .distinct()
      .where('status', 'in', waiting)
      .execute();
    return rows.map((row) => row.channel);
  }

  /** The oldest message of the channel that may be posted at `now`, unless the channel is held. */
  async next(channel: string, now: number): Promise<NextDelivery> {
    const state = await this.db
      .selectFrom('channel_states')
      .selectAll()
      .where('channel', '=', channel)
      .executeTakeFirst();
    const row = await this.db
      .selectFrom('deliveries')
      .selectAll()
      .where('channel', '=', channel)
      .where('status', 'in', waiting)
      .orderBy('next_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return { kind: 'none' };
    const dueAt = Math.max(row.next_at, state?.held_until ?? 0);
    if (dueAt > now) return { kind: 'none', until: dueAt };
    return {
      kind: 'due',
      delivery: {
        id: row.id,
        channel,
        message: await this.messageOf(row.id, row.notice),
        attempts: row.attempts,
        plain: row.plain === 1,
        createdAt: row.created_at,
        unknownRefusals: state?.unknown_refusals ?? 0,
        probe: state?.paused != null,
      },
    };
  }

  /** Lets paused channels be tried at once, as after a change of the rules that may have mended them. */
  async probePaused(): Promise<void> {
    await this.db
      .updateTable('channel_states')
      .set({ held_until: 0 })
      .where('paused', 'is not', null)
      .execute();
  }

  /**
   * Writes down what follows from an attempt, in one transaction. `error` is what the channel said, if it refused;
   * `notice` is what operators are told about it.
   */
  async settle(
    delivery: DueDelivery,
    step: NextStep,
    error: AttemptError | undefined,
    notice: NewDelivery | undefined,
    now: number,
  ): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      const update = tx.updateTable('deliveries').where('id', '=', delivery.id);
      const lastError = error?.text ?? null;
      switch (step.kind) {
        case 'delivered':
          await update
            .set({ status: 'delivered', attempts: delivery.attempts + 1, finished_at: now })
            .execute();
          break;
        case 'retry':
          await update
            .set((eb) => ({
              status: 'retrying',
              attempts: delivery.attempts + 1,
              next_at: step.at,
              last_error: lastError,
              possibly_repeated: step.possiblyPosted ? 1 : eb.ref('possibly_repeated'),
            }))
            .execute();
          break;
        case 'resend-plain':
          await update
            .set({
              status: 'retrying',
              attempts: delivery.attempts + 1,
              next_at: now,
              last_error: lastError,
              plain: 1,
            })
            .execute();
          break;
        case 'dead':
          await update
            .set({ status: 'dead', attempts: delivery.attempts + 1, last_error: lastError, finished_at: now })
            .execute();
          break;
        case 'hold-channel':
        case 'pause-channel':
          await update.set({ last_error: lastError }).execute();
          break;
      }
      await writeChannelState(tx, delivery.channel, step, error);
      if (notice !== undefined) await new OutboxStore(tx).add([notice], [], now);
    });
  }

  private async messageOf(id: string, notice: string | null): Promise<Message> {
    if (notice !== null) return { kind: 'notice', notice: JSON.parse(notice) as Notice };
    const rows = await this.db
      .selectFrom('alerts')
      .select('content')
      .where('delivery_id', '=', id)
      .orderBy('id')
      .execute();
    return { kind: 'alert', alerts: rows.map((row) => JSON.parse(row.content) as AlertContent) };
  }
}

async function writeChannelState(
  tx: Kysely<Database>,
  channel: string,
  step: NextStep,
  error: AttemptError | undefined,
): Promise<void> {
  const unknown = error?.unknown ?? false;
  const heldUntil = step.kind === 'hold-channel' || step.kind === 'pause-channel' ? step.until : 0;
  const paused = step.kind === 'pause-channel' ? (error?.text ?? null) : null;
  await tx
    .insertInto('channel_states')
    .values({ channel, held_until: heldUntil, paused, unknown_refusals: unknown ? 1 : 0 })
    .onConflict((conflict) =>
      conflict.column('channel').doUpdateSet({
        held_until: heldUntil,
        // An answer that says nothing about the channel (a retry, a 429) doesn't end its pause; an accepted message does.
        paused: step.kind === 'retry' || step.kind === 'hold-channel' ? sql`channel_states.paused` : paused,
        unknown_refusals: unknown ? sql`channel_states.unknown_refusals + 1` : 0,
      }),
    )
    .execute();
}
