import { Logger } from '@nestjs/common';

/** The warnings that each test of a `describe` has logged, from its start on. Nothing is printed. */
export function loggedWarnings(): readonly string[] {
  const lines: string[] = [];

  beforeEach(() => {
    lines.length = 0;
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (line: string) => void lines.push(line),
    });
  });

  afterEach(() => Logger.overrideLogger(['log', 'warn', 'error']));

  return lines;
}
