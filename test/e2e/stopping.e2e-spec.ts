import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules = `
version: 1
channels: { local: { console: true } }
defaults: { channels: [local] }
rules: [{ id: failures, match: { types: [f] } }]
`;
const batch = JSON.stringify([{ log_id: 'a', data: { type: 'f', description: 'late' } }]);

describe('SIGTERM', () => {
  let folder: string;
  let router: SpawnedProgram;
  let agent: Agent;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-stopping-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
    agent = new Agent({ keepAlive: true });
    router = start();
  });

  afterEach(async () => {
    agent.destroy();
    await router.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (environment: Record<string, string> = {}): SpawnedProgram =>
    SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      SHUTDOWN_GRACE: '2s',
      ...environment,
    });

  /** Sends the head of a batch and the beginning of its body, and waits until the service has them. */
  async function halfSent(url: string): Promise<ClientRequest> {
    const headers = { authorization: 'token', 'content-length': batch.length, expect: '100-continue' };
    const sending = request(`${url}/api/logs`, { method: 'POST', agent, headers });
    sending.on('error', () => undefined);
    sending.flushHeaders();
    await once(sending, 'continue');
    sending.write(batch.slice(0, 10));
    return sending;
  }

  async function refusesConnections(url: string): Promise<void> {
    const deadline = Date.now() + 1_500;
    while (
      await fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(
        () => true,
        () => false,
      )
    )
      if (Date.now() > deadline) throw new Error('the service still takes connections');
  }

  it('lets a request in flight end, closes its connection, and exits with 0', async () => {
    const url = await router.url();
    const sending = await halfSent(url);
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    router.kill('SIGTERM');
    await refusesConnections(url);
    sending.end(batch.slice(10));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(200);
    expect(answer.headers.connection).toBe('close');
    answer.resume();
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(router.output).not.toContain('cut off');
  });

  it('ends with 0 after the grace period when Slack never answers a post', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await writeFile(
      join(folder, 'rules.yaml'),
      rules.replace('{ console: true }', `{ webhook: 'http://127.0.0.1:${port}/hook' }`),
    );
    router.kill('SIGKILL');
    await router.exit();
    router = start({ SLACK_TIMEOUT: '10m' });
    const posted = once(silent, 'request');
    const headers = { authorization: 'token' };
    const url = await router.url();
    expect((await fetch(`${url}/api/logs`, { method: 'POST', headers, body: batch })).status).toBe(200);
    await posted;
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(router.output).toContain('cut off');
    silent.closeAllConnections();
    silent.close();
  });

  it('ends with 0 after the grace period when a request never ends', async () => {
    const url = await router.url();
    await halfSent(url);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(router.output).toContain('cut off');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 at a %s during the start, while the database does not answer',
    async (signal) => {
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      router.kill('SIGKILL');
      await router.exit();
      const asked = once(silent, 'connection');
      router = start({ DATABASE_URL: `postgres://router@127.0.0.1:${port}/router` });
      await asked;
      router.kill(signal);
      expect(await router.exit()).toEqual({ code: 0, signal: null });
      silent.closeAllConnections();
      silent.close();
    },
  );

  it('ends at once, with 143, at a second SIGTERM', async () => {
    router.kill('SIGKILL');
    await router.exit();
    router = start({ SHUTDOWN_GRACE: '1h' });
    await halfSent(await router.url());
    router.kill('SIGTERM');
    // Two within a second count as one.
    const again = setInterval(() => router.kill('SIGTERM'), 100);
    expect(await router.exit()).toEqual({ code: 143, signal: null });
    clearInterval(again);
  });
});
