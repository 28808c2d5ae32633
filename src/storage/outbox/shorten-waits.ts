import { sql, type Kysely } from 'kysely';
import { defaultRetryPolicy, longestHoldMs } from '../../domain/alerting/retry-policy.js';
import { waitAt, type Wait } from '../../domain/wait.js';
import { inBatches } from '../../app/batches.js';
import { DeliveryQueue } from './delivery-queue.js';
import { isPostgres } from '../database/dialect.js';
import type { Database } from '../database/schema.js';

/** How many rows one transaction changes, so that no batch waits long for the database. */
const batchRows = 200;
const { maxDelayMs } = defaultRetryPolicy;

/**
 * Shortens every stored wait that is longer than it can have been meant, as those are that a clock wrote which has gone
 * back since, and writes that down for every replica. Times that only say what was, and that only pruning looks at, stay.
 * Returns the channels whose messages may go out earlier now.
 */
export async function shortenWaits(db: Kysely<Database>, now: number): Promise<ReadonlySet<string>> {
  const channels = new Set<string>();
  for (const channel of await shortenHolds(db, now)) channels.add(channel);
  for (const channel of await new DeliveryQueue(db).channels())
    await untilDone(async () => {
      const shortened = await shortenDeliveries(db, channel, now);
      if (shortened > 0) channels.add(channel);
      return shortened;
    });
  await untilDone(() => shortenThrottles(db, now));
  await untilDone(() => shortenMissing(db, now));
  await shortenSilences(db, now);
  await db.updateTable('heartbeat').set({ last_event_at: now }).where('last_event_at', '>', now).execute();
  await db.updateTable('heartbeat').set({ silent_since: now }).where('silent_since', '>', now).execute();
  await db
    .updateTable('deliveries')
    .set({ remind_at: now })
    .where('remind_at', '>', now)
    .where('created_at', '>', now)
    .execute();
  // From then on a window learns.
  await db.updateTable('windows').set({ loaded_at: now }).where('loaded_at', '>', now).execute();
  return channels;
}

/** Lets others go first between two batches, since a SQLite statement keeps the whole process waiting. */
async function untilDone(batch: () => Promise<number>): Promise<void> {
  const rest = inBatches();
  while ((await batch()) === batchRows) await rest();
}

async function shortenHolds(db: Kysely<Database>, now: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('channel_states')
    .select(['channel', 'held_since', 'held_until'])
    .where('held_until', '>', now)
    .where((eb) => eb.or([eb('held_since', '>', now), eb('held_until', '>', now + longestHoldMs)]))
    .execute();
  for (const { channel, held_since, held_until } of rows) {
    const hold = waitAt({ since: held_since, until: held_until }, now, longestHoldMs);
    await db
      .updateTable('channel_states')
      .set({ held_since: hold.since, held_until: hold.until })
      .where('channel', '=', channel)
      // Another one may have been written meanwhile.
      .where('held_until', '=', held_until)
      .execute();
  }
  return rows.map(({ channel }) => channel);
}

/**
 * A group waits as long as its rule says. Whatever else is new goes out at once, unless it is a reply, which waits for
 * the message above it; and what was tried waits for the longest backoff at most.
 */
function shortenDeliveries(db: Kysely<Database>, channel: string, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('deliveries')
      .select(['id', 'status', 'next_at', 'created_at', 'group_key', 'thread_of'])
      .where('channel', '=', channel)
      .where('finished_at', 'is', null)
      .where('status', 'in', ['pending', 'retrying'])
      .where('next_at', '>', now)
      .where((eb) =>
        eb.or([
          eb('created_at', '>', now),
          eb.and([eb('group_key', 'is', null), eb('next_at', '>', now + maxDelayMs)]),
          eb.and([eb('group_key', 'is', null), eb('thread_of', 'is', null), eb('status', '=', 'pending')]),
        ]),
      )
      .orderBy('next_at')
      .orderBy('id')
      .limit(batchRows)
      .execute();
    const idsByWait = new Map<string, string[]>();
    for (const { id, status, next_at, created_at, group_key, thread_of } of rows) {
      const isNew = status === 'pending' && thread_of === null;
      const longestMs = group_key !== null ? undefined : isNew ? 0 : maxDelayMs;
      const wait = JSON.stringify(waitAt({ since: created_at, until: next_at }, now, longestMs));
      idsByWait.set(wait, [...(idsByWait.get(wait) ?? []), id]);
    }
    // New messages, which may be very many, all wait alike then.
    for (const [text, ids] of idsByWait) {
      const wait = JSON.parse(text) as Wait;
      await tx
        .updateTable('deliveries')
        .set({ created_at: wait.since, next_at: wait.until })
        .where('id', 'in', ids)
        .where('next_at', '>', now)
        .where('finished_at', 'is', null)
        .execute();
    }
    return rows.length;
  });
}

/** A period in which nothing was suppressed is looked at when its next alert comes. */
function shortenThrottles(db: Kysely<Database>, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('throttles')
      .select(['rule', 'key', 'until', 'summary_at', 'suppressed_since'])
      // No parameter, so that it is known to be what the index on these rows says.
      .where(sql<boolean>`suppressed > 0`)
      .where('summary_at', '>', now)
      .where('suppressed_since', '>', now)
      .orderBy('summary_at')
      .limit(batchRows)
      .execute();
    for (const { rule, key, until, summary_at, suppressed_since } of rows) {
      const since = suppressed_since ?? now;
      await tx
        .updateTable('throttles')
        .set({
          suppressed_since: now,
          until: waitAt({ since, until }, now).until,
          summary_at: waitAt({ since, until: summary_at }, now).until,
        })
        .where('rule', '=', rule)
        .where('key', '=', key)
        .where('suppressed_since', '=', suppressed_since)
        .execute();
    }
    return rows.length;
  });
}

/** Events that something is to follow: none happened later than now. */
function shortenMissing(database: Kysely<Database>, now: number): Promise<number> {
  return database.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('window_events')
      .select(['key_id', 'seq', 'at', 'due_at'])
      .where('due_at', '>', now)
      .where('at', '>', now)
      .orderBy('due_at')
      .limit(batchRows)
      .execute();
    await renewKeys(tx, [...new Set(rows.map(({ key_id }) => key_id))]);
    for (const { key_id, seq, at, due_at } of rows) {
      const wait = waitAt({ since: at, until: due_at ?? at }, now);
      await tx
        .updateTable('window_events')
        .set({ at: wait.since, due_at: wait.until })
        .where('key_id', '=', key_id)
        .where('seq', '=', seq)
        .execute();
    }
    return rows.length;
  });
}

/** Locks keys in the order that batches do, and gives them a version that no replica has in memory. */
async function renewKeys(tx: Kysely<Database>, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  if (isPostgres(tx))
    await tx
      .selectFrom('window_keys')
      .select('id')
      .where('id', 'in', ids)
      .orderBy('id')
      .forUpdate()
      .execute();
  await tx.updateTable('window_keys').set({ version: 0 }).where('id', 'in', ids).execute();
}

async function shortenSilences(db: Kysely<Database>, now: number): Promise<void> {
  const rows = await db
    .selectFrom('silences')
    .select(['id', 'created_at', 'ends_at'])
    .where('ended_at', 'is', null)
    .where('created_at', '>', now)
    .execute();
  for (const { id, created_at, ends_at } of rows) {
    const silence = waitAt({ since: created_at, until: ends_at }, now);
    await db
      .updateTable('silences')
      .set({ created_at: silence.since, ends_at: silence.until })
      .where('id', '=', id)
      .where('created_at', '=', created_at)
      .execute();
  }
}
