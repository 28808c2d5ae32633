import { ConsoleLogger } from '@nestjs/common';
import type { Environment } from '../config/read-settings.js';
import { logLevels, type LogLevel, type Settings } from '../config/settings.js';
import { KnownSecrets } from './known-secrets.js';

/** Nest's own contexts, which log how modules are wired and help nobody who runs the service. */
const wiring = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** JSON lines in production, readable ones elsewhere, coloured only on a terminal; and never a secret of the settings. */
export class ServiceLogger extends ConsoleLogger {
  private readonly secrets: KnownSecrets;

  constructor(settings: Settings, environment: Environment) {
    const production = settings.NODE_ENV === 'production';
    const enabled: LogLevel[] = logLevels.slice(0, logLevels.indexOf(settings.LOG_LEVEL) + 1);
    super({ logLevels: enabled, json: production, colors: !production && process.stdout.isTTY === true });
    this.secrets = KnownSecrets.of(settings, environment);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!wiring.has(String(rest.at(-1)))) super.log(message, ...rest);
  }

  /** Nest logs an error of its own when it can't listen, and rejects with the same, which the start reports in better words. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (!(rest.at(-1) === 'NestApplication' && /^Error: (listen|getaddrinfo) /.test(String(message)))) {
      super.error(message, ...rest);
    }
  }

  protected override formatMessage(
    ...[level, message, ...rest]: Parameters<ConsoleLogger['formatMessage']>
  ): string {
    return this.secrets.hide(super.formatMessage(level, message, ...rest));
  }

  protected override stringifyJsonLogObject(logObject: Record<string, unknown>): string {
    return this.secrets.hide(super.stringifyJsonLogObject(logObject));
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(typeof stack === 'string' ? this.secrets.hide(stack) : stack);
  }
}
