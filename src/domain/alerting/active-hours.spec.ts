import { isActive, isTimeZone, parseTimeOfDay, weekdays, type ActiveHours } from './active-hours.js';

function minutes(text: string): number {
  const parsed = parseTimeOfDay(text);
  if (parsed === undefined) throw new Error(`${text} is no time of day.`);
  return parsed;
}

function hours(days: readonly string[], from: string, to: string, timezone = 'UTC'): ActiveHours {
  return {
    days: new Set(weekdays.filter((day) => days.includes(day))),
    fromMinute: minutes(from),
    toMinute: minutes(to),
    timezone,
  };
}

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('parseTimeOfDay', () => {
  it.each([
    ['00:00', 0],
    ['08:05', 485],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('reads %s', (text, expected) => {
    expect(parseTimeOfDay(text)).toBe(expected);
  });

  it.each(['24:01', '25:00', '8:00', '08:60', '08:0', '0800', '08:00 ', '-1:00', '08:00:00', ''])(
    'does not read %p',
    (text) => {
      expect(parseTimeOfDay(text)).toBeUndefined();
    },
  );
});

describe('isTimeZone', () => {
  it.each([
    ['Europe/Berlin', true],
    ['America/New_York', true],
    ['UTC', true],
    ['Europe/Nowhere', false],
    ['', false],
  ])('%p: %p', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });
});

// 2026-11-20 is a Friday.
describe('hours within a day', () => {
  const office = hours(workdays, '08:00', '20:00');
  it.each([
    ['2026-11-20T07:59:59.999Z', false],
    ['2026-11-20T08:00:00.000Z', true],
    ['2026-11-20T19:59:59.999Z', true],
    ['2026-11-20T20:00:00.000Z', false],
    ['2026-11-21T12:00:00.000Z', false],
    ['2026-11-22T12:00:00.000Z', false],
    ['2026-11-23T12:00:00.000Z', true],
  ])('at %s: %p', (at, expected) => {
    expect(isActive(office, Date.parse(at))).toBe(expected);
  });

  it('are of the days of the time zone', () => {
    const tokyo = hours(['sat'], '08:00', '12:00', 'Asia/Tokyo');
    expect(isActive(tokyo, Date.parse('2026-11-20T23:30:00.000Z'))).toBe(true);
    expect(isActive(tokyo, Date.parse('2026-11-21T09:00:00.000Z'))).toBe(false);
  });

  it('reach to the end of the day as 24:00', () => {
    const evening = hours(['fri'], '20:00', '24:00');
    expect(isActive(evening, Date.parse('2026-11-20T23:59:59.999Z'))).toBe(true);
    expect(isActive(evening, Date.parse('2026-11-21T00:00:00.000Z'))).toBe(false);
    const wholeDay = hours(['fri'], '00:00', '24:00');
    expect(isActive(wholeDay, Date.parse('2026-11-20T00:00:00.000Z'))).toBe(true);
    expect(isActive(wholeDay, Date.parse('2026-11-19T23:59:59.999Z'))).toBe(false);
  });

  it('are none without a day', () => {
    expect(isActive(hours([], '00:00', '24:00'), Date.parse('2026-11-20T12:00:00.000Z'))).toBe(false);
  });
});

describe('hours over midnight', () => {
  const night = hours(['fri'], '22:00', '06:00');
  it.each([
    ['2026-11-20T05:59:00.000Z', false],
    ['2026-11-20T21:59:59.999Z', false],
    ['2026-11-20T22:00:00.000Z', true],
    ['2026-11-21T00:00:00.000Z', true],
    ['2026-11-21T05:59:59.999Z', true],
    ['2026-11-21T06:00:00.000Z', false],
    ['2026-11-21T22:00:00.000Z', false],
  ])('belong to the day they start on: at %s: %p', (at, expected) => {
    expect(isActive(night, Date.parse(at))).toBe(expected);
  });

  it('go on from Sunday to Monday', () => {
    const sunday = hours(['sun'], '22:00', '06:00');
    expect(isActive(sunday, Date.parse('2026-11-23T05:00:00.000Z'))).toBe(true);
    expect(isActive(sunday, Date.parse('2026-11-22T05:00:00.000Z'))).toBe(false);
  });

  it('are a whole day where both ends are one time', () => {
    const day = hours(['fri'], '08:00', '08:00');
    expect(isActive(day, Date.parse('2026-11-20T08:00:00.000Z'))).toBe(true);
    expect(isActive(day, Date.parse('2026-11-21T07:59:59.999Z'))).toBe(true);
    expect(isActive(day, Date.parse('2026-11-21T08:00:00.000Z'))).toBe(false);
  });
});

describe('daylight saving', () => {
  // Berlin is an hour ahead of UTC in winter and two in summer; it changed on 2026-03-29 and 2026-10-25 at 01:00 UTC.
  const berlin = hours([...weekdays], '08:00', '20:00', 'Europe/Berlin');
  // New York is five hours behind UTC in winter and four in summer; 2026-03-08 at 07:00 UTC and 2026-11-01 at 06:00 UTC.
  const newYork = hours([...weekdays], '08:00', '20:00', 'America/New_York');
  it.each([
    ['Berlin in winter', berlin, '2026-03-28T06:59:00.000Z', false],
    ['Berlin in winter', berlin, '2026-03-28T07:00:00.000Z', true],
    ['Berlin from the day of the change', berlin, '2026-03-29T05:59:00.000Z', false],
    ['Berlin from the day of the change', berlin, '2026-03-29T06:00:00.000Z', true],
    ['Berlin until the evening in summer', berlin, '2026-03-29T17:59:00.000Z', true],
    ['Berlin until the evening in summer', berlin, '2026-03-29T18:00:00.000Z', false],
    ['Berlin back in winter', berlin, '2026-10-25T06:59:00.000Z', false],
    ['Berlin back in winter', berlin, '2026-10-25T07:00:00.000Z', true],
    ['New York in winter', newYork, '2026-03-07T12:59:00.000Z', false],
    ['New York in winter', newYork, '2026-03-07T13:00:00.000Z', true],
    ['New York from the day of the change', newYork, '2026-03-08T11:59:00.000Z', false],
    ['New York from the day of the change', newYork, '2026-03-08T12:00:00.000Z', true],
    ['New York back in winter', newYork, '2026-11-01T12:59:00.000Z', false],
    ['New York back in winter', newYork, '2026-11-01T13:00:00.000Z', true],
  ])('%s at %s', (_, active, at, expected) => {
    expect(isActive(active, Date.parse(at))).toBe(expected);
  });

  it('has the hour that comes twice twice', () => {
    const hour = hours(['sun'], '02:00', '03:00', 'Europe/Berlin');
    const active = (at: string) => isActive(hour, Date.parse(at));
    expect(
      ['2026-10-24T23:59:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:59:00Z', '2026-10-25T02:00:00Z'].map(
        active,
      ),
    ).toEqual([false, true, true, false]);
  });

  it('has the hour that is left out never, and what follows it on time', () => {
    const from = hours(['sun'], '02:00', '04:00', 'Europe/Berlin');
    const active = (at: string) => isActive(from, Date.parse(at));
    expect(
      ['2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:59:00Z', '2026-03-29T02:00:00Z'].map(
        active,
      ),
    ).toEqual([false, true, true, false]);
    const night = hours(['sat'], '22:00', '06:00', 'America/New_York');
    expect(isActive(night, Date.parse('2026-03-08T09:59:00Z'))).toBe(true);
    expect(isActive(night, Date.parse('2026-03-08T10:00:00Z'))).toBe(false);
  });
});
