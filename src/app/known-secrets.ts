import { adminTokens } from '../config/admin-tokens.js';
import type { Settings } from '../config/settings.js';

/** Where traces are sent, and with which headers. */
const collectors = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
const collectorHeaders = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'];

/** A shorter text may occur in a log line by chance. */
const shortest = 6;

/**
 * Takes the values of the settings that hold secrets out of what is logged. Nothing is meant to write them there; this is
 * for what a library puts into the message of an error.
 */
export class KnownSecrets {
  private readonly values: readonly string[];

  constructor(values: readonly (string | undefined)[]) {
    const given = values.filter((value) => value !== undefined && value.length >= shortest) as string[];
    // Lines of JSON have quotes and backslashes escaped.
    const written = given.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
    // The longest first, so that no part of one is left of it.
    this.values = [...new Set(written)].sort((a, b) => b.length - a.length);
  }

  static of(settings: Settings, environment: Readonly<Record<string, string | undefined>>): KnownSecrets {
    const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
    return new KnownSecrets([
      ...settings.AUTH0_LOG_STREAM_TOKEN,
      ...adminTokens(settings.ADMIN_TOKEN).map(({ token }) => token),
      settings.SLACK_BOT_TOKEN,
      settings.SLACK_SIGNING_SECRET,
      settings.SLACK_APP_TOKEN,
      settings.AUTH0_CLIENT_SECRET,
      settings.REDACT_KEY,
      settings.SLACK_WEBHOOK_URL,
      ...passwordsIn(settings.DATABASE_URL),
      ...[...proxies, ...collectors].flatMap((name) => passwordsIn(environment[name] ?? '')),
      ...collectorHeaders.flatMap((name) => headersIn(environment[name] ?? '')),
    ]);
  }

  hide(text: string): string {
    return this.values.reduce((hidden, value) => hidden.replaceAll(value, '…'), text);
  }
}

/** The password of a URL; also of a text that is not a valid URL. */
function passwordsIn(url: string): string[] {
  const [, written] = /^[a-z]+:\/\/[^:@/]*:(.*)@/i.exec(url) ?? [];
  return written === undefined ? [] : decodings(written);
}

/** The values of `name=value,name=value`. */
function headersIn(list: string): string[] {
  return list.split(',').flatMap((header) => decodings(header.slice(header.indexOf('=') + 1).trim()));
}

/** As written and decoded. */
function decodings(written: string): string[] {
  try {
    return [written, decodeURIComponent(written)];
  } catch {
    return [written];
  }
}
