import { eventsPerBatch } from '../workload/batches.js';
import { EventText } from '../workload/event-text.js';
import { background } from '../workload/events.js';

/** Failed logins a tenth of a second apart, of about 630 bytes each. */
export class FailedLogins {
  private readonly text = new EventText({ ...background(0), type: 'fp' });
  private made = 0;

  /** @param from when the first one was, in ms since the epoch */
  constructor(private readonly from: number) {}

  texts(ip: string): readonly string[] {
    return Array.from({ length: eventsPerBatch }, () => {
      this.made += 1;
      return this.text.with({
        id: String(900_000_000_000 + this.made),
        user: `user${this.made % 5_000}`,
        ip,
        at: this.from + this.made * 100,
      });
    });
  }

  parsed(ip: string): readonly unknown[] {
    return this.texts(ip).map((text): unknown => JSON.parse(text));
  }
}
