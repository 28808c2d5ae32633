import { background } from './events.js';

export const eventsPerBatch = 100;

/** None begins with `f` or contains `limit`, which is what the Express route looks for. */
const quietTypes = ['s', 'seacft', 'ssa', 'sapi', 'slo', 'sertft', 'seccft', 'sv'] as const;
/** Matches the Express route's filter and exactly one of the first ten mixed rules, `limit0_*`. */
const matchingType = 'limit0_wc';
const idDigits = 12;

let lastId = 0;

/**
 * Bodies of 100 events, of which so many match. The body is written once; for each batch only the ids of its matching
 * events change, since a second copy would be dropped as known. That keeps the generator cheap.
 */
export class Batches {
  private readonly body: Buffer;
  /** Where the digits of each matching event's id are. */
  private readonly places: readonly (readonly [entry: number, data: number])[];

  constructor(matches: number) {
    const digits = 'x'.repeat(idDigits);
    const events = Array.from({ length: eventsPerBatch }, (_, index) => {
      const type = quietTypes[index % quietTypes.length];
      const changes = index < matches ? { type: matchingType, log_id: `match-${digits}` } : { type };
      const data = { ...background(index), ...changes };
      return { log_id: data.log_id, data };
    });
    this.body = Buffer.from(JSON.stringify(events));
    let at = -1;
    const next = (): number => (at = this.body.indexOf(digits, at + 1));
    this.places = Array.from({ length: matches }, () => [next(), next()]);
  }

  /** The next body, in the same buffer: it holds until the next call. */
  next(): Buffer {
    for (const [entry, data] of this.places) {
      lastId += 1;
      const digits = String(lastId).padStart(idDigits, '0');
      this.body.write(digits, entry, 'latin1');
      this.body.write(digits, data, 'latin1');
    }
    return this.body;
  }
}
