import type { Channel, ChannelTarget } from '../domain/channel.js';
import type { ChannelSection } from './document/rules-document.js';
import { expandVariables, type Variables } from './expand-variables.js';
import type { Fault } from './problem.js';

/** Compiles one file's `channels`. */
export function compileChannels(
  sections: ReadonlyMap<string, ChannelSection>,
  variables: Variables,
  report: (fault: Fault) => void,
): Channel[] {
  return [...sections].map(([name, section]) => {
    const at = ['channels', name];
    if (!/^[a-z0-9-]+$/.test(name)) {
      report({
        code: 'invalid-value',
        at,
        target: 'key',
        message: `"${name}" can't name a channel`,
        hint: 'a channel name is made of a-z, 0-9 and -',
      });
    }
    return { name, target: compileTarget(section, at, variables, report) };
  });
}

function compileTarget(
  section: ChannelSection,
  at: readonly string[],
  variables: Variables,
  report: (fault: Fault) => void,
): ChannelTarget {
  const kinds = (['webhook', 'slack', 'console'] as const).filter(
    (kind) => section[kind] !== undefined && section[kind] !== null,
  );
  if (kinds.length !== 1) {
    report({
      code: 'invalid-value',
      at,
      target: 'key',
      message:
        kinds.length === 0 ? 'this channel goes nowhere' : `this channel has both ${kinds.join(' and ')}`,
      hint: 'give exactly one of webhook: URL, slack: C0123456789 and console: true',
    });
    return { kind: 'console' };
  }
  const expand = (key: 'webhook' | 'slack') =>
    expandVariables(String(section[key]), variables, (name) =>
      report({
        code: 'missing-variable',
        at: [...at, key],
        message: `the environment has no ${name}`,
        hint: `set ${name}, or give a default: \${${name}:-text}`,
      }),
    );
  if (section.thread !== undefined && section.slack === undefined) {
    report({
      code: 'invalid-value',
      at: [...at, 'thread'],
      target: 'key',
      message: 'only a slack channel can thread',
      hint: 'an Incoming Webhook tells no thread; use slack: C0123456789 with SLACK_BOT_TOKEN',
    });
  }
  switch (kinds[0] as (typeof kinds)[number]) {
    case 'console':
      return { kind: 'console' };
    case 'slack': {
      const slackChannel = expand('slack');
      return { kind: 'bot', slackChannel, thread: section.thread ?? false };
    }
    case 'webhook': {
      const url = expand('webhook');
      if (url === '') return { kind: 'console' };
      if (!URL.canParse(url) || !/^https?:/.test(url)) {
        report({
          code: 'invalid-value',
          at: [...at, 'webhook'],
          message: 'the webhook is no http(s) URL',
          hint: 'copy it from the Slack app: https://hooks.slack.com/services/…',
        });
      }
      return { kind: 'webhook', url };
    }
  }
}
