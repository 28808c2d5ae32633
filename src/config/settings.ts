import 'reflect-metadata';
import { isIP } from 'node:net';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { parseBytes } from './bytes.js';
import { Auth0Settings } from './auth0-settings.js';
import { slackOwnHosts, splitHosts } from './slack-hosts.js';
import { parseTrustProxy, type TrustProxy } from './trust-proxy.js';

export const logLevels = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof logLevels)[number];

const localUrl = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };
// Checks of one setting share their message, so that a wrong value is one line.
const port = { message: '$property must be a whole number from 0 (any free port) to 65535' };
const host = {
  message: 'HOST must be an address or a name alone, such as 127.0.0.1, ::1 or localhost; the port is PORT',
};
const size = { message: '$property must be a size above 0, such as 500kb or 5mb' };
const rateLimit = {
  message: '$property must be a whole number of failed authentications a minute, or 0 for no limit',
};
const trustProxy = {
  message:
    'TRUST_PROXY must be addresses and ranges of proxies, such as 10.0.0.0/8,192.0.2.7, or how many proxies stand before the router, from 0 to 10',
};
const tracesUrl = { message: '$property must be an http(s) URL, such as http://localhost:4318' };
const appToken =
  'SLACK_APP_TOKEN must be an app-level token, which begins with xapp- and has the scope connections:write';
const duration = { message: '$property must be a duration such as 30s, 5m, 1h or 7d' };

/** The environment as the router reads it. Property names are the variables' names. */
export class Settings extends Auth0Settings {
  @Transform(({ value }) => Number(value))
  @IsInt(port)
  @Min(0, port)
  @Max(65_535, port)
  PORT = 3000;

  /** Without the brackets that an IPv6 address has in a URL. */
  @Transform(({ value }) => (typeof value === 'string' ? value.replace(/^\[(.*)\]$/, '$1') : value))
  @ValidateBy({ name: 'host', validator: { validate: isHost } }, host)
  HOST = '0.0.0.0';

  @IsIn(['development', 'production', 'test'], {
    message: 'NODE_ENV must be development, production or test',
  })
  NODE_ENV = 'development';

  /** Any of these opens `/api/logs`. */
  @Transform(({ value }) => splitTokens(value))
  @IsString({ each: true })
  AUTH0_LOG_STREAM_TOKEN: string[] = [];

  @IsOptional()
  @IsString()
  ADMIN_TOKEN?: string;

  /** Opens `/metrics`, which is open to all when this is absent. */
  @IsOptional()
  @IsString()
  METRICS_TOKEN?: string;

  @IsOptional()
  @IsUrl(localUrl, {
    message: 'SLACK_WEBHOOK_URL must be an http(s) URL, such as https://hooks.slack.com/services/…',
  })
  SLACK_WEBHOOK_URL?: string;

  @IsOptional()
  @IsString()
  SLACK_BOT_TOKEN?: string;

  @IsUrl(localUrl, { message: 'SLACK_API_URL must be an http(s) URL' })
  SLACK_API_URL = 'https://slack.com/api';

  /** The hosts that messages may be posted to, by https; `*` is any. This machine is allowed too, outside production. */
  @Transform(({ value }) => (typeof value === 'string' ? splitHosts(value) : value))
  @Matches(/^(\*|[a-z0-9.-]+|\[[0-9a-f:.]+\])$/, {
    each: true,
    message: 'SLACK_ALLOW_HOSTS must be names of hosts, separated by commas, such as hooks.slack.com, or *',
  })
  SLACK_ALLOW_HOSTS: string[] = [...slackOwnHosts];

  @IsOptional()
  @IsString()
  SLACK_SIGNING_SECRET?: string;

  /** Slack's app-level token, with which clicks come over Socket Mode, without a request to this service. */
  @IsOptional()
  @Matches(/^xapp-\S+$/, { message: appTokenProblem })
  SLACK_APP_TOKEN?: string;

  /** What `redact` in the rules file makes its hashes with, and what keys of windows are stored with. */
  @IsOptional()
  @IsString()
  REDACT_KEY?: string;

  @IsString()
  RULES_FILE = 'rules.yaml';

  /** The only names, separated by commas, that `${NAME}` in a rules file may take; absent: all but the settings themselves. */
  @IsString()
  RULES_ENV = '';

  @Matches(/^(sqlite:(?!\/*$).+|postgres(ql)?:\/\/.+)/, {
    message:
      'DATABASE_URL must be sqlite:path, such as sqlite:data/router.db or sqlite:/data/router.db, or postgres://user:password@host:port/database',
  })
  DATABASE_URL = 'sqlite:data/router.db';

  /** The largest batch, in bytes, before and after unpacking. */
  @Transform(({ value }) => (typeof value === 'string' ? parseBytes(value) : value))
  @IsInt(size)
  @Min(1, size)
  MAX_BODY = 5 * 1024 * 1024;

  @Transform(({ value }) => toLogLevel(value))
  @IsIn(logLevels, { message: `LOG_LEVEL must be one of ${logLevels.join(', ')}, or info, which is log` })
  LOG_LEVEL: LogLevel = 'log';

  /** Failed authentications a minute and address before 429; 0 turns the limit off. */
  @Transform(({ value }) => Number(value))
  @IsInt(rateLimit)
  @Min(0, rateLimit)
  RATE_LIMIT = 60;

  /** The proxies whose `X-Forwarded-For` gives the client's address; 0: none. */
  @Transform(({ value }) => (typeof value === 'string' ? parseTrustProxy(value) : value))
  @ValidateBy({ name: 'trustProxy', validator: { validate: (value) => value !== undefined } }, trustProxy)
  TRUST_PROXY: TrustProxy = 0;

  @Transform(({ value }) => toBoolean(value))
  @IsBoolean({ message: 'WATCH_RULES must be true or false' })
  WATCH_RULES = true;

  /** Whether the tests in the rules file must pass for it to be put in force. */
  @Transform(({ value }) => toBoolean(value))
  @IsBoolean({ message: 'RULES_REQUIRE_TESTS must be true or false' })
  RULES_REQUIRE_TESTS = false;

  @IsUrl(localUrl, {
    message:
      'AUTH0_DASHBOARD_URL must be an http(s) URL, such as https://manage.auth0.com/dashboard/eu/my-tenant',
  })
  AUTH0_DASHBOARD_URL = 'https://manage.auth0.com/#';

  /** How long an event's log_id is remembered, so that it alerts once. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  DEDUPE_FOR = '7d';

  /** How many keys a rule's window keeps; beyond, those used least recently are forgotten. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'WINDOW_MAX_KEYS must be a whole number of keys' })
  @Min(1, { message: 'WINDOW_MAX_KEYS must be at least 1' })
  WINDOW_MAX_KEYS = 100_000;

  /** How long requests and posts in flight may take to end once the service was asked to stop. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  SHUTDOWN_GRACE = '10s';

  /** How long delivered messages and their alerts stay listed. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  KEEP_DELIVERED_FOR = '30d';

  /** How long dead messages stay listed and can be replayed. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  KEEP_DEAD_FOR = '90d';

  /** How long the audit remembers who changed what. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  KEEP_AUDIT_FOR = '365d';

  @Matches(/^[1-9]\d*[smhd]$/, duration)
  SLACK_TIMEOUT = '10s';

  /** Messages a second and channel; Slack takes one. */
  @Transform(({ value }) => Number(value))
  @Min(0.01, { message: 'SLACK_RATE must be a number of messages a second' })
  @Max(1000, { message: 'SLACK_RATE must be at most 1000 messages a second' })
  SLACK_RATE = 1;

  /** How many messages a channel takes at once after a quiet time. */
  @Transform(({ value }) => Number(value))
  @IsInt({ message: 'SLACK_BURST must be a whole number of messages' })
  @Min(1, { message: 'SLACK_BURST must be at least 1' })
  SLACK_BURST = 3;

  /** What a channel can't take within this time becomes one message that counts. */
  @Matches(/^[1-9]\d*[smhd]$/, duration)
  DIGEST_AFTER = '10s';

  /** Where traces go, as `/v1/traces` below it; none are made where both this and the next are empty. */
  @ValidateIf(isGiven)
  @IsUrl(localUrl, tracesUrl)
  OTEL_EXPORTER_OTLP_ENDPOINT = '';

  /** Where traces go, whole; it comes before the one above. */
  @ValidateIf(isGiven)
  @IsUrl(localUrl, tracesUrl)
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT = '';

  /** `true` turns tracing off. Any other value does not, as the standard has it. */
  @IsString()
  OTEL_SDK_DISABLED = '';

  /** Only `otlp` sends traces. */
  @IsString()
  OTEL_TRACES_EXPORTER = 'otlp';
}

/** The settings whose value may be read from a file that `NAME_FILE` names. */
export const secretNames = [
  'AUTH0_LOG_STREAM_TOKEN',
  'AUTH0_CLIENT_SECRET',
  'ADMIN_TOKEN',
  'METRICS_TOKEN',
  'SLACK_WEBHOOK_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'REDACT_KEY',
  'DATABASE_URL',
] as const;

/** No token is quoted. */
function appTokenProblem({ value }: ValidationArguments): string {
  const isOther = typeof value === 'string' && /^xox[a-z]-/.test(value);
  return isOther ? `${appToken}; a bot token, which begins with xoxb-, belongs in SLACK_BOT_TOKEN` : appToken;
}

function isGiven(_settings: unknown, value: unknown): boolean {
  return value !== '';
}

function splitTokens(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');
}

function isHost(value: unknown): boolean {
  return typeof value === 'string' && (isIP(value) !== 0 || /^[a-z0-9_.-]+$/i.test(value));
}

/** `info` is what most other programs call Nest's `log`. */
function toLogLevel(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const level = value.toLowerCase();
  return level === 'info' ? 'log' : level;
}

function toBoolean(value: unknown): unknown {
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  return value;
}
