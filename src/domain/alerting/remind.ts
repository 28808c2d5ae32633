/** When and where people are asked again about a message that nobody has acknowledged. */
export interface Remind {
  /** How long after the message was posted, in ms. */
  readonly afterMs: number;
  /** How long after one reminder the next one comes, in ms. */
  readonly everyMs: number;
  /** How many there are at most. */
  readonly times: number;
  /** Where they are posted beside the message's own channel. */
  readonly channels: readonly string[];
}

/** What a message of several rules is reminded by: it asks once for all of them, as early as the first of them wants. */
export function remindOfAll(rules: readonly (Remind | undefined)[]): Remind | undefined {
  const wanted = rules.filter((remind) => remind !== undefined);
  if (wanted.length === 0) return undefined;
  return {
    afterMs: Math.min(...wanted.map(({ afterMs }) => afterMs)),
    everyMs: Math.min(...wanted.map(({ everyMs }) => everyMs)),
    times: Math.max(...wanted.map(({ times }) => times)),
    channels: [...new Set(wanted.flatMap(({ channels }) => channels))],
  };
}

/** Of an open message that was posted, what its reminders depend on. Times are ms since the epoch. */
export interface Reminded {
  /** When it was posted, or reopened since. */
  readonly openSince: number;
  /** How often people were asked. */
  readonly reminders: number;
}

/** What is due now, and when the message is looked at again; never where that is absent. */
export interface DueReminder {
  readonly due: boolean;
  readonly nextAt?: number;
}

/** Decides whether people are asked again now. A time that a wrong clock wrote counts as now. */
export function dueReminder(
  { afterMs, everyMs, times }: Remind,
  message: Reminded,
  now: number,
): DueReminder {
  const firstAt = Math.min(message.openSince, now) + afterMs;
  if (message.reminders === 0 && firstAt > now) return { due: false, nextAt: firstAt };
  const left = times - message.reminders - 1;
  if (left < 0) return { due: false };
  return left === 0 ? { due: true } : { due: true, nextAt: now + everyMs };
}
