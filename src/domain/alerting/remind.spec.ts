import { dueReminder, remindOfAll, type Remind } from './remind.js';

const remind: Remind = { afterMs: 100, everyMs: 50, times: 2, channels: ['oncall'] };

describe('dueReminder', () => {
  it.each([
    ['waits for the first', { openSince: 0, reminders: 0 }, 99, { due: false, nextAt: 100 }],
    ['asks, and again later', { openSince: 0, reminders: 0 }, 100, { due: true, nextAt: 150 }],
    ['asks for the last time', { openSince: 0, reminders: 1 }, 150, { due: true }],
    ['asks no more', { openSince: 0, reminders: 2 }, 200, { due: false }],
    [
      'takes a time that has not come for now',
      { openSince: 9_999, reminders: 0 },
      10,
      { due: false, nextAt: 110 },
    ],
  ])('%s', (_what, message, now, expected) => {
    expect(dueReminder(remind, message, now)).toEqual(expected);
  });
});

describe('remindOfAll', () => {
  it('asks once for several rules, as early as the first of them wants', () => {
    const other: Remind = { afterMs: 10, everyMs: 500, times: 5, channels: ['oncall', 'leads'] };
    expect(remindOfAll([undefined, remind, other])).toEqual({
      afterMs: 10,
      everyMs: 50,
      times: 5,
      channels: ['oncall', 'leads'],
    });
  });

  it('does not ask where no rule wants it', () => {
    expect(remindOfAll([undefined])).toBeUndefined();
    expect(remindOfAll([])).toBeUndefined();
  });
});
