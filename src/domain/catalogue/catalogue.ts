import { authenticationEvents } from './authentication.js';
import { mfaEvents } from './mfa.js';
import { protectionEvents } from './protection.js';
import { tenantEvents } from './tenant.js';
import { tokenExchangeEvents } from './token-exchange.js';
import { userEvents } from './users.js';

/**
 * The groups a rule names as `category:login-failure`. They end in `-success` and `-failure` where the one outcome is
 * everyday traffic and the other is worth a message. `login-flow` holds steps that do not decide a login.
 */
export const eventCategories = [
  'login-success',
  'login-failure',
  'login-flow',
  'silent-auth',
  'passwordless',
  'device-flow',
  'signup-success',
  'signup-failure',
  'logout',
  'token-exchange-success',
  'token-exchange-failure',
  'mfa-challenge',
  'mfa-success',
  'mfa-failure',
  'mfa-enrollment',
  'attack-protection',
  'rate-limit',
  'password-change',
  'email-verification',
  'user-management',
  'connected-accounts',
  'organization',
  'management-api',
  'extensibility-failure',
  'directory-success',
  'directory-failure',
  'warning',
  'system',
] as const;
export type EventCategory = (typeof eventCategories)[number];

/** What is known of an Auth0 event type: its code (the event's `type`), a name of a few words, and its one category. */
export interface EventTypeEntry {
  readonly code: string;
  readonly name: string;
  readonly category: EventCategory;
}

type EventTypeRow = readonly [code: string, name: string, category: EventCategory];

const rows: readonly EventTypeRow[] = [
  ...authenticationEvents,
  ...tokenExchangeEvents,
  ...mfaEvents,
  ...userEvents,
  ...protectionEvents,
  ...tenantEvents,
];

const entries = new Map<string, EventTypeEntry>(
  rows.map(([code, name, category]) => [code, { code, name, category }]),
);

const codes = new Map<string, readonly string[]>(
  eventCategories.map((category) => [
    category,
    rows.filter((row) => row[2] === category).map(([code]) => code),
  ]),
);

/** Every code of the catalogue, once each. Auth0 adds codes without notice, so others are normal traffic. */
export const eventTypeCodes: readonly string[] = rows.map(([code]) => code);

/** The entry of a code, exact and case-sensitive; `undefined` for a code the catalogue does not hold. */
export function describeEventType(code: string): EventTypeEntry | undefined {
  return entries.get(code);
}

/** The codes of a category, never none; `undefined` where there is no category of that name. */
export function codesInCategory(category: string): readonly string[] | undefined {
  return codes.get(category);
}
