import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies, subset } from 'semver';

interface LockedPackage {
  readonly version: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const manifest = readJson<{
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}>('package.json');
const direct = Object.keys(manifest.dependencies);
const reasons = readJson<Readonly<Record<string, string>>>('scripts/dependency-reasons.json');
const lock = readJson<{ readonly packages: Readonly<Record<string, LockedPackage>> }>('package-lock.json');

/** What `npm ci --omit=dev` installs on some platform, by the path in node_modules. The router itself is ''. */
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);

describe('what production installs', () => {
  it('is listed with a reason for each package that the router itself asks for', () => {
    const problems = [
      ...direct
        .filter((name) => reasons[name] === undefined)
        .map(
          (name) =>
            `package.json depends on ${name}, and nothing says why: add the line "${name}": "…" to ` +
            'scripts/dependency-reasons.json and run npm run docs:dependencies',
        ),
      ...Object.keys(reasons)
        .filter((name) => !direct.includes(name))
        .map(
          (name) =>
            `package.json no longer depends on ${name}: take its line out of ` +
            'scripts/dependency-reasons.json and run npm run docs:dependencies',
        ),
    ];
    expect(problems).toEqual([]);
  });

  it('is what docs/dependencies.md says, as `npm run docs:dependencies` writes it', () => {
    // Sizes differ by platform, and versions by the day; neither makes the page wrong.
    const rows = readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| `(.+?)` .*\| (.+?) +\|$/gm);
    const listed = Object.fromEntries([...rows].map(([, name = '', why = '']) => [name, why]));
    expect(listed).toEqual(reasons);
  });

  it('has no install script', () => {
    expect(pathsWhere(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
  });

  it('holds no compiler, nothing that only describes the API, and nothing that reports installations', () => {
    const unwanted =
      /(^|\/)node_modules\/(typescript|(@nestjs|nestjs-)\/?swagger|swagger-ui-dist|@scarf\/scarf)$/;
    expect(pathsWhere((_, path) => unwanted.test(path))).toEqual([]);
  });

  it('runs on every version of Node.js that the router runs on', () => {
    for (const version of ['20.19.0', '22.12.0', '24.0.0'])
      expect([version, satisfies(version, manifest.engines.node)]).toEqual([version, true]);
    const refusing = installed
      .filter(([, { engines }]) => !subset(manifest.engines.node, engines?.node ?? '*'))
      .map(([path, { version, engines }]) => `${path} ${version} wants Node.js ${engines?.node}`);
    expect(refusing).toEqual([]);
  });

  it('has everything that the source imports', () => {
    const imported = sources().flatMap((text) => [...importsOf(text)]);
    expect([...new Set(imported)].filter((name) => !direct.includes(name))).toEqual([]);
  });
});

function pathsWhere(holds: (entry: LockedPackage, path: string) => boolean): readonly string[] {
  return installed.filter(([path, entry]) => holds(entry, path)).map(([path]) => path);
}

function sources(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join('src', file), 'utf8'));
}

/** The packages that a source file loads, by an import at its top or one where they are first used. */
function* importsOf(text: string): Generator<string> {
  const imports =
    /^(?:import|export) (?!type )(?:[^;'"]*? from )?'([^']+)'|(?<!typeof )\bimport\('([^']+)'\)/gm;
  for (const [, atTop, later] of text.matchAll(imports)) {
    const specifier = atTop ?? later ?? '';
    if (/^(\.|node:)/.test(specifier)) continue;
    yield specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  }
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}
