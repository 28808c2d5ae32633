import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';
import { FakeSlack } from '../support/fake-slack.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;

const send = async (url: string, ids: readonly string[]): Promise<number> => {
  const batch = ids.map((id) => ({
    log_id: id,
    data: { type: 'f', description: `event ${id};`, log_id: id },
  }));
  const headers = { authorization: 'token' };
  return (await fetch(`${url}/api/logs`, { method: 'POST', headers, body: JSON.stringify(batch) })).status;
};

describe('a kill -9', () => {
  let slack: FakeSlack;
  let folder: string;
  let router: SpawnedProgram | undefined;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    folder = await mkdtemp(join(tmpdir(), 'alert-router-crash-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterEach(async () => {
    await router?.destroy();
    await slack.close();
    await rm(folder, { recursive: true, force: true });
  });

  const start = (): SpawnedProgram =>
    SpawnedProgram.start(folder, process.execPath, [main], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      SLACK_WEBHOOK_URL: slack.webhookUrl('hook'),
      // Fast enough that every message comes alone.
      SLACK_RATE: '20',
      SLACK_BURST: '20',
    });

  it('right after the answer loses nothing, and repeats at most the message that was being posted', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `id-${index}`);
    router = start();
    expect(await send(await router.url(), ids)).toBe(200);
    // The answer is not read any more by the time Slack has accepted a few.
    await slack.waitFor(3);
    router.kill('SIGKILL');
    await router.exit();

    router = start();
    const url = await router.url();
    // Auth0 sends what it got no answer to again; here everything.
    expect(await send(url, ids)).toBe(200);
    const shown = () => slack.messages.map((message) => /event ([\w-]+);/.exec(slack.textOf(message))?.[1]);
    await slack.waitFor(() => new Set(shown()).size === ids.length);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(shown().length - ids.length).toBeLessThanOrEqual(1);
  });
});
