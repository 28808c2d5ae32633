import { ConsoleLogger } from '@nestjs/common';
import type { Environment } from '../config/read-settings.js';

/**
 * Where the start says how it went, whatever the log level, and before there are settings to make a logger of. In
 * production that is JSON lines, as all that follows: one for each line of what was started, and one for a refusal.
 */
export class StartupOutput {
  private readonly logger: ConsoleLogger | undefined;

  constructor({ NODE_ENV }: Environment) {
    this.logger = NODE_ENV?.trim() === 'production' ? new ConsoleLogger('Start', { json: true }) : undefined;
  }

  started(lines: readonly string[]): void {
    if (this.logger === undefined) console.log(lines.join('\n'));
    for (const line of lines) if (line !== '') this.logger?.log(line);
  }

  /** Why there is nothing to serve. */
  refused(lines: readonly string[]): void {
    const text = lines.join('\n');
    if (this.logger === undefined) console.error(text);
    else this.logger.error(text);
  }
}
