import type { Settings } from '../config/settings.js';
import type { Channel } from '../domain/channel.js';
import type { RuleSet } from '../domain/rule-set.js';

/** What the start says: where it listens, what it loaded, where alerts go, and how to try it. */
export function startupBanner(url: string, settings: Settings, madeToken: boolean, rules: RuleSet): string[] {
  const address = url
    .replace('//[::1]', '//localhost')
    .replace('//0.0.0.0', '//localhost')
    .replace('//127.0.0.1', '//localhost');
  const lines = [
    `Listening on ${address}`,
    `Rules: ${rules.rules.length} from ${settings.RULES_FILE} (${rules.rules.map((rule) => rule.id).join(', ')})`,
    ...[...rules.channels.values()].map((channel) => `Channel ${channel.name}: ${destination(channel)}`),
  ];
  if (!madeToken) return lines;
  return [
    ...lines,
    '',
    'AUTH0_LOG_STREAM_TOKEN is not set, so this run has a token of its own. Try it:',
    '',
    `curl --header "Authorization: ${settings.AUTH0_LOG_STREAM_TOKEN[0]}" --header "Content-Type: application/json" \\`,
    `  --data '[{"data": {"type": "f", "description": "Test failure", "log_id": "${newTestId()}"}}]' ${address}/api/logs`,
    '',
  ];
}

/** A new id each run, so that the pasted call alerts again although the database remembers earlier ones. */
function newTestId(): string {
  return `test-${Date.now().toString(36)}`;
}

/** Where a channel's messages end up, without the secret part of a webhook's URL. */
function destination({ target }: Channel): string {
  switch (target.kind) {
    case 'console':
      return 'this console (no Slack is configured for it)';
    case 'webhook':
      return `Slack webhook at ${new URL(target.url).host}`;
    case 'bot':
      return `Slack channel${idOf(target.slackChannel)}${target.thread ? ', repeats in threads' : ''}`;
  }
}

/** A channel's id; nothing of what was written in its place. */
function idOf(slackChannel: string): string {
  return /^[CDGU][A-Z0-9]{5,20}$/.test(slackChannel) ? ` ${slackChannel}` : '';
}
