import type { RichTextDate } from '@slack/types';
import { utcTime } from '../../domain/duration.js';

const format = '{date_short_pretty} {time_secs}';

/**
 * A time in the reader's own time zone as mrkdwn, from ms since the epoch: Slack's date formatting, with UTC for
 * clients that have none. Empty for a time that is none.
 */
export function localTime(at: number): string {
  const utc = utcTime(at);
  return utc === '' ? '' : `<!date^${Math.floor(at / 1_000)}^${format}|${utc}>`;
}

/** The same for rich_text. */
export function dateElement(at: number): RichTextDate | undefined {
  const fallback = utcTime(at);
  return fallback === '' ? undefined : { type: 'date', timestamp: Math.floor(at / 1_000), format, fallback };
}
