import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const token = 'production-install-token';
const adminToken = 'production-install-admin-token';
const minutes = 60_000;

/**
 * Installs what the Dockerfile installs, the way it does, into a folder with nothing else in it. What only a
 * development dependency or an install script provides is missing there, and the service must not miss it.
 */
describe('a production install', () => {
  let folder: string;
  let service: SpawnedProgram | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-install-'));
    for (const name of [
      'package.json',
      'package-lock.json',
      'rules.yaml',
      'rules.schema.json',
      'rules',
      'dist',
    ]) {
      await cp(join(root, name), join(folder, name), { recursive: true });
    }
    // Nothing is posted from here, which a production install needs to know.
    const rules = await readFile(join(folder, 'rules.yaml'), 'utf8');
    await writeFile(join(folder, 'rules.yaml'), rules.replace(/webhook: .*(?= })/, '$&, console: true'));
    const install = ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
    await SpawnedProgram.run(folder, 'npm', install);
  }, 3 * minutes);

  afterAll(async () => {
    await service?.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'prints the JSON Schema of rules files',
    async () => {
      const program = SpawnedProgram.start(folder, process.execPath, ['dist/cli.js', 'schema']);
      expect(await program.exit()).toEqual({ code: 0, signal: null });
      expect(program.output).toBe(await readFile(join(root, 'rules.schema.json'), 'utf8'));
    },
    minutes,
  );

  it(
    'starts, takes the guide’s test call, describes itself, and ends on SIGTERM with 0',
    async () => {
      service = SpawnedProgram.start(folder, process.execPath, ['dist/main.js'], {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        AUTH0_LOG_STREAM_TOKEN: token,
        ADMIN_TOKEN: adminToken,
        DATABASE_URL: `sqlite:${join(folder, 'router.db')}`,
      });
      const url = await service.url();
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const asAdmin = { headers: { Authorization: `Bearer ${adminToken}` } };
      expect(await (await fetch(`${url}/docs`, asAdmin)).text()).toContain('/admin/deliveries/{id}/replay');
      expect(await (await fetch(`${url}/docs-json`, asAdmin)).text()).toBe(
        await readFile(join(root, 'dist/api-docs/openapi.json'), 'utf8'),
      );

      const answer = await fetch(`${url}/api/logs`, {
        method: 'POST',
        headers: { Authorization: token, 'Content-Type': 'application/json' },
        body: '[{"data": {"type": "f", "description": "Test failure", "log_id": "abc1234567890"}}]',
      });
      expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: 'ok' });

      service.kill('SIGTERM');
      expect(await service.exit()).toEqual({ code: 0, signal: null });
    },
    minutes,
  );
});
