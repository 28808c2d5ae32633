import { InMemoryStores } from '../../test/support/in-memory-stores.js';
import { Transactions, type Stores } from '../domain/stores.js';
import { GroupCommit } from './group-commit.js';

/** Runs work one transaction after another, and counts them. */
class CountedTransactions extends Transactions {
  begun = 0;

  override async run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    this.begun += 1;
    return work(new InMemoryStores());
  }
}

const fail = (): Promise<never> => Promise.reject(new Error('bad'));

describe('GroupCommit', () => {
  it('gives what arrives while a transaction runs the next one together', async () => {
    const transactions = new CountedTransactions();
    const commits = new GroupCommit(transactions);
    const results = await Promise.all(
      [1, 2, 3, 4].map((number) => commits.run(() => Promise.resolve(number))),
    );
    expect(results).toEqual([1, 2, 3, 4]);
    expect(transactions.begun).toBe(2);
  });

  it('lets no unit of work fail for another', async () => {
    const commits = new GroupCommit(new CountedTransactions());
    const settled = await Promise.allSettled([
      commits.run(() => Promise.resolve('a')),
      commits.run(() => Promise.resolve('b')),
      commits.run(fail),
      commits.run(() => Promise.resolve('c')),
    ]);
    expect(settled.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
      'a',
      'b',
      'failed',
      'c',
    ]);
  });

  it('goes on after a failure', async () => {
    const commits = new GroupCommit(new CountedTransactions());
    await expect(commits.run(fail)).rejects.toThrow('bad');
    expect(await commits.run(() => Promise.resolve('good'))).toBe('good');
  });
});
