import type { LogPage } from '../../auth0/log-page.js';
import type { Notice } from '../../domain/alerting/message.js';
import { durationText, utcTime } from '../../domain/duration.js';
import type { LogPosition } from '../../domain/stores.js';
import { dateOf } from '../newest-events.js';
import type { PageFailure } from './log-reader.js';

type NewNotice = Omit<Notice, 'at'>;

/** Reading went on by date, since Auth0 did not know the last event any more. */
export function positionLost(lost: LogPosition, { events }: LogPage, now: number): NewNotice {
  const dates = events.map((event) => dateOf(event['date'], now));
  const since = lost.at > 0 ? `since ${utcTime(lost.at)}` : 'before';
  const found =
    dates.length === 0
      ? 'Auth0 has none since then, and reading goes on with the next that it records.'
      : `Reading goes on with the oldest that Auth0 still has, of ${utcTime(Math.min(...dates))}.`;
  return {
    severity: 'high',
    title: "Events of the tenant's logs may be missing",
    detail: `Auth0 no longer has the event up to which the logs were read. ${found} What was recorded ${since} and is older than what Auth0 keeps has not been looked at. How long Auth0 keeps logs depends on the plan, from one day to thirty.`,
  };
}

/** The logs can't be read. `since`: when that began. */
export function readFailed(failure: PageFailure, since: number): NewNotice {
  return {
    severity: 'high',
    title: "The tenant's logs can't be read",
    detail: `${whatToDo(failure)} Since ${utcTime(since)}; it is tried again, and nothing is lost as long as Auth0 keeps the events. Auth0 said: ${failure.error}`,
  };
}

export function readAgain(since: number, now: number): NewNotice {
  return {
    severity: 'info',
    title: "The tenant's logs are read again",
    detail: `They could not be read for ${durationText(now - since)}, from ${utcTime(since)} to ${utcTime(now)}. What was recorded meanwhile is read now.`,
  };
}

function whatToDo(failure: PageFailure): string {
  switch (failure.kind) {
    case 'unauthorized':
      return 'Auth0 refuses the application: AUTH0_CLIENT_ID or AUTH0_CLIENT_SECRET is wrong, or the secret was rotated.';
    case 'forbidden':
      return failure.scope === undefined
        ? 'The application may not use the Management API: authorize it for that API, with the scope read:logs.'
        : `The application lacks a scope: grant it ${failure.scope} for the Management API.`;
    case 'not-found':
      return 'There is no Management API at AUTH0_API_URL, or at AUTH0_DOMAIN where that is not set.';
    case 'refused':
      return 'Auth0 refuses the request.';
    case 'rate-limited':
      return "The tenant's rate limit for the Management API is used up, which other programs share.";
    case 'unavailable':
      return "Auth0's Management API can't be reached, or fails.";
    case 'garbage':
      return "What answers in the Management API's place does not answer as Auth0 does.";
    case 'repeating':
      return 'Auth0 gives the same page again and again.';
  }
}
