import { loadedRules } from '../../test/support/loaded-rules.js';
import { readSettings } from '../config/read-settings.js';
import { startupBanner } from './startup-banner.js';

const rules = `
version: 1
channels:
  hook: { webhook: https://hooks.slack.com/services/T0/B0/secret }
  unset: { webhook: '\${SLACK_WEBHOOK_URL:-}' }
  bot: { slack: C0123456789 }
  threads: { slack: C0123456780, thread: true }
  named: { slack: general }
  local: { console: true }
defaults: { channels: [hook] }
rules:
  - { id: first, match: { types: [f] } }
  - { id: second, match: { types: [w] } }
`;

async function linesFor(url: string, environment: Record<string, string> = {}): Promise<string[]> {
  const read = readSettings(environment);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  return startupBanner(url, read.settings, read.madeToken, await loadedRules(rules));
}

describe('startupBanner', () => {
  it('says where it listens, what it loaded, and where each channel goes, without secrets', async () => {
    const lines = await linesFor('http://10.0.0.5:3000', { AUTH0_LOG_STREAM_TOKEN: 'token' });
    expect(lines).toEqual([
      'Listening on http://10.0.0.5:3000',
      'Rules: 2 from rules.yaml (first, second)',
      'Channel hook: Slack webhook at hooks.slack.com',
      'Channel unset: this console (no Slack is configured for it)',
      'Channel bot: Slack channel C0123456789',
      'Channel threads: Slack channel C0123456780, repeats in threads',
      'Channel named: Slack channel',
      'Channel local: this console (no Slack is configured for it)',
    ]);
  });

  it.each(['http://[::1]:3000', 'http://0.0.0.0:3000', 'http://127.0.0.1:3000'])(
    'shows %s as an address to open',
    async (url) => {
      expect((await linesFor(url))[0]).toBe('Listening on http://localhost:3000');
    },
  );

  it('shows how to try it with the token of this run, and another event each time', async () => {
    const runs = [await linesFor('http://[::1]:3000'), await linesFor('http://[::1]:3000')].map((lines) =>
      lines.join('\n'),
    );
    for (const text of runs) {
      expect(text).toMatch(
        /^curl --header "Authorization: [\w-]{24}" .*\\\n {2}--data '\[.*"type": "f".*\]' http:\/\/localhost:3000\/api\/logs$/m,
      );
    }
    expect(runs[0]).not.toBe(runs[1]);
  });
});
