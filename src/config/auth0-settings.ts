import { IsIn, IsOptional, IsString, IsUrl, Matches, ValidateBy } from 'class-validator';

const isoDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const localUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
const logsFrom = {
  message:
    'AUTH0_LOGS_FROM must be a date, such as 2026-11-01 or 2026-11-01T08:00:00Z, or the log_id of an event',
};
const duration = { message: '$property must be a duration such as 30s, 5m, 1h or 7d' };

/** The settings for Auth0's Management API. */
export class Auth0Settings {
  /** The tenant whose logs are read through the Management API, by its own domain, such as `acme.eu.auth0.com`. */
  @IsOptional()
  @Matches(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, {
    message: 'AUTH0_DOMAIN must be the domain of the tenant alone, such as acme.eu.auth0.com',
  })
  AUTH0_DOMAIN?: string;

  @IsOptional()
  @IsString()
  AUTH0_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  AUTH0_CLIENT_SECRET?: string;

  /** Absent: `fill` where the three above are set, else `off`. */
  @IsOptional()
  @IsIn(['fill', 'pull', 'off'], { message: 'AUTH0_LOGS must be fill, pull or off' })
  AUTH0_LOGS?: 'fill' | 'pull' | 'off';

  /** Absent: `https://{AUTH0_DOMAIN}`. */
  @IsOptional()
  @IsUrl(localUrl, { message: 'AUTH0_API_URL must be an http(s) URL, such as https://acme.eu.auth0.com' })
  AUTH0_API_URL?: string;

  /** Where reading begins the first time: a date, or the log_id of an event, which itself is not read. Absent: now. */
  @IsOptional()
  @ValidateBy({ name: 'logsFrom', validator: { validate: isLogsFrom } }, logsFrom)
  AUTH0_LOGS_FROM?: string;

  /** How often `pull` reads. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  AUTH0_PULL_EVERY = '5s';

  /** How often `fill` reads, beside at the start and after a gap. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  AUTH0_FILL_EVERY = '1h';

  /** How often the log stream that points at PUBLIC_URL is looked at. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  AUTH0_WATCH_EVERY = '1h';

  /** Where Auth0 reaches this router. */
  @IsOptional()
  @IsUrl(localUrl, { message: 'PUBLIC_URL must be an http(s) URL, such as https://alerts.example.com' })
  PUBLIC_URL?: string;
}

/** A text that is a date, in UTC unless it names a zone, or can be a log_id. */
export function isLogsFrom(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return isIsoDate(value) ? !Number.isNaN(readIsoDate(value)) : /^[A-Za-z0-9_]{10,255}$/.test(value);
}

export function isIsoDate(text: string): boolean {
  return isoDate.test(text);
}

/** In ms since the epoch; in UTC unless the text names a zone. */
export function readIsoDate(text: string): number {
  return Date.parse(text.length > 10 && !/(Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text);
}
