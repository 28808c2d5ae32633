import { Clock } from '../../domain/clock.js';

/**
 * The database's clock, which every replica reads the same however wrong its own is. It is asked now and then; in
 * between the time is counted with a clock that can't be set.
 */
export class DatabaseClock extends Clock {
  /** The database's time when `elapsed` shows 0, once it is known. */
  private start: number;
  private asked = false;

  /**
   * @param read asks the database for its time, in ms since the epoch
   * @param elapsed ms since some moment, by a clock that can't be set
   * @param wallNow what to show until the database has been asked, in ms since the epoch
   */
  constructor(
    private readonly read: () => Promise<number>,
    private readonly elapsed: () => number,
    wallNow: number,
  ) {
    super();
    this.start = wallNow - elapsed();
  }

  override now(): number {
    return Math.round(this.start + this.elapsed());
  }

  /**
   * Asks the database. Its time is that of some moment between the question and the answer, and the clock is moved only
   * as far as it must be to agree with that, so that a slow answer does not set it wrong.
   */
  async measure(): Promise<void> {
    const askedAt = this.elapsed();
    const time = await this.read();
    const took = this.elapsed() - askedAt;
    const shown = this.start + this.elapsed();
    const right = this.asked ? Math.min(Math.max(shown, time), time + took) : time + took / 2;
    this.start += right - shown;
    this.asked = true;
  }
}
