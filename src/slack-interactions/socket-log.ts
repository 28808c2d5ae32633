import { Logger } from '@nestjs/common';
import type { LogLevel, SocketModeClient } from '@slack/socket-mode';

type Options = NonNullable<ConstructorParameters<typeof SocketModeClient>[0]>;
type LibraryLogger = NonNullable<Options['logger']>;

/**
 * Takes what Slack's library logs. Its failures are logged by the router in words of its own, so that they come here at
 * the level debug. The library's own debug lines quote what people clicked and where to answer them, and are left out.
 */
export class SocketLog implements LibraryLogger {
  private readonly logger = new Logger('SlackSocket');

  debug(): void {}

  info(): void {}

  warn(...parts: unknown[]): void {
    this.logger.debug(textOf(parts));
  }

  error(...parts: unknown[]): void {
    this.logger.debug(textOf(parts));
  }

  setLevel(): void {}

  /** Keeps the library from writing its debug lines at all. */
  getLevel(): LogLevel {
    return 'warn' as LogLevel;
  }

  setName(): void {}
}

/** The address of a socket holds a ticket that opens it. */
function textOf(parts: readonly unknown[]): string {
  return parts
    .map(String)
    .join(' ')
    .replaceAll(/\bwss?:\/\/\S+/gi, 'the address of the socket');
}
