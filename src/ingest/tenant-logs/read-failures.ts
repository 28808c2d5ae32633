import { Inject, Injectable } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Deliverer } from '../../delivery/deliverer.js';
import type { Notice } from '../../domain/alerting/message.js';
import { Clock } from '../../domain/clock.js';
import { OpsNotices } from '../../operations/ops-notices.js';
import type { Database } from '../../storage/database/schema.js';
import { OutboxStore } from '../../storage/outbox/outbox-store.js';
import { TenantLogsStore, type ReadFailure } from '../../storage/tenant-logs/tenant-logs-store.js';
import type { PageFailure } from './log-reader.js';
import { readAgain, readFailed } from './read-notices.js';

/** What passes by itself is told only when it has lasted so long, in ms. */
const toldAfterMs = 5 * 60_000;

/** Remembers what keeps the logs from being read, and notifies ops of it once, and when it is over. */
@Injectable()
export class ReadFailures {
  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly notices: OpsNotices,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
  ) {}

  async failed(domain: string, before: ReadFailure | undefined, failure: PageFailure): Promise<void> {
    const now = this.clock.now();
    const since = before?.since ?? now;
    const isSame = before?.kind === failure.kind;
    const wasTold = before?.told === true && (isSame || isPassing(failure));
    const told = wasTold || !isPassing(failure) || now - since >= toldAfterMs;
    if (isSame && told === before.told) return;
    const after = { kind: failure.kind, error: failure.error, since, told };
    await this.change(domain, before, after, told && !wasTold ? readFailed(failure, since) : undefined);
  }

  async worked(domain: string, before: ReadFailure | undefined): Promise<void> {
    if (before === undefined) return;
    const notice = before.told ? readAgain(before.since, this.clock.now()) : undefined;
    await this.change(domain, before, undefined, notice);
  }

  /** Commits a notice together with its cause, so that it is sent once, whichever replica comes first. */
  private async change(
    domain: string,
    before: ReadFailure | undefined,
    after: ReadFailure | undefined,
    notice: Omit<Notice, 'at'> | undefined,
  ): Promise<void> {
    const channels = await this.db.transaction().execute(async (tx) => {
      const isChanged = await new TenantLogsStore(tx, domain).setFailure(before, after);
      return isChanged && notice !== undefined ? this.notices.add(new OutboxStore(tx), notice) : [];
    });
    if (channels.length > 0) this.deliverer.wake(channels);
  }
}

/** Whether it is usually over before anybody could do something about it. */
function isPassing({ kind }: PageFailure): boolean {
  return kind === 'unavailable' || kind === 'rate-limited';
}
