import { TimeOrderedIds } from './time-ordered-ids.js';

describe('TimeOrderedIds', () => {
  it('makes ids that sort in the order they were made, also within one millisecond', () => {
    const ids = new TimeOrderedIds();
    const made = Array.from({ length: 20_000 }, () => ids.next());
    expect(made).toEqual([...new Set(made)].toSorted());
  });
});
