import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const rules =
  'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: failures, match: { types: [f] } }]\n';

/** A small write may still find room where a batch did not, and uses it up. */
async function untilNotReady(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    await answer.arrayBuffer();
    if (answer.status === 503) return;
    if (Date.now() > deadline) throw new Error('it says that it is ready');
    await new Promise(setImmediate);
  }
}

describe('a disk without room', () => {
  let folder: string;
  let router: SpawnedProgram | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-full-'));
    await writeFile(join(folder, 'rules.yaml'), rules);
  });

  afterEach(async () => {
    await router?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  /** @param blocks of 512 bytes, which no file of the router's may be larger than. */
  const start = (blocks: number | 'unlimited'): SpawnedProgram =>
    SpawnedProgram.start(folder, 'sh', ['-c', `ulimit -f ${blocks}; exec "${process.execPath}" "${main}"`], {
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'token',
      ADMIN_TOKEN: 'admin',
    });

  it('is a 503 for every batch that does not fit, and none of what was acknowledged is lost', async () => {
    router = start(1_000);
    const url = await router.url();
    const statuses = new Map<string, number>();
    for (let batch = 0; batch < 60 && ![...statuses.values()].includes(503); batch++) {
      const events = Array.from({ length: 20 }, (_, index) => ({
        type: 'f',
        log_id: `${batch}-${index}`,
        description: 'x'.repeat(500),
      }));
      const answer = await fetch(`${url}/api/logs`, {
        method: 'POST',
        headers: { authorization: 'token' },
        body: JSON.stringify(events),
      });
      statuses.set(`${batch}`, answer.status);
    }
    expect(new Set(statuses.values())).toEqual(new Set([200, 503]));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    // Where the limit cuts a write in two it is a full disk, and otherwise a failure of the disk.
    expect(router.output).toMatch(
      /could not be stored.*the disk (is full: nothing can be added to|failed in)/,
    );
    await untilNotReady(url);
    expect(router.output).toMatch(
      /the database can't be written, and \/readyz answers 503: the disk (is full|failed)/,
    );
    router.kill('SIGKILL');
    await router.exit();

    router = start('unlimited');
    const again = await router.url();
    const answer = await fetch(`${again}/admin/alerts?limit=1000`, {
      headers: { authorization: 'Bearer admin' },
    });
    const { items, next } = (await answer.json()) as { items: object[]; next: string | null };
    const acknowledged = [...statuses.values()].filter((status) => status === 200).length * 20;
    expect(next === null ? items.length : 1000).toBe(Math.min(acknowledged, 1000));
  }, 60_000);
});
