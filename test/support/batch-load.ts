import { setTimeout as pause } from 'node:timers/promises';

/** How many batches are sent at once, and how long each sender waits after an answer, in ms. */
const [senders, pauseMs] = [4, 120] as const;

/** Sends one-event batches all the while, as Auth0 does: each again and again until it is answered 2xx. */
export class BatchLoad {
  /** The `log_id` of every event that was answered 2xx. */
  readonly stored: string[] = [];
  /** What refusals said under `Retry-After`; undefined where they said nothing. */
  readonly refusals: (string | undefined)[] = [];
  /** Answers that are neither 2xx nor 503, and requests that got none. */
  readonly failures: string[] = [];
  private stopping = false;
  private abandoned = false;
  private readonly sending: readonly Promise<void>[];

  /** @param url that of the router, whose log stream token is `token` */
  constructor(private readonly url: string) {
    this.sending = Array.from({ length: senders }, (_, sender) => this.send(sender));
  }

  /** Resolves when every batch that was begun has been answered 2xx. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.sending);
  }

  /** For clean-up: sends nothing any more, answered or not. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.stop();
  }

  /** Resolves as soon as that holds. @throws Error when it doesn't within `deadlineMs` */
  async until(what: string, holds: () => boolean, deadlineMs = 30_000): Promise<void> {
    const deadline = Date.now() + deadlineMs;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`${what}: not within ${deadlineMs} ms. ${this.summary()}`);
      await pause(10);
    }
  }

  /** Resolves when so many more batches were stored than now. */
  async untilStored(more: number, deadlineMs?: number): Promise<void> {
    const wanted = this.stored.length + more;
    await this.until(`${more} more batches stored`, () => this.stored.length >= wanted, deadlineMs);
  }

  /** Resolves when so many more batches were refused than now. */
  async untilRefused(more: number, deadlineMs?: number): Promise<void> {
    const wanted = this.refusals.length + more;
    await this.until(`${more} more batches refused`, () => this.refusals.length >= wanted, deadlineMs);
  }

  private summary(): string {
    return `${this.stored.length} stored, ${this.refusals.length} refused, failures: ${this.failures.slice(0, 5).join('; ')}`;
  }

  private async send(sender: number): Promise<void> {
    for (let index = 0; !this.stopping; index += 1) {
      const id = `${sender}-${index}`;
      while (!(await this.isStored(sender, id))) {
        if (this.abandoned) return;
        await pause(pauseMs);
      }
      this.stored.push(id);
      await pause(pauseMs);
    }
  }

  private async isStored(sender: number, id: string): Promise<boolean> {
    const event = { log_id: id, data: { type: `f${sender}`, description: `event ${id};`, log_id: id } };
    try {
      const answer = await fetch(`${this.url}/api/logs`, {
        method: 'POST',
        headers: { authorization: 'token' },
        body: JSON.stringify([event]),
      });
      await answer.arrayBuffer();
      if (answer.status === 503) this.refusals.push(answer.headers.get('retry-after') ?? undefined);
      else if (answer.status !== 200) this.failures.push(`status ${answer.status}`);
      return answer.status === 200;
    } catch (error) {
      this.failures.push(String((error as { cause?: unknown }).cause ?? error));
      return false;
    }
  }
}
