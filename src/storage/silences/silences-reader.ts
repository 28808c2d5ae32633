import type { Kysely } from 'kysely';
import type { Silence } from '../../domain/alerting/silence.js';
import type { Page } from '../outbox/outbox-reader.js';
import type { Database } from '../database/schema.js';
import { silenceOf } from './silences-store.js';

/** A silence as a person sees it. */
export interface ListedSilence extends Silence {
  /** How many alerts it has suppressed so far. */
  readonly silenced: number;
}

/** The silences in force, for people and for the clock. */
export class SilencesReader {
  constructor(private readonly db: Kysely<Database>) {}

  async inForce(page: Page, now: number): Promise<ListedSilence[]> {
    const rows = await this.db
      .selectFrom('silences')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .$if(page.after !== undefined, (query) => query.where('id', '<', page.after as string))
      .orderBy('id', 'desc')
      .limit(page.limit)
      .execute();
    return rows.map((row) => ({ ...silenceOf(row), silenced: row.silenced }));
  }

  /** Whether a silence is over but has not been ended yet. */
  async anyDue(now: number): Promise<boolean> {
    const row = await this.db
      .selectFrom('silences')
      .select('id')
      .where('ended_at', 'is', null)
      .where('ends_at', '<=', now)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
