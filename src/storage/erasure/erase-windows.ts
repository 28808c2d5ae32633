import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import { mentionedIn } from './mentions.js';
import { parseJson, type Person } from './person.js';

/** How many rows are looked at between two turns of the event loop. */
const rowsAtOnce = 1_000;

/**
 * Makes windows, follow-ups and throttles forget a person: their events no longer count, and keys that name them begin
 * anew. What they were locked with stays, which are fingerprints.
 */
export async function eraseWindows(db: Kysely<Database>, person: Person): Promise<void> {
  await eraseSamples(db, person);
  await eraseEvents(db, person);
  await eraseKeys(db, person);
  await eraseThrottles(db, person);
}

async function eraseSamples(db: Kysely<Database>, person: Person): Promise<void> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('window_samples')
      .select(['log_id', 'data'])
      .where('log_id', '>', after)
      .orderBy('log_id')
      .limit(rowsAtOnce)
      .execute();
    const found = rows.filter(({ data }) => mentionedIn(parseJson(data), person.words));
    for (const chunk of chunks(found.map((row) => row.log_id))) await deleteEvents(db, chunk);
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last.log_id;
  }
}

/** The events by their log ids, in all windows, and their data. */
async function deleteEvents(db: Kysely<Database>, logIds: readonly string[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const events = await transaction
      .selectFrom('window_events')
      .select('key_id')
      .distinct()
      .where('log_id', 'in', logIds)
      .execute();
    await invalidate(
      transaction,
      events.map((row) => row.key_id),
    );
    await transaction.deleteFrom('window_events').where('log_id', 'in', logIds).execute();
    await transaction.deleteFrom('window_samples').where('log_id', 'in', logIds).execute();
  });
}

/** Events whose data is gone already and whose value is the person. */
async function eraseEvents(db: Kysely<Database>, person: Person): Promise<void> {
  let after = { key: '', seq: -1 };
  for (;;) {
    const rows = await db
      .selectFrom('window_events')
      .select(['key_id', 'seq', 'value'])
      .where((eb) => eb(eb.refTuple('key_id', 'seq'), '>', eb.tuple(after.key, after.seq)))
      .orderBy('key_id')
      .orderBy('seq')
      .limit(rowsAtOnce)
      .execute();
    const found = rows.filter(({ value }) => mentionedIn(parseJson(value), person.words));
    if (found.length > 0)
      await db.transaction().execute(async (transaction) => {
        await invalidate(
          transaction,
          found.map((row) => row.key_id),
        );
        for (const { key_id: key, seq } of found)
          await transaction
            .deleteFrom('window_events')
            .where('key_id', '=', key)
            .where('seq', '=', seq)
            .execute();
      });
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = { key: last.key_id, seq: last.seq };
  }
}

/** Locks the keys, and makes every replica read them anew. */
async function invalidate(db: Kysely<Database>, keyIds: readonly string[]): Promise<void> {
  for (const chunk of chunks([...new Set(keyIds)].toSorted()))
    await db
      .updateTable('window_keys')
      .set({ version: randomInt(1, 2 ** 48 - 1) })
      .where('id', 'in', chunk)
      .execute();
}

/** Keys that name the person, with all that they remember. */
async function eraseKeys(db: Kysely<Database>, person: Person): Promise<void> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('window_keys')
      .select(['id', 'text'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    const found = rows.filter(({ text }) => mentionedIn(text, person.words)).map(({ id }) => id);
    for (const chunk of chunks(found))
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('window_keys').where('id', 'in', chunk).execute();
        await transaction.deleteFrom('window_events').where('key_id', 'in', chunk).execute();
        await transaction.deleteFrom('window_follow_ups').where('key_id', 'in', chunk).execute();
      });
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) break;
    after = last.id;
  }
  const followUps = await db.selectFrom('window_follow_ups').select(['key_id', 'key_text']).execute();
  const named = followUps.filter(({ key_text: text }) => mentionedIn(text, person.words));
  for (const chunk of chunks(named.map((row) => row.key_id)))
    await db.deleteFrom('window_follow_ups').where('key_id', 'in', chunk).execute();
}

/** The periods of a person: the next alert about them is sent at once. */
async function eraseThrottles(db: Kysely<Database>, person: Person): Promise<void> {
  let after = { rule: '', key: '' };
  for (;;) {
    const rows = await db
      .selectFrom('throttles')
      .select(['rule', 'key'])
      .where((eb) => eb(eb.refTuple('rule', 'key'), '>', eb.tuple(after.rule, after.key)))
      .orderBy('rule')
      .orderBy('key')
      .limit(rowsAtOnce)
      .execute();
    for (const { rule, key } of rows) {
      if (!mentionedIn(parseJson(key), person.words)) continue;
      await db.deleteFrom('throttles').where('rule', '=', rule).where('key', '=', key).execute();
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = last;
  }
}

/** Deletes ended silences whose fields name the person. Gives how many that still run name them. */
export async function eraseSilences(db: Kysely<Database>, person: Person): Promise<number> {
  const rows = await db.selectFrom('silences').select(['id', 'fields', 'reason', 'ended_at']).execute();
  const named = rows.filter(({ fields, reason }) => mentionedIn([parseJson(fields), reason], person.words));
  const ended = named.filter(({ ended_at: endedAt }) => endedAt !== null);
  for (const chunk of chunks(ended.map(({ id }) => id)))
    await db.deleteFrom('silences').where('id', 'in', chunk).execute();
  return named.length - ended.length;
}
