import { shareOut } from './share-out.js';

describe('shareOut', () => {
  it.each([
    [[1, 2, 3], 10, [1, 2, 3]],
    [[100, 2, 100], 52, [25, 2, 25]],
    [[5, 1_000], 100, [5, 95]],
    [[3, 3], 0, [0, 0]],
    [[3, 3], -5, [0, 0]],
    [[], 5, []],
  ])('%j of %i is %j', (wants, budget, shares) => expect(shareOut(wants, budget)).toEqual(shares));
});
