import { ConsoleLogger } from '@nestjs/common';
import { logLevels, type LogLevel, type Settings } from '../config/settings.js';

/** Where Nest tells how it wires itself up, which is of use to nobody who runs the service. */
const wiring = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** JSON lines in production, readable ones elsewhere, coloured only on a terminal. */
export class ServiceLogger extends ConsoleLogger {
  constructor(settings: Settings) {
    const production = settings.NODE_ENV === 'production';
    const enabled: LogLevel[] = logLevels.slice(0, logLevels.indexOf(settings.LOG_LEVEL) + 1);
    super({ logLevels: enabled, json: production, colors: !production && process.stdout.isTTY === true });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!wiring.has(String(rest.at(-1)))) super.log(message, ...rest);
  }
}
