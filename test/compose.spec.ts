import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly cpus?: number;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes?: Readonly<Record<string, null>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

const read = (path: string): Compose => parse(readFileSync(path, 'utf8'), { merge: true }) as Compose;
const files = ['compose.yaml', 'deploy/compose.yaml'];
/** What make-secrets.sh and the operator put there. */
const madeLater = /^\.\/(deploy\/)?(secrets|backups)(\/|$)/;

describe.each(files)('%s', (path) => {
  const compose = read(path);
  const services = Object.entries(compose.services);

  it.each(services)('gives %s no rights, no writable root and limits', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      cpus: expect.any(Number) as number,
      mem_limit: expect.stringMatching(/^\d+[mg]$/) as string,
      pids_limit: expect.any(Number) as number,
    });
    expect(service.privileged).toBeUndefined();
  });

  it.each(services)('names for %s only what there is', (_, service) => {
    const { services: others, networks = {}, volumes = {}, secrets = {} } = compose;
    const dependencies = service.depends_on ?? [];
    expect(Object.keys(others)).toEqual(
      expect.arrayContaining(Array.isArray(dependencies) ? dependencies : Object.keys(dependencies)),
    );
    expect(Object.keys(networks)).toEqual(expect.arrayContaining([...(service.networks ?? [])]));
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining([...(service.secrets ?? [])]));
    const named = (service.secrets ?? []).map((name) => `/run/secrets/${name}`);
    const asked = Object.entries(service.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
    expect(named).toEqual(expect.arrayContaining(asked.map(([, file]) => file)));
    for (const [source = ''] of (service.volumes ?? []).map((volume) => volume.split(':'))) {
      const there = source.startsWith('.')
        ? madeLater.test(source) || existsSync(join(dirname(path), source))
        : Object.hasOwn(volumes, source);
      expect({ source, there }).toEqual({ source, there: true });
    }
  });
});

describe('deploy/compose.yaml', () => {
  const compose = read('deploy/compose.yaml');

  it('shows nothing of PostgreSQL to the world, and has no password in the environment', () => {
    const { postgres } = compose.services;
    expect(postgres?.ports).toBeUndefined();
    expect(postgres?.networks).toEqual(['database']);
    expect(compose.networks?.['database']?.internal).toBe(true);
    const variables = Object.values(compose.services).flatMap(({ environment = {} }) =>
      Object.keys(environment),
    );
    expect(variables.filter((name) => /PASSWORD$|TOKEN$/.test(name))).toEqual([]);
  });

  it('reads the secrets that make-secrets.sh makes, and the webhook', () => {
    const script = readFileSync('deploy/make-secrets.sh', 'utf8');
    const made = [...script.matchAll(/^make (\w+)/gm)].map(([, name]) => name);
    expect(Object.keys(compose.secrets ?? {}).sort()).toEqual([...made, 'slack_webhook_url'].sort());
  });
});
