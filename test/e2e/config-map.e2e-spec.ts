import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SpawnedProgram } from '../support/spawned-program.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/**
 * A folder as the kubelet mounts a ConfigMap: each name is a link to ..data/name, and ..data a link to a folder with a
 * name of its own. An update makes a new folder, swaps ..data by renaming a new link over it, and deletes the old folder.
 */
class ConfigMapFolder {
  private version = 0;

  constructor(private readonly path: string) {}

  async mount(files: Readonly<Record<string, string>>): Promise<void> {
    await this.update(files);
    for (const name of Object.keys(files)) await symlink(`..data/${name}`, join(this.path, name));
  }

  async update(files: Readonly<Record<string, string>>): Promise<void> {
    const before = this.folder();
    this.version++;
    await mkdir(join(this.path, this.folder()));
    for (const [name, text] of Object.entries(files))
      await writeFile(join(this.path, this.folder(), name), text);
    await symlink(this.folder(), join(this.path, '..data_tmp'));
    await rename(join(this.path, '..data_tmp'), join(this.path, '..data'));
    await rm(join(this.path, before), { recursive: true, force: true });
  }

  private folder(): string {
    return `..2026_11_28_12_00_00.${this.version}`;
  }
}

const including = 'version: 1\ninclude: [more.yaml]\nchannels: { local: { console: true } }\n';
const rules = (...ids: readonly string[]): string =>
  `version: 1\nrules: [${ids.map((id) => `{ id: ${id}, match: {}, channels: [local] }`).join(', ')}]\n`;

describe('rules in a ConfigMap', () => {
  let folder: string;
  let router: SpawnedProgram | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'alert-router-config-map-'));
  });

  afterEach(async () => {
    await router?.destroy();
    await rm(folder, { recursive: true });
  });

  it('are loaded again after each swap by the kubelet, also when only an included file differs', async () => {
    await mkdir(join(folder, 'rules'));
    const configMap = new ConfigMapFolder(join(folder, 'rules'));
    await configMap.mount({ 'rules.yaml': including, 'more.yaml': rules('a') });
    router = SpawnedProgram.start(folder, process.execPath, [main], {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      AUTH0_LOG_STREAM_TOKEN: 'a-token-for-the-log-stream',
      DATABASE_URL: `sqlite:${join(folder, 'router.db')}`,
      RULES_FILE: join(folder, 'rules/rules.yaml'),
    });
    await router.url();
    const reloaded = (count: number): Promise<string> =>
      router!.until(
        `${count} rules`,
        (output) => new RegExp(`rules reloaded: ${count} in force`).exec(output)?.[0],
      );

    await configMap.update({ 'rules.yaml': including, 'more.yaml': rules('a', 'b') });
    await reloaded(2);
    await configMap.update({
      'rules.yaml': including,
      'more.yaml': rules('a', 'b').replace('match', 'mtach'),
    });
    await router.until('what is wrong', (output) => /mtach/.exec(output)?.[0]);
    await configMap.update({ 'rules.yaml': including, 'more.yaml': rules('a', 'b', 'c') });
    await reloaded(3);
  });
});
