import type { Auth0Client } from '../auth0/access-token.js';
import { isIsoDate, readIsoDate, type Auth0Settings } from './auth0-settings.js';

export type LogsMode = 'fill' | 'pull' | 'off';

const names = ['AUTH0_DOMAIN', 'AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET'] as const;

/** The application that the tenant's logs are read with; undefined where none is set. */
export function auth0ClientOf(settings: Auth0Settings): Auth0Client | undefined {
  const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = settings;
  if (domain === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  const apiUrl = (settings.AUTH0_API_URL ?? `https://${domain}`).replace(/\/+$/, '');
  return { domain: domain.toLowerCase(), clientId, clientSecret, apiUrl };
}

export function logsModeOf(settings: Auth0Settings): LogsMode {
  return auth0ClientOf(settings) === undefined ? 'off' : (settings.AUTH0_LOGS ?? 'fill');
}

/** Where reading begins the first time. */
export function logsFrom(
  settings: Auth0Settings,
  now: number,
): { readonly logId?: string; readonly at: number } {
  const from = settings.AUTH0_LOGS_FROM;
  if (from === undefined) return { at: now };
  // Without a date, reading falls back to the oldest event that Auth0 has, should it not know the id.
  return isIsoDate(from) ? { at: Math.min(now, readIsoDate(from)) } : { logId: from, at: 0 };
}

/** What is wrong with the settings for the Management API taken together. */
export function auth0Problems(settings: Auth0Settings & { readonly NODE_ENV: string }): string[] {
  const missing = names.filter((name) => settings[name] === undefined);
  const given = names.filter((name) => settings[name] !== undefined);
  if (given.length > 0 && missing.length > 0)
    return [`${given.join(' and ')} ${given.length > 1 ? 'need' : 'needs'} ${missing.join(' and ')} as well`];
  if (given.length === 0 && (settings.AUTH0_LOGS ?? 'off') !== 'off')
    return [`AUTH0_LOGS=${settings.AUTH0_LOGS} needs ${names.join(', ')}`];
  const { AUTH0_API_URL: url, NODE_ENV } = settings;
  if (url !== undefined && NODE_ENV === 'production' && !/^https:/i.test(url))
    return ['AUTH0_API_URL must be an https URL in production, since the client secret is sent there'];
  return [];
}
