import { stripVTControlCharacters } from 'node:util';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { readSettings } from '../config/read-settings.js';
import { ServiceLogger } from './service-logger.js';

/** What a logger with these settings writes on both streams while `work` runs. */
function written(
  environment: Record<string, string>,
  terminal: boolean,
  work: (logger: ServiceLogger) => void,
): string {
  const read = readSettings({ AUTH0_LOG_STREAM_TOKEN: 'token', ...environment });
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const isTTY = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
  let output = '';
  const collect = (text: string | Uint8Array): boolean => {
    output += String(text);
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation(collect),
  );
  try {
    Object.defineProperty(process.stdout, 'isTTY', { value: terminal, configurable: true });
    work(new ServiceLogger(read.settings, environment));
  } finally {
    for (const spy of spies) spy.mockRestore();
    if (isTTY === undefined) Reflect.deleteProperty(process.stdout, 'isTTY');
    else Object.defineProperty(process.stdout, 'isTTY', isTTY);
  }
  return output;
}

const production = { NODE_ENV: 'production' };

describe('ServiceLogger', () => {
  it.each(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication'])(
    'leaves out how %s wires the service, but not what goes wrong there',
    (context) => {
      const output = written({}, false, (logger) => {
        logger.log('wired', context);
        logger.error('broken', undefined, context);
      });
      expect(output).not.toContain('wired');
      expect(output).toContain('broken');
    },
  );

  it('hides the password of a proxy that the given environment names', () => {
    const output = written({ HTTPS_PROXY: 'http://user:proxy-pass@proxy.example.com' }, false, (logger) =>
      logger.error('proxy-pass was refused'),
    );
    expect(output).toContain('… was refused');
  });

  it('hides what opens the collector of traces', () => {
    const environment = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:collector-pass@collector.example.com',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=alerts, authorization=Bearer%20collector-token',
    };
    const output = written(environment, false, (logger) =>
      logger.error('collector-pass and Bearer collector-token and Bearer%20collector-token were refused'),
    );
    expect(output).toContain('… and … and … were refused');
  });

  it('writes everything else, the context included', () => {
    const output = written({}, false, (logger) => {
      Logger.overrideLogger(logger);
      new Logger('Ingestor').log('took a batch');
      logger.log('without a context');
    });
    expect(output).toMatch(/\[Ingestor\] took a batch/);
    expect(output).toContain('without a context');
  });

  it.each([
    ['error', ['an error']],
    ['log', ['an error', 'a warning', 'a message']],
    ['debug', ['an error', 'a warning', 'a message', 'a detail']],
  ])('writes at LOG_LEVEL=%s what is as important or more', (LOG_LEVEL, expected) => {
    const output = written({ LOG_LEVEL }, false, (logger) => {
      logger.error('an error');
      logger.warn('a warning');
      logger.log('a message');
      logger.debug('a detail');
    });
    const words = ['an error', 'a warning', 'a message', 'a detail'];
    expect(words.filter((word) => output.includes(word))).toEqual(expected);
  });

  it('writes one JSON object a line in production, stacks and line breaks included', () => {
    const output = written(production, true, (logger) => {
      logger.log('two\nlines', 'Ingestor');
      logger.error('broken', new Error('why').stack, 'Deliverer');
    });
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual([
      expect.objectContaining({ level: 'log', message: 'two\nlines', context: 'Ingestor' }),
      expect.objectContaining({
        level: 'error',
        message: 'broken',
        context: 'Deliverer',
        stack: expect.stringContaining('Error: why'),
      }),
    ]);
  });

  it.each([
    ['on a terminal', {}, true, true],
    ['without a terminal', {}, false, false],
    ['in production', production, true, false],
  ])('colours %s: %j', (_case, environment, terminal, coloured) => {
    const output = written(environment, terminal, (logger) => logger.warn('a warning', 'Ingestor'));
    expect(output !== stripVTControlCharacters(output)).toBe(coloured);
  });

  it.each([{}, production])('never writes a secret of the settings: %j', (mode) => {
    const secrets = {
      ADMIN_TOKEN: 'admin-"secret"-of-enough-length',
      SLACK_BOT_TOKEN: 'xoxb-bot-secret',
      DATABASE_URL: 'postgres://user:data%40base@host/db',
    };
    const text = 'a admin-"secret"-of-enough-length b xoxb-bot-secret c data%40base d data@base e';
    const output = written({ ...mode, ...secrets }, false, (logger) => {
      logger.log(text);
      logger.error(text, new Error(text).stack, 'Context');
      logger.error(new Error(text));
      logger.warn({ text });
    });
    expect(output).toContain('a … b … c … d … e');
    expect(output).not.toMatch(/admin-"secret|bot-secret|data@|data%40/);
  });
});
