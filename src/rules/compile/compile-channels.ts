import type { Channel, ChannelTarget } from '../../domain/channel.js';
import type { ChannelSection } from '../schema/rules-document.js';
import { compileRedaction } from './compile-redaction.js';
import { expandVariables, variablesIn, type Surroundings } from './expand-variables.js';
import { isRouterSetting } from '../rules-variables.js';
import { hostRefusal, slackOwnHosts, type SlackHosts } from '../../config/slack-hosts.js';
import { holdsPlainSecret, otherVariableFault, slackChannelFault } from '../lint/channel-texts.js';
import type { Fault, ProblemCode } from '../problem.js';
import { isGiven } from '../../domain/json-value.js';

/** What a faulty channel is until the file is mended. */
const onConsole: ChannelTarget = { kind: 'console' };

const onlySlack: SlackHosts = { allowed: slackOwnHosts, loopback: false };
const channelName = /^[a-z0-9-]+$/;

/**
 * Compiles one file's `channels`. Any value there may be a secret, so nothing but a channel's name, its keys and the
 * names of variables is ever quoted.
 *
 * @param isFaulty whether something is wrong with the shape of the channel of this name
 */
export function compileChannels(
  sections: ReadonlyMap<string, ChannelSection>,
  isFaulty: (name: string) => boolean,
  surroundings: Surroundings,
  report: (fault: Fault) => void,
): Channel[] {
  return [...sections].map(([name, section]) => {
    const at = ['channels', name];
    if (!channelName.test(name)) {
      report({
        code: 'invalid-value',
        at,
        target: 'key',
        message: 'this is not a valid channel name',
        hint: 'a channel name is made of a-z, 0-9 and -',
      });
    }
    const target = isFaulty(name) ? onConsole : compileTarget(section, at, surroundings, report);
    const actions = isGiven(section.actions) && !isFaulty(name) ? { actions: section.actions ?? [] } : {};
    if (!isGiven(section.redact) || isFaulty(name)) return { name, target, ...actions };
    const redactor = compileRedaction(section.redact ?? {}, [...at, 'redact'], surroundings, report);
    return { name, target, redactor, ...actions };
  });
}

function compileTarget(
  section: ChannelSection,
  at: readonly string[],
  surroundings: Surroundings,
  report: (fault: Fault) => void,
): ChannelTarget {
  const targets = (['webhook', 'slack', 'console'] as const).filter((key) => isGiven(section[key]));
  const orConsole = isGiven(section.webhook) && isGiven(section.console);
  if (targets.length !== (orConsole ? 2 : 1)) {
    report({
      code: 'invalid-value',
      at,
      target: 'key',
      message:
        targets.length === 0 ? `${shown(at)} goes nowhere` : `${shown(at)} has ${targets.join(' and ')}`,
      hint: 'give exactly one of webhook: URL, slack: C0123456789 and console: true',
    });
    return onConsole;
  }
  if (isGiven(section.thread) && !isGiven(section.slack)) {
    report({
      code: 'invalid-value',
      at: [...at, 'thread'],
      target: 'key',
      message: `"thread" can't be used together with "${targets[0]}"`,
      hint: 'only a slack channel can thread: slack: C0123456789, with SLACK_BOT_TOKEN',
    });
  }
  const [key] = targets;
  if (key === undefined || key === 'console') return onConsole;
  const written = section[key] ?? '';
  const expanded = expandVariables(written, surroundings.variables ?? {});
  if (!expanded.ok) {
    for (const name of expanded.missing) {
      if (isRouterSetting(name)) {
        report({
          code: 'invalid-value',
          at: [...at, key],
          message: `${name} is a setting of the router, which a rules file can't read`,
          hint: 'put the value into a variable of another name; SLACK_WEBHOOK_URL is the only setting that may be used here',
        });
        continue;
      }
      const leftOut = surroundings.named?.includes(name) === false;
      report({
        code: 'missing-variable',
        at: [...at, key],
        message: leftOut ? `RULES_ENV does not list ${name}` : `the environment has no ${name}`,
        hint: `${leftOut ? `add ${name} to RULES_ENV` : `set ${name}`}, or give a default: \${${name}:-text}`,
      });
    }
    return onConsole;
  }
  let faulty = false;
  const fault = (message: string, hint: string, code: ProblemCode = 'invalid-value') => {
    faulty = true;
    report({ code, at: [...at, key], message, hint });
  };
  if (key === 'webhook' && expanded.text.trim() === '') {
    if (surroundings.emptyWebhooks === 'refused' && !orConsole)
      report(emptyWebhook(written, at, surroundings));
    return onConsole;
  }
  if (key === 'slack') return botTarget(expanded.text, section.thread ?? false, fault);
  const target = webhookTarget(expanded.text, surroundings.hosts ?? onlySlack, fault);
  if (!faulty && holdsPlainSecret(written)) {
    report({
      code: 'plain-secret',
      at: [...at, key],
      message: `${shown(at)} has its secret in plain text, for everybody who reads this file`,
      hint: 'put it into a variable of the environment, and write ${NAME} here',
    });
  }
  return target;
}

function botTarget(
  slackChannel: string,
  thread: boolean,
  fault: (message: string, hint: string) => void,
): ChannelTarget {
  const found = slackChannelFault(slackChannel);
  if (found !== undefined) fault(found.message, found.hint);
  return { kind: 'bot', slackChannel, thread };
}

function webhookTarget(
  url: string,
  hosts: SlackHosts | 'unchecked',
  fault: (message: string, hint: string, code?: ProblemCode) => void,
): ChannelTarget {
  const variable = otherVariableFault(url);
  if (variable !== undefined) {
    fault(variable.message, variable.hint);
    return onConsole;
  }
  const any = { allowed: ['*'], loopback: true };
  const refusal = hostRefusal(url, hosts === 'unchecked' ? any : hosts);
  switch (refusal) {
    case 'no-url':
      fault(
        'the webhook is not an http(s) URL',
        'copy it from the Slack app: https://hooks.slack.com/services/…',
      );
      break;
    case 'no-https':
      fault(
        'the webhook is not an https URL',
        'start it with https://; http is for this machine alone, outside production',
        'forbidden-host',
      );
      break;
    case 'other-host':
      fault(
        'the host of the webhook is not in SLACK_ALLOW_HOSTS',
        'copy the webhook from the Slack app: https://hooks.slack.com/services/…; or add its host to SLACK_ALLOW_HOSTS',
        'forbidden-host',
      );
      break;
    case undefined:
      break;
  }
  return { kind: 'webhook', url };
}

/** Alerts that were to reach people would be printed where people do not see them. */
function emptyWebhook(written: string, at: readonly string[], { named }: Surroundings): Fault {
  const names = variablesIn(written);
  const leftOut = names.filter((name) => named?.includes(name) === false);
  const all = (leftOut.length > 0 ? leftOut : names).join(' and ');
  const [because, instead] =
    leftOut.length > 0
      ? [`, because RULES_ENV does not list ${all}`, `add ${all} to RULES_ENV`]
      : all !== ''
        ? [`, because ${all} is not set`, `set ${all}`]
        : ['', "write the webhook's URL"];
  return {
    code: all === '' ? 'invalid-value' : 'missing-variable',
    at: [...at, 'webhook'],
    message: `the webhook of ${shown(at)} is empty${because}`,
    hint: `${instead}, or write console: true beside it if its alerts may go to the console`,
  };
}

/** The channel of this place, by its name if it is one. */
function shown(at: readonly string[]): string {
  const name = at.at(-1) ?? '';
  return channelName.test(name) ? `the channel "${name}"` : 'this channel';
}
