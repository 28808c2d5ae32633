import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { anchorsIn } from './support/headings.js';
import { RunningApp } from './support/running-app.js';

interface AlertRules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly annotations: { readonly summary: string; readonly runbook: string };
    }[];
  }[];
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

const alerts = (
  parse(readFileSync('deploy/prometheus/alert-rules.yaml', 'utf8')) as AlertRules
).groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(readFileSync('deploy/grafana/dashboard.json', 'utf8')) as Dashboard;
const operations = readFileSync('docs/operations.md', 'utf8');
/** Is Prometheus's own. */
const known = new Set(['up']);

/** The names of metrics in a PromQL expression, without the endings of histograms. */
function namesIn(expression: string): readonly string[] {
  const names = expression.match(/\b(alert_router|nodejs|process)_\w+|\bup\b/g) ?? [];
  return names.map((name) => name.replace(/_bucket$/, ''));
}

function hasPromtool(): boolean {
  try {
    execFileSync('promtool', ['--version']);
    return true;
  } catch {
    return false;
  }
}

describe('what deploy/ has for Prometheus and Grafana', () => {
  let scraped: string;

  beforeAll(async () => {
    const app = await RunningApp.start(
      'version: 1\nchannels: { local: { console: true } }\nrules: [{ id: a, match: {}, channels: [local], window: { within: 1h, count: 9 } }]',
      // Nobody listens there: the metric is reported all the same.
      { SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:1' },
    );
    scraped = await (await fetch(`${app.url}/metrics`)).text();
    await app.close();
  });

  const isReported = (name: string): boolean => known.has(name) || scraped.includes(`# TYPE ${name} `);

  it.each(alerts.map(({ alert, expr }) => [alert, expr]))('%s asks for metrics that there are', (_, expr) => {
    expect(namesIn(expr).filter((name) => !isReported(name))).toEqual([]);
    expect(namesIn(expr)).not.toEqual([]);
  });

  it.each(alerts.map(({ alert, annotations }) => [alert, annotations.runbook]))(
    '%s names a section of the runbook: %s',
    (_, runbook) => {
      const [file, anchor] = runbook.split('#');
      expect(file).toBe('docs/operations.md');
      expect(anchorsIn(operations)).toContain(anchor);
    },
  );

  it.each(panels.map(({ title, targets }) => [title, targets.map(({ expr }) => expr).join(' ')]))(
    'the panel "%s" shows metrics that there are',
    (_, expressions) => {
      expect(namesIn(expressions).filter((name) => !isReported(name))).toEqual([]);
    },
  );

  it('docs/operations.md has every metric of the router', () => {
    const names = [...scraped.matchAll(/^# TYPE alert_router_(\w+) /gm)].map(([, name = '']) => name);
    expect(names.filter((name) => !operations.includes(name))).toEqual([]);
  });

  const withPromtool = hasPromtool() ? it : it.skip;
  withPromtool('promtool accepts the alerts', () => {
    expect(
      String(execFileSync('promtool', ['check', 'rules', 'deploy/prometheus/alert-rules.yaml'])),
    ).toContain('SUCCESS');
  });
});
