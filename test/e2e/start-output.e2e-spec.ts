import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules = `version: 1
channels: { local: { console: true } }
rules: [{ id: failures, match: { types: [f] } }]
`;
const production = { NODE_ENV: 'production', AUTH0_LOG_STREAM_TOKEN: 'a-token-of-the-log-stream' };

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly timestamp: number;
}

describe('what a start says', () => {
  let folder: string;
  let router: SpawnedProgram;
  let busy: Server | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-start-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterEach(async () => {
    busy?.close();
    await router.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  function start(environment: Record<string, string>): void {
    router = SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      ...environment,
    });
  }

  /** Every line printed so far, each of which must be JSON. */
  function logLines(): LogLine[] {
    const lines = router.output.trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line) as LogLine);
  }

  it('is JSON in production, from the first line to the last', async () => {
    start(production);
    await router.until('its channels', (output) => /Channel local[^\n]*\n/.exec(output)?.[0]);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    const lines = logLines();
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Listening on http:\/\/localhost:\d+$/),
        'Rules: 1 from rules.yaml (failures)',
        expect.stringMatching(/^Channel local: this console/),
      ]),
    );
    for (const { level, timestamp } of lines) expect([level, typeof timestamp]).toEqual(['log', 'number']);
  });

  it('is one line of JSON in production when it is refused', async () => {
    start({ ...production, PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    const [line, ...more] = logLines();
    expect(more).toEqual([]);
    expect(line?.level).toBe('error');
    expect(line?.message).toMatch(/^The settings are not valid:\n {2}- PORT .*\n {2}- LOG_LEVEL /);

    await writeFile(join(folder, 'rules.yaml'), rules.replace('types', 'tpes'));
    start(production);
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(logLines().at(-1)?.message).toMatch(/^The rules file is not valid:\n {2}rules\.yaml:3:/);
  });

  it('names a port that is in use and an address of another machine, without a stack trace', async () => {
    busy = await listening();
    const { port } = busy.address() as AddressInfo;
    const token = { AUTH0_LOG_STREAM_TOKEN: 'token' };
    start({ ...token, PORT: String(port) });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(router.output).toBe(
      `PORT: ${port} is in use on 127.0.0.1; stop what listens there, or choose another\n`,
    );
    start({ ...production, PORT: String(port) });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(logLines().at(-1)).toMatchObject({ level: 'error', message: expect.stringMatching(/^PORT: /) });

    start({ ...token, HOST: '192.0.2.1' });
    expect(await router.exit()).toEqual({ code: 1, signal: null });
    expect(router.output).toMatch(/^HOST: 192\.0\.2\.1 is not an address of this machine; [^\n]*\n$/);
  });
});

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
