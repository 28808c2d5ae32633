import { DatabaseClock } from './database-clock.js';

const minute = 60_000;

/** A database and a replica, each with a clock of its own. */
class Bench {
  database = Date.UTC(2026, 0, 15, 12);
  elapsed = 7_000;
  /** How long a question takes to get there, and its answer to come back, in ms. */
  there = 0;
  back = 0;
  readonly clock = new DatabaseClock(
    () => {
      this.pass(this.there);
      const time = this.database;
      this.pass(this.back);
      return Promise.resolve(time);
    },
    () => this.elapsed,
    this.database - 5 * minute,
  );

  pass(ms: number): void {
    this.database += ms;
    this.elapsed += ms;
  }

  get wrongBy(): number {
    return this.clock.now() - this.database;
  }
}

describe('the database’s clock', () => {
  it('is the process’s own until the database has been asked', () => {
    const bench = new Bench();
    bench.pass(minute);
    expect(bench.wrongBy).toBe(-5 * minute);
  });

  it('is the database’s from then on, and goes on between two questions', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    expect(bench.wrongBy).toBe(0);
    bench.pass(minute);
    expect(bench.wrongBy).toBe(0);
  });

  it('follows the database’s clock when that is set', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    for (const jump of [60 * minute, -90 * minute]) {
      bench.database += jump;
      await bench.clock.measure();
      expect(bench.wrongBy).toBe(0);
    }
  });

  it('is wrong by no more than half of what the first answer took', async () => {
    const bench = new Bench();
    bench.there = 400;
    await bench.clock.measure();
    expect(Math.abs(bench.wrongBy)).toBe(200);
  });

  it('is not set wrong by an answer that took long, whichever way', async () => {
    const bench = new Bench();
    await bench.clock.measure();
    for (const [there, back] of [
      [3_000, 0],
      [0, 3_000],
      [1_000, 2_000],
    ] as const) {
      Object.assign(bench, { there, back });
      await bench.clock.measure();
      expect(bench.wrongBy).toBe(0);
    }
  });

  it('goes on as it did when the database does not answer', async () => {
    const clock = new DatabaseClock(
      () => Promise.reject(new Error('gone')),
      () => 0,
      minute,
    );
    await expect(clock.measure()).rejects.toThrow('gone');
    expect(clock.now()).toBe(minute);
  });
});
