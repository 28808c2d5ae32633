import type { Match } from '../domain/matching/matcher.js';
import type { Rule } from '../domain/rule-set.js';
import { regroup } from './matched-batch.js';

/** So many matches of an event of its own. */
function matchesOf(logId: string, count: number): Match<Rule>[] {
  const event = { logId, type: 'f', at: 0, data: {} };
  return Array.from({ length: count }, () => ({ event, rule: {}, why: {} }) as Match<Rule>);
}

function sizes(batches: Parameters<typeof regroup<string>>[0]): string[] {
  return regroup(batches).map(({ pipeline, matches }) => `${pipeline} ${matches.length}`);
}

describe('regroup', () => {
  it('joins what the same rules found, in order', () => {
    const [a, b, c] = [matchesOf('a', 2), matchesOf('b', 1), matchesOf('c', 3)];
    const grouped = regroup([
      { pipeline: 'old', matches: a },
      { pipeline: 'old', matches: b },
      { pipeline: 'new', matches: c },
    ]);
    expect(grouped).toEqual([
      { pipeline: 'old', matches: [...a, ...b] },
      { pipeline: 'new', matches: c },
    ]);
  });

  it('leaves no more than 200 together', () => {
    const events = Array.from({ length: 450 }, (_, index) => matchesOf(`e${index}`, 1)).flat();
    expect(sizes([{ pipeline: 'p', matches: events }])).toEqual(['p 200', 'p 200', 'p 50']);
  });

  it('never parts the matches of one event', () => {
    const matches = [...matchesOf('a', 199), ...matchesOf('b', 7), ...matchesOf('c', 1)];
    expect(sizes([{ pipeline: 'p', matches }])).toEqual(['p 206', 'p 1']);
  });

  it('has nothing for nothing', () => {
    expect(regroup([{ pipeline: 'p', matches: [] }])).toEqual([]);
  });
});
