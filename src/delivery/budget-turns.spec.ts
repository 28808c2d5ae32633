import { BudgetTurns } from './budget-turns.js';

const workspace = { name: 'workspace', intervalMs: 200 };

describe('BudgetTurns', () => {
  const join = (turns: BudgetTurns, channel: string, rank = 2): number =>
    turns.join(channel, 100, { ...workspace, rank });

  it('lets each channel wait until those that came before it have had their turn', () => {
    const turns = new BudgetTurns();
    expect(['a', 'b', 'c'].map((channel) => join(turns, channel))).toEqual([100, 300, 500]);
    turns.leave('a');
    expect(['b', 'c'].map((channel) => join(turns, channel))).toEqual([100, 300]);
  });

  it('lets the more severe go first', () => {
    const turns = new BudgetTurns();
    join(turns, 'low', 1);
    join(turns, 'high', 3);
    expect(join(turns, 'critical', 4)).toBe(100);
    expect([join(turns, 'high', 3), join(turns, 'low', 1)]).toEqual([300, 500]);
  });

  it('keeps the places of two budgets apart', () => {
    const turns = new BudgetTurns();
    join(turns, 'a');
    expect(turns.join('b', 100, { name: 'webhook', rank: 2, intervalMs: 1_000 })).toBe(100);
  });

  it('gives a channel another place when its oldest message is of another severity', () => {
    const turns = new BudgetTurns();
    join(turns, 'a');
    join(turns, 'b');
    join(turns, 'a', 1);
    expect([join(turns, 'b'), join(turns, 'a', 1)]).toEqual([100, 300]);
  });
});
