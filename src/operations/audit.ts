import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import { Ids } from '../domain/stores.js';
import { storable } from '../domain/text.js';
import { AuditStore } from '../storage/audit/audit-store.js';
import type { Database } from '../storage/database/schema.js';

/** How much of a path or a name is kept, in characters. */
const longest = 300;

/** Writes down who did what. An entry that can't be written is logged, and keeps nothing from happening. */
@Injectable()
export class Audit {
  private readonly logger = new Logger('Audit');
  private readonly store: AuditStore;

  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    @Inject(Kysely) db: Kysely<Database>,
  ) {
    this.store = new AuditStore(db);
  }

  async record(done: {
    readonly by: string;
    readonly from: string;
    readonly action: string;
    readonly status: number | null;
  }): Promise<void> {
    const entry = {
      ...done,
      by: lineOf(done.by),
      action: lineOf(done.action),
    };
    try {
      this.logger.log(`${entry.by}: ${entry.action}${done.status === null ? '' : ` (${done.status})`}`);
      await this.store.add({ id: this.ids.next(), at: this.clock.now(), ...entry });
    } catch (error) {
      this.logger.error(`An entry of the audit could not be written: ${String(error)}`);
    }
  }
}

/** People choose their names in Slack, and could write lines of the log with a line break. */
function lineOf(text: string): string {
  return storable(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .slice(0, longest);
}
