import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { webApiOutcome } from '../src/notify/slack/web-api-outcome.js';
import { webhookOutcome } from '../src/notify/slack/webhook-outcome.js';
import { loadedRules } from './support/loaded-rules.js';

interface Manifest {
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: object;
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: Settings;
}

interface Settings {
  readonly interactivity: { readonly is_enabled: boolean; readonly request_url?: string };
  readonly org_deploy_enabled: boolean;
  readonly socket_mode_enabled: boolean;
  readonly token_rotation_enabled: boolean;
}

const page = readFileSync('docs/slack.md', 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text);
const [manifestText = '', ...others] = blocks;
const manifest = parse(manifestText) as Manifest;
const overSockets = (others.map((text) => parse(text) as object).find((one) => 'settings' in one) ??
  {}) as Pick<Manifest, 'settings'>;

/** By Slack's reference of each method, and of each scope. */
const scopeOf: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
};

describe('docs/slack.md', () => {
  it('has a manifest with the scopes of all methods that the bot token is used for, and no other', () => {
    const sources = readdirSync('src/notify/slack')
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => readFileSync(`src/notify/slack/${name}`, 'utf8'))
      .join('\n');
    const methods = [...sources.matchAll(/\bcall\('([a-zA-Z.]+)'/g)].map(([, method = '']) => method);
    expect(methods.length).toBeGreaterThan(1);
    const wanted = [...new Set(methods.map((method) => scopeOf[method] ?? `the scope of ${method}`))];
    expect(manifest.oauth_config.scopes.bot).toEqual(wanted);
    const offered = [...manifestText.matchAll(/^ *# - (\S+)/gm)].map(([, scope]) => scope);
    expect(offered).toEqual(['chat:write.public', 'incoming-webhook']);
  });

  it('has a manifest as Slack takes it', () => {
    expect(Object.keys(manifest)).toEqual(['display_information', 'features', 'oauth_config', 'settings']);
    const { name, description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
    expect(manifest.settings).toEqual({
      interactivity: { is_enabled: true, request_url: 'https://your-host/slack/interactions' },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    });
    const { interactivity, ...rest } = manifest.settings;
    expect(overSockets.settings).toEqual({
      ...rest,
      interactivity: { is_enabled: interactivity.is_enabled },
      socket_mode_enabled: true,
    });
  });

  it('has channels that the router takes', async () => {
    const channels = others.filter((text) => text.startsWith('channels:'));
    expect(channels).toHaveLength(3);
    for (const text of channels)
      await loadedRules(`version: 1\n${text}\nrules: [{ id: a, match: {}, channels: [] }]`);
  });

  it('explains only what the router takes for what Slack says', () => {
    const [, table = ''] = page.split('## When Slack refuses');
    const codes = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([a-z_]+)…?`/g)].map(([, code = '']) => code),
    );
    expect(codes.length).toBeGreaterThan(15);
    const unknown = codes.filter((error) => {
      const outcomes = [
        webApiOutcome({ status: 200, body: JSON.stringify({ ok: false, error }) }),
        webhookOutcome({ status: 400, body: error }),
      ];
      return outcomes.every((outcome) => outcome.kind === 'message-refused' && outcome.unknown === true);
    });
    expect(unknown).toEqual([]);
  });
});
