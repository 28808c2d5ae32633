import { DatabaseUnavailable } from '../domain/stores.js';
import { GroupCommit } from './group-commit.js';

/** A disk that notes what each transaction put on it, and refuses transactions with something bad in them. */
class Disk {
  readonly transactions: string[] = [];

  readonly commit = async (units: readonly string[]): Promise<void> => {
    if (units.includes('bad')) throw new Error('bad');
    this.transactions.push(units.join(' '));
  };
}

const nothing = (): Promise<void> => Promise.resolve();

describe('GroupCommit', () => {
  const disk = new Disk();
  const commits = new GroupCommit(disk.commit, nothing);

  beforeEach(() => disk.transactions.splice(0));

  it('gives what comes in within a turn of the event loop one transaction, in order', async () => {
    await Promise.all(['a', 'b', 'c'].map((unit) => commits.run(unit)));
    expect(disk.transactions).toEqual(['a b c']);
  });

  it('gives what comes in while a transaction runs the next one together', async () => {
    let finish!: () => void;
    const begun: string[] = [];
    const slow = new GroupCommit<string>((units) => {
      begun.push(units.join(' '));
      return begun.length === 1 ? new Promise((resolve) => (finish = resolve)) : Promise.resolve();
    }, nothing);
    const first = slow.run('a');
    await new Promise(setImmediate);
    const others = [slow.run('b'), slow.run('c')];
    await new Promise(setImmediate);
    expect(begun).toEqual(['a']);
    finish();
    await Promise.all([first, ...others]);
    expect(begun).toEqual(['a', 'b c']);
  });

  it('shares a transaction among 64 at most', async () => {
    await Promise.all(Array.from({ length: 70 }, () => commits.run('a')));
    expect(disk.transactions.map((units) => units.split(' ').length)).toEqual([64, 6]);
  });

  it('lets no unit of work fail for another', async () => {
    const settled = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((unit) => commits.run(unit)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(disk.transactions).toEqual(['a', 'b', 'c']);
  });

  it('fails a whole group at once when the database is unavailable', async () => {
    let attempts = 0;
    const unreachable = new GroupCommit<string>(() => {
      attempts += 1;
      return Promise.reject(new DatabaseUnavailable(new Error('connection terminated')));
    }, nothing);
    const settled = await Promise.allSettled(['a', 'b', 'c'].map((unit) => unreachable.run(unit)));
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(attempts).toBe(1);
  });

  it('lets only so many units and bytes wait', async () => {
    const stuck = new GroupCommit<string>(() => new Promise(() => undefined), nothing);
    const outcomes: string[] = [];
    const run = (bytes: number): void =>
      void stuck.run('a', bytes).catch((error: unknown) => outcomes.push(String(error)));
    run(64 * 1_024 * 1_024);
    run(1);
    for (let unit = 0; unit < 1_000; unit += 1) run(0);
    await new Promise(setImmediate);
    expect(outcomes).toHaveLength(2);
  });

  it('answers before it reports what was committed, which it does once', async () => {
    const reported: string[] = [];
    let finish!: () => void;
    const telling = new GroupCommit<string, string>(
      (units) => Promise.resolve(units.join(' ')),
      (result) => {
        reported.push(result);
        return new Promise((resolve) => (finish = resolve));
      },
    );
    await Promise.all(['a', 'b'].map((unit) => telling.run(unit)));
    const next = telling.run('c');
    await new Promise(setImmediate);
    expect(reported).toEqual(['a b']);
    finish();
    await next;
    expect(reported).toEqual(['a b', 'c']);
  });

  it('goes on after a failure', async () => {
    await expect(commits.run('bad')).rejects.toThrow('bad');
    await commits.run('a');
    expect(disk.transactions).toEqual(['a']);
  });
});
