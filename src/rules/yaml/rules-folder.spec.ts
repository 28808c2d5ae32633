import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../load-rules.js';
import { testEvents } from '../../replay/test-events.js';
import { findNamed, readNamed, rulesFolderOf } from './rules-folder.js';

const included = 'rules: [{ id: included, match: {} }]';
const secret = 'the text of another file';

describe('the names in a rules file', () => {
  let home: string;
  let folder: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'alert-router-names-'));
    folder = join(home, 'rules');
    await mkdir(join(folder, 'parts'), { recursive: true });
    await mkdir(join(home, 'outside'));
    await writeFile(join(home, 'outside/secret.yaml'), secret);
    await writeFile(join(folder, 'parts/a.yaml'), included);
  });

  afterEach(() => rm(home, { recursive: true }));

  const own = () => rulesFolderOf(join(folder, 'rules.yaml'));

  async function load(lines: string) {
    await writeFile(join(folder, 'rules.yaml'), `version: 1\nchannels: { c: { console: true } }\n${lines}\n`);
    return loadRules(join(folder, 'rules.yaml'), {});
  }

  async function problemsOf(lines: string): Promise<string[]> {
    const loaded = await load(lines);
    expect(JSON.stringify(loaded.ok ? [] : loaded.problems)).not.toContain(secret);
    return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
  }

  it('lead to what lies below its folder', async () => {
    expect(await load('include: [parts/a.yaml]')).toMatchObject({
      ok: true,
      rules: { rules: [{ id: 'included' }] },
    });
    expect(await load("include: ['{parts,other}/*.yaml']")).toMatchObject({
      ok: true,
      rules: { rules: [{ id: 'included' }] },
    });
  });

  it.each([
    '../outside/secret.yaml',
    'parts/../../outside/secret.yaml',
    '../outside/*.yaml',
    'parts/../../outside/*',
    '{..,parts}/**',
    '{parts,../outside}/*',
    '@(..)/outside/*',
  ])('are refused with ..: %s', async (name) => {
    expect(await problemsOf(`include: ['${name}']`)).toEqual(['a name with .. is not read']);
    expect(await problemsOf(`lists: { l: { file: '${name}' } }`)).toEqual(['a name with .. is not read']);
  });

  it.each(['{/proc,parts}/**', '{/etc/passwd,parts/none}', String.raw`\.\./outside/*`, '[.][.]/outside/*'])(
    'find nothing elsewhere: %s',
    async (pattern) => {
      const found = await findNamed(pattern, await own());
      const outside = found.kind === 'found' ? found.paths.filter((path) => !path.startsWith(folder)) : [];
      expect(outside).toEqual([]);
      expect(await problemsOf(`include: ['${pattern}']`)).toEqual([]);
    },
  );

  it('do not follow a symbolic link that leads out, of a file or of a folder', async () => {
    await symlink(join(home, 'outside/secret.yaml'), join(folder, 'link.yaml'));
    await symlink(join(home, 'outside'), join(folder, 'linked'));
    const out = (name: string) => `${name} leads out of the folder of the rules file`;
    expect(await problemsOf('include: [link.yaml]')).toEqual([out('link.yaml')]);
    expect(await problemsOf('include: [linked/secret.yaml]')).toEqual([out('linked/secret.yaml')]);
    expect(await problemsOf("include: ['*link.yaml']")).toEqual([out('link.yaml')]);
    expect(await problemsOf("include: ['**/secret.yaml']")).toEqual([]);
    expect(await problemsOf('lists: { l: { file: link.yaml } }')).toEqual([out('link.yaml')]);
    const test = { name: 't', file: 'link.yaml', expect: {} };
    expect(await testEvents(test, await own())).toEqual({
      kind: 'unreadable',
      at: ['file'],
      message: out('link.yaml'),
    });
  });

  it('work in a Kubernetes ConfigMap, whose files are links to a folder beside them', async () => {
    const mounted = join(home, 'mounted');
    await mkdir(join(mounted, '..2026_11_26'), { recursive: true });
    await symlink('..2026_11_26', join(mounted, '..data'));
    const files = {
      'rules.yaml':
        "version: 1\nchannels: { c: { console: true } }\ninclude: [a.yaml, 'b*.yaml']\nlists: { l: { file: l.txt } }",
      'a.yaml': included,
      'b1.yaml': 'rules: [{ id: b, match: {} }]',
      'l.txt': 'x',
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(mounted, '..2026_11_26', name), text);
      await symlink(join('..data', name), join(mounted, name));
    }
    // The whole mount may be reached through a link, too.
    await symlink(mounted, join(home, 'config'));
    for (const where of [mounted, join(home, 'config')]) {
      expect(await loadRules(join(where, 'rules.yaml'), {})).toMatchObject({
        ok: true,
        rules: { rules: [{ id: 'included' }, { id: 'b' }] },
      });
    }
  });

  it('read no special file and no long one', async () => {
    await writeFile(join(folder, 'long.yaml'), Buffer.alloc(10_000_001, ' '));
    expect(await readNamed('long.yaml', await own())).toMatchObject({ kind: 'unreadable' });
    expect(await readNamed('parts', await own())).toMatchObject({ kind: 'unreadable' });
  });

  it('find at most a thousand files with one glob', async () => {
    const many = join(folder, 'many');
    await mkdir(many);
    await Promise.all(Array.from({ length: 1_001 }, (_, index) => writeFile(join(many, `${index}`), '')));
    expect(await problemsOf("include: ['many/*']")).toEqual([
      'many/* looks at more than 20000 files and folders, or finds more than 1000 files',
    ]);
  });
});
