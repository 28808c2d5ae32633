import type { SampleData } from '../../domain/windows/window-info.js';
import type { NewSample } from '../../domain/windows/window-states.js';

/** In characters of JSON: some 100 MB. */
const defaultMaxLength = 50_000_000;

/**
 * The data of events that windows may show, by log id. Of too much the oldest is forgotten, so that an alert may show
 * less of an event that came long before it.
 */
export class InMemorySamples {
  private readonly byLogId = new Map<string, NewSample>();
  private length = 0;

  constructor(private readonly maxLength = defaultMaxLength) {}

  keep(sample: NewSample): void {
    const known = this.byLogId.get(sample.logId);
    const keepUntil = Math.max(sample.keepUntil, known?.keepUntil ?? 0);
    this.byLogId.set(sample.logId, { ...sample, keepUntil });
    this.length += sample.data.length - (known?.data.length ?? 0);
    for (const oldest of this.byLogId.values()) {
      if (this.length <= this.maxLength) return;
      this.remove(oldest);
    }
  }

  read(logIds: readonly string[]): ReadonlyMap<string, SampleData> {
    const found = new Map<string, SampleData>();
    for (const logId of logIds) {
      const sample = this.byLogId.get(logId);
      if (sample !== undefined) found.set(logId, JSON.parse(sample.data) as SampleData);
    }
    return found;
  }

  /** Forgets what has not to be kept beyond `now`, except the data of the events given. */
  prune(now: number, except: ReadonlySet<string>): void {
    for (const sample of this.byLogId.values())
      if (sample.keepUntil < now && !except.has(sample.logId)) this.remove(sample);
  }

  private remove({ logId, data }: NewSample): void {
    this.byLogId.delete(logId);
    this.length -= data.length;
  }
}
