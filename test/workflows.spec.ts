import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Permissions = Readonly<Record<string, 'read' | 'write'>>;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: Permissions;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: string | readonly string[];
        readonly permissions?: Permissions;
        readonly 'timeout-minutes'?: number;
        readonly steps: readonly Step[];
      }
    >
  >;
}

const folder = '.github/workflows';
const read = (name: string): Workflow => parse(readFileSync(join(folder, name), 'utf8')) as Workflow;
const jobs = readdirSync(folder).flatMap((name) =>
  Object.entries(read(name).jobs).map(([job, body]) => ({ name, job, body })),
);

describe('the workflows of GitHub', () => {
  it.each(readdirSync(folder))('%s gives no right to write to all of its jobs', (name) => {
    const { permissions } = read(name);
    expect(permissions).toBeDefined();
    expect(Object.values(permissions ?? {})).not.toContain('write');
  });

  it.each(jobs)('$name has actions of a version, and a limit of time, in $job', ({ body }) => {
    const actions = body.steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.filter((action) => !/@(v\d+(\.\d+)*|[0-9a-f]{40})$/.test(action))).toEqual([]);
    expect(body['timeout-minutes']).toBeGreaterThan(0);
  });

  it.each(jobs)('$name puts nothing that others choose into the commands of $job', ({ body }) => {
    expect(body.steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('release.yml publishes only what was tested, each job with the rights that it needs', () => {
    const { test, image, npm, release } = read('release.yml').jobs;
    expect(test?.steps.map(({ run }) => run)).toContain('.ci/run');
    expect([test?.permissions, image?.permissions, npm?.permissions, release?.permissions]).toEqual([
      { contents: 'read' },
      { contents: 'read', packages: 'write' },
      { contents: 'read', 'id-token': 'write' },
      { contents: 'write' },
    ]);
    expect([image?.needs, npm?.needs, release?.needs]).toEqual(['test', 'test', ['image', 'npm']]);
    const build = image?.steps.find(({ uses = '' }) => uses.startsWith('docker/build-push-action'));
    expect(build?.with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      provenance: 'mode=max',
      sbom: true,
      'build-args': expect.stringContaining('NODE_IMAGE=${{ steps.base.outputs.image }}') as string,
    });
    expect(npm?.steps.map(({ run }) => run)).toContain('npm publish --provenance --access public');
  });

  it('scripts/changelog-section.mjs prints the section of a version, and fails for one without', () => {
    const section = (version: string): string =>
      String(
        execFileSync(process.execPath, ['scripts/changelog-section.mjs', version], {
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
    expect(section('0.1.0')).toMatch(/^### Added\n\n- `\/api\/logs`/);
    expect(section('0.1.0')).not.toContain('## [');
    expect(() => section('9.9.9')).toThrow('has no section for 9.9.9');
  });
});

describe('the Dockerfile', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const lines = dockerfile.split('\n');

  it('builds every stage from the one base image that a release pins', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=docker\.io\/library\/node:\d+-slim(@sha256:[0-9a-f]{64})?$/m);
    const bases = lines.filter((line) => line.startsWith('FROM '));
    expect(bases.every((line) => line.includes('${NODE_IMAGE}'))).toBe(true);
  });

  it('ends as a user with a number, with a signal, a check of its health and an exec form', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(last).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node"/m);
    expect(last).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m);
  });

  it('copies only what .dockerignore lets into the build', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? line.slice(1) : []));
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1))
      .map((name) => name.replace('./', ''));
    expect(allowed).toEqual(expect.arrayContaining(copied));
  });
});
