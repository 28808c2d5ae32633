import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';
import { manifestProblems, type Manifest } from './support/manifest-problems.js';

const chart = 'deploy/helm/auth0-alert-router';
const values = readdirSync(join(chart, 'ci')).map((name) => join(chart, 'ci', name));
/** .ci/run puts helm there when the machine has none. */
const PATH = [process.env['PATH'], join(process.cwd(), 'node_modules/.cache/helm')].join(delimiter);
const helm = (...args: string[]): string =>
  String(execFileSync('helm', args, { env: { ...process.env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] }));

function hasHelm(): boolean {
  try {
    helm('version');
    return true;
  } catch {
    return false;
  }
}

function rendered(file: string, ...args: string[]): readonly Manifest[] {
  const documents = parseAllDocuments(helm('template', 'alerts', chart, '--values', file, ...args));
  return documents.map((document) => document.toJS() as Manifest);
}

const valuesOf = (database: string): string => join(chart, `ci/${database}-values.yaml`);
const kinds = (manifests: readonly Manifest[]): readonly string[] => manifests.map(({ kind }) => kind).sort();

describe('the files of the Helm chart', () => {
  it('have the version of the package', () => {
    const { version } = parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'))).toMatchObject({
      version,
      appVersion: version,
    });
  });

  it('have the same alerts as deploy/prometheus', () => {
    expect(readFileSync(join(chart, 'files/alert-rules.yaml'), 'utf8')).toBe(
      readFileSync('deploy/prometheus/alert-rules.yaml', 'utf8'),
    );
  });

  it('have values that their schema takes, and a schema that refuses a misspelt one', () => {
    const takes = new Ajv({ strict: false }).compile(
      parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')) as object,
    );
    expect(takes(parse(readFileSync(join(chart, 'values.yaml'), 'utf8')))).toBe(true);
    expect(takes({ replicas: 3 })).toBe(false);
    expect(takes({ settings: { ADMIN_TOKEN: 'a token that everybody could read' } })).toBe(false);
  });
});

(hasHelm() ? describe : describe.skip)('the Helm chart', () => {
  it.each(values)('passes helm lint and the schemas of Kubernetes with %s', (file) => {
    expect(helm('lint', '--strict', chart, '--values', file)).toContain('0 chart(s) failed');
    for (const manifest of rendered(file)) {
      expect({ kind: manifest.kind, problems: manifestProblems(manifest) }).toEqual({
        kind: manifest.kind,
        problems: [],
      });
    }
  });

  it('makes on PostgreSQL two replicas that may be replaced one by one, and all that was asked for', () => {
    const manifests = rendered(valuesOf('postgres'));
    expect(kinds(manifests)).toEqual([
      'ConfigMap',
      'Deployment',
      'Ingress',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'PrometheusRule',
      'Service',
      'ServiceAccount',
      'ServiceMonitor',
    ]);
    expect(manifests.find(({ kind }) => kind === 'Deployment')).toMatchObject({
      spec: { replicas: 2, strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } } },
    });
  });

  it('makes on SQLite one replica that ends before the next one starts, with a volume', () => {
    const manifests = rendered(valuesOf('sqlite'), '--set', 'replicaCount=3');
    expect(kinds(manifests)).toEqual([
      'Deployment',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'Secret',
      'Service',
      'ServiceAccount',
    ]);
    expect(manifests.find(({ kind }) => kind === 'Deployment')).toMatchObject({
      spec: { replicas: 1, strategy: { type: 'Recreate' } },
    });
  });

  it('runs the router without rights, and waits longer for its end than the router does', () => {
    const deployment = rendered(valuesOf('postgres'), '--set', 'shutdownGraceSeconds=40').find(
      ({ kind }) => kind === 'Deployment',
    );
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            terminationGracePeriodSeconds: 60,
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                env: expect.arrayContaining([
                  { name: 'SHUTDOWN_GRACE', value: '40s' },
                  { name: 'DATABASE_URL', value: '' },
                  {
                    name: 'DATABASE_URL_FILE',
                    value: '/etc/auth0-alert-router/secrets/DATABASE_URL',
                  },
                  { name: 'RULES_FILE', value: '/etc/auth0-alert-router/rules/rules.yaml' },
                ]) as unknown,
                volumeMounts: expect.not.arrayContaining([
                  expect.objectContaining({ subPath: expect.anything() as unknown }),
                ]) as unknown,
              },
            ],
          },
        },
      },
    });
  });

  it('says what is missing', () => {
    expect(() => helm('template', 'alerts', chart)).toThrow('set secrets.existingSecret');
    expect(() => rendered(valuesOf('sqlite'), '--set', 'database.kind=postgres')).toThrow(
      'the Secret must hold DATABASE_URL',
    );
  });
});
