import { stateText, transition, type DeliveryState, type StateChange } from './delivery-state.js';

const now = 1_000;
const open: DeliveryState = { state: 'open' };
const acknowledged: DeliveryState = { state: 'acknowledged', by: 'Ann', at: 1 };
const resolved: DeliveryState = {
  state: 'resolved',
  by: 'Ann',
  at: 1,
  resolution: 'expected',
  note: 'a scan',
};
const acknowledge: StateChange = { kind: 'acknowledge' };
const reopen: StateChange = { kind: 'reopen' };

describe('transition', () => {
  it.each([
    ['acknowledges an open message', open, acknowledge, { state: 'acknowledged', by: 'Bob', at: now }],
    [
      'resolves an open message',
      open,
      { kind: 'resolve', as: 'expected', note: 'mine' },
      { state: 'resolved', by: 'Bob', at: now, resolution: 'expected', note: 'mine' },
    ],
    [
      'resolves a message that somebody else acknowledged',
      acknowledged,
      { kind: 'resolve', as: 'true-positive' },
      { state: 'resolved', by: 'Bob', at: now, resolution: 'true-positive' },
    ],
    ['reopens an acknowledged message', acknowledged, reopen, { state: 'open', by: 'Bob', at: now }],
    ['reopens a resolved message', resolved, reopen, { state: 'open', by: 'Bob', at: now }],
  ] as const)('%s', (_what, current, change, state) => {
    expect(transition(current, change, 'Bob', now)).toEqual({ kind: 'changed', state });
  });

  it.each([
    ['an acknowledged message is acknowledged', acknowledged, acknowledge, 'unchanged'],
    ['a resolved message is resolved alike', resolved, { kind: 'resolve', as: 'expected' }, 'unchanged'],
    ['an open message is reopened', open, reopen, 'unchanged'],
    ['a resolved message is acknowledged', resolved, acknowledge, 'conflict'],
    [
      'a resolved message is resolved otherwise',
      resolved,
      { kind: 'resolve', as: 'true-positive' },
      'conflict',
    ],
  ] as const)('leaves what the first did when %s', (_what, current, change, kind) => {
    expect(transition(current, change, 'Bob', now)).toEqual({ kind, state: current });
  });
});

it.each([
  [open, 'Open'],
  [{ state: 'open', by: 'Bob', at: 1 }, 'Reopened by Bob'],
  [acknowledged, 'Acknowledged by Ann'],
  [resolved, 'Resolved as expected by Ann: a scan'],
  [{ ...resolved, resolution: 'false-positive', note: undefined }, 'Resolved as false positive by Ann'],
] as const)('stateText of %j', (state, text) => {
  expect(stateText(state)).toBe(text);
});
