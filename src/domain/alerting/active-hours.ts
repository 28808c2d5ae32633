export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** When a rule alerts. Minutes count from midnight in the time zone; `to` may be 1440, and less than `from`: over midnight. */
export interface ActiveHours {
  readonly days: ReadonlySet<Weekday>;
  readonly fromMinute: number;
  readonly toMinute: number;
  /** An IANA name. */
  readonly timezone: string;
}

/** Reads `08:00` to `24:00` as minutes from midnight. */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const total = Number(hours) * 60 + Number(minutes);
  return total <= 1440 ? total : undefined;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether the wall clock of the time zone, daylight saving included, is within the hours at that moment (ms).
 * Hours over midnight belong to the day they start on.
 */
export function isActive(hours: ActiveHours, at: number): boolean {
  const { day, minute } = wallClock(hours.timezone, at);
  if (hours.fromMinute < hours.toMinute) {
    return hours.days.has(day) && minute >= hours.fromMinute && minute < hours.toMinute;
  }
  const dayBefore = weekdays[(weekdays.indexOf(day) + 6) % 7] as Weekday;
  return (
    (hours.days.has(day) && minute >= hours.fromMinute) ||
    (hours.days.has(dayBefore) && minute < hours.toMinute)
  );
}

function wallClock(timeZone: string, at: number): { day: Weekday; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
  return {
    day: String(parts['weekday']).toLowerCase() as Weekday,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']),
  };
}
