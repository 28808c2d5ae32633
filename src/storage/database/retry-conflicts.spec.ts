import { retryConflicts } from './retry-conflicts.js';

const failure = (code: string): Error => Object.assign(new Error(`failed with ${code}`), { code });

/** Fails with the errors given, one error after the other, and then works. */
function transaction(...errors: readonly Error[]) {
  const left = [...errors];
  let runs = 0;
  return {
    run: (): Promise<string> => {
      runs += 1;
      const error = left.shift();
      return error === undefined ? Promise.resolve('done') : Promise.reject(error);
    },
    runs: () => runs,
  };
}

describe('retryConflicts', () => {
  it.each([
    ['works at once', [], 1],
    ['lost against another transaction', ['40001'], 2],
    ['ended a deadlock', ['40P01', '40001', '40P01', '40P01'], 5],
    ['waited too long for a lock', ['55P03'], 2],
  ])('gives the result of what %s', async (_case, codes, runs) => {
    const conflicting = transaction(...codes.map(failure));
    const pauses: number[] = [];
    const pause = async (ms: number): Promise<void> => void pauses.push(ms);
    await expect(retryConflicts(conflicting.run, pause)).resolves.toBe('done');
    expect(pauses).toHaveLength(runs - 1);
    for (const [index, ms] of pauses.entries()) expect(ms).toBeLessThanOrEqual(20 * 2 ** index);
    expect(conflicting.runs()).toBe(runs);
  });

  it('gives up after five attempts', async () => {
    const conflicting = transaction(...Array.from({ length: 5 }, () => failure('40P01')));
    await expect(retryConflicts(conflicting.run, () => Promise.resolve())).rejects.toThrow('40P01');
    expect(conflicting.runs()).toBe(5);
  });

  it.each(['23505', '57014', 'ECONNREFUSED'])('does not repeat what failed with %s', async (code) => {
    const failing = transaction(failure(code));
    await expect(retryConflicts(failing.run)).rejects.toThrow(code);
    expect(failing.runs()).toBe(1);
  });
});
