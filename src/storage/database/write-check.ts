import { Inject, Injectable, Logger } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock, Timer } from '../../domain/clock.js';
import type { Database } from './schema.js';

/** How long an answer is reused, and how long a write may take, in ms. */
const [holdsForMs, patienceMs] = [3_000, 3_000];
/** How much is written, in bytes: several pages, because one may find room where a batch does not. */
const size = 65_536;

export type DatabaseHealth =
  | { readonly ok: true }
  /** `since` is when this process first saw it fail, in ms since the epoch. */
  | { readonly ok: false; readonly since: number; readonly error: string };

/** Says whether the database takes writes, by writing. It writes once every few seconds at most, however many ask. */
@Injectable()
export class WriteCheck {
  private readonly logger = new Logger(WriteCheck.name);
  private last: { readonly at: number; readonly ok: boolean } | undefined;
  private failing: { readonly since: number; readonly error: string } | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    @Inject(Kysely) private readonly db: Kysely<Database>,
    private readonly clock: Clock,
    private readonly timer: Timer,
  ) {}

  /** Whether a write of the last few seconds was committed. What keeps it from that is logged when it begins. */
  async canWrite(): Promise<boolean> {
    const { last, writing } = this;
    const age = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(this.clock.now() - last.at);
    if (last !== undefined && writing === undefined && age < holdsForMs) return last.ok;
    // One that is stuck is not joined by another one, and each who asks waits for it for a while.
    this.writing ??= this.write().finally(() => (this.writing = undefined));
    const answered = new AbortController();
    await Promise.race([this.writing, this.giveUp(answered.signal)]);
    answered.abort();
    return this.last?.ok ?? false;
  }

  /** The same, with what is wrong. */
  async health(): Promise<DatabaseHealth> {
    if (await this.canWrite()) return { ok: true };
    return { ok: false, ...(this.failing ?? { since: this.clock.now(), error: 'unknown' }) };
  }

  /** A write has failed elsewhere: the next who asks is answered by a new one. */
  doubt(): void {
    if (this.last?.ok === true) this.last = undefined;
  }

  private async write(): Promise<void> {
    const now = this.clock.now();
    const text = String(now);
    // Another text each time: SQLite leaves pages alone that would not change.
    const written = text.repeat(Math.ceil(size / text.length));
    try {
      await this.db
        .insertInto('write_probe')
        .values({ id: 1, written })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ written }))
        .execute();
      this.note(true, '');
    } catch (error) {
      this.note(false, error instanceof Error ? error.message : String(error));
    }
  }

  private async giveUp(signal: AbortSignal): Promise<void> {
    await this.timer.wait(patienceMs, signal);
    if (!signal.aborted) this.note(false, `a write has taken longer than ${patienceMs} ms`);
  }

  private note(ok: boolean, reason: string): void {
    const at = this.clock.now();
    this.last = { at, ok };
    if (ok) {
      if (this.failing !== undefined) this.logger.log('the database can be written again');
      this.failing = undefined;
    } else {
      if (this.failing === undefined)
        this.logger.error(`the database can't be written, and /readyz answers 503: ${reason}`);
      this.failing = { since: this.failing?.since ?? at, error: reason };
    }
  }
}
