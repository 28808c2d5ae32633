import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { startServer, type ServerProcess } from './server-process.js';
import { mixedRules } from './workload/mixed-rules.js';

export const token = 'bench-token';
const adminToken = 'bench-admin-token';

export interface Router extends ServerProcess {
  readonly folder: string;
}

/** Writes a rules file of that text, or with so many mixed rules. */
export function writeRules(folder: string, wanted: number | string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'rules.yaml');
  writeFileSync(file, typeof wanted === 'string' ? wanted : mixedRulesFile(wanted));
  return file;
}

function mixedRulesFile(count: number): string {
  const rules = mixedRules(count).map(({ id, form }) => ({ id, name: id, match: form }));
  return stringify({
    version: 1,
    defaults: { channels: ['security'] },
    channels: { security: { webhook: '${SLACK_WEBHOOK_URL}' } },
    rules,
  });
}

export interface RouterOptions {
  /** How many mixed rules it has, or the text of its rules file. */
  readonly rules: number | string;
  readonly slackUrl: string;
  /** Absent: a SQLite file of its own. */
  readonly databaseUrl?: string;
  /** Whether the stalls of its event loop are sampled. */
  readonly sampled?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
}

/** The built router. */
export async function startRouter(options: RouterOptions): Promise<Router> {
  const { rules, slackUrl, databaseUrl, sampled = false, settings } = options;
  const folder = mkdtempSync(join(tmpdir(), 'router-bench-'));
  const environment = {
    // In production nothing is posted to this machine, where the fake Slack is.
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: '0',
    RULES_FILE: writeRules(folder, rules),
    DATABASE_URL: databaseUrl ?? `sqlite:${join(folder, 'router.db')}`,
    AUTH0_LOG_STREAM_TOKEN: token,
    ADMIN_TOKEN: adminToken,
    SLACK_WEBHOOK_URL: slackUrl,
    WATCH_RULES: 'false',
    RATE_LIMIT: '0',
    LOG_LEVEL: 'error',
    ...settings,
  };
  const sampler = sampled ? new URL('stalls/sampler.js', import.meta.url).href : undefined;
  const server = await startServer(resolve('dist/main.js'), environment, sampler);
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, folder, stop };
}

/** Makes the router load its rules file. @throws Error when it is refused */
export async function reloadRules(router: Router): Promise<void> {
  const response = await fetch(`${router.url}/admin/rules/reload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}` },
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the reload answered ${response.status}: ${answer}`);
}
