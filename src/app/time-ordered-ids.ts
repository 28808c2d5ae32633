import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { Ids } from '../domain/stores.js';

const bytesPerId = 16;
const maxSequence = 0xffff_ffff;

/** UUIDs of version 7: they sort by the time they were made, and those of one millisecond by their sequence. */
export class TimeOrderedIds extends Ids {
  /** Randomness for many ids, since to ask for it costs more than all else of an id. */
  private readonly pool = Buffer.alloc(256 * bytesPerId);
  private used = this.pool.length;
  private msecs = 0;
  private seq = 0;

  override next(): string {
    const random = this.random();
    const now = Date.now();
    if (now > this.msecs || this.seq === maxSequence) {
      this.msecs = Math.max(now, this.msecs + 1);
      // Half of the sequence is left for the ids of this millisecond. Bytes 6 to 9 are in no other part of the id.
      this.seq = random.readUInt32BE(6) >>> 1;
    } else this.seq += 1;
    return v7({ random, msecs: this.msecs, seq: this.seq });
  }

  private random(): Buffer {
    if (this.used === this.pool.length) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    this.used += bytesPerId;
    return this.pool.subarray(this.used - bytesPerId, this.used);
  }
}
