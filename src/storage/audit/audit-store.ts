import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';
import type { Page } from '../outbox/outbox-reader.js';

/** Something that a person or a program did to the router. */
export interface AuditEntry {
  readonly id: string;
  /** In ms since the epoch. */
  readonly at: number;
  /** The name of the admin token, or who pressed a button in Slack. */
  readonly by: string;
  /** The client's address, or `slack`. */
  readonly from: string;
  /** The method and path of the request, or what the button does. */
  readonly action: string;
  /** What was answered; null for a button. */
  readonly status: number | null;
}

/** How many rows one statement deletes. */
const batchRows = 200;

/** What was done to the router, newest first. */
export class AuditStore {
  constructor(private readonly db: Kysely<Database>) {}

  async add(entry: AuditEntry): Promise<void> {
    await this.db.insertInto('audit').values(entry).execute();
  }

  list(page: Page): Promise<AuditEntry[]> {
    return this.db
      .selectFrom('audit')
      .selectAll()
      .$if(page.after !== undefined, (query) => query.where('id', '<', page.after as string))
      .orderBy('id', 'desc')
      .limit(page.limit)
      .execute();
  }

  /** Deletes some of the entries from before then, and says whether there may be more. */
  async prune(before: number): Promise<boolean> {
    const old = this.db
      .selectFrom('audit')
      .select('id')
      .where('at', '<', before)
      .orderBy('at')
      .limit(batchRows);
    const { numDeletedRows } = await this.db
      .deleteFrom('audit')
      .where('id', 'in', old)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows) >= batchRows;
  }
}
