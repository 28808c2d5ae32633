import { holdsToken, holdsUrlWithPath } from '../secret-text.js';

/** What is wrong with a text that should name a channel or hold a webhook. Neither sentence quotes it. */
export interface ChannelFault {
  readonly message: string;
  readonly hint: string;
}

/** `$NAME`, `$(NAME)`, `%NAME%`, `{{ NAME }}`, `<% NAME %>`, `#{NAME}`, `@NAME@`, `<NAME>`, and forms of `${…}` that are not ours. */
const otherVariable = /\$[A-Za-z_({]|%[A-Za-z_]\w*%|\{\{|<%|#\{|^@\w+@$|^<[\w\s-]+>$|^__\w+__$/;
const id = /^[A-Z][A-Z0-9]*$/;
/** Slack's names are in small letters, of any script. */
const name = /^#?[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}_-]{1,80}$/u;
const writeId = "write the channel's id, such as C0123456789, which Slack shows below the channel's details";

/** The fault of a text that holds a variable which this router does not replace. */
export function otherVariableFault(text: string): ChannelFault | undefined {
  // In a URL a $ or a % may be meant literally.
  const form = /^https?:/i.test(text.trim()) ? /\$\{|\{\{|<%/ : otherVariable;
  if (!form.test(text.trim())) return undefined;
  return {
    message: 'this variable is written as other tools write it, and is not replaced',
    hint: 'write ${NAME} for a variable of the environment, or ${NAME:-text} with a default',
  };
}

/** The fault of a text that is the id or name of no Slack channel, once its variables are replaced. */
export function slackChannelFault(text: string): ChannelFault | undefined {
  const trimmed = text.trim();
  if (trimmed === '')
    return { message: 'the slack channel is empty', hint: 'write a channel id, such as C0123456789' };
  if (holdsToken(trimmed) || /:\/\//.test(trimmed) || /^(www\.|hooks\.)/i.test(trimmed)) {
    return {
      message: '"slack" holds a token or a URL in place of a channel',
      hint: 'write a channel id, such as C0123456789; the token belongs into SLACK_BOT_TOKEN, and a URL below webhook:',
    };
  }
  const variable = otherVariableFault(trimmed);
  if (variable !== undefined) return variable;
  if (id.test(trimmed) || name.test(trimmed)) return undefined;
  if (trimmed.startsWith('@')) {
    return {
      message: 'this is a person, not a channel',
      hint: 'write the member id for direct messages, such as U0123456789, or a channel id',
    };
  }
  if (trimmed.startsWith('<#')) {
    return { message: 'this is a link to a channel, not the channel', hint: writeId };
  }
  return {
    message: 'this is neither the id nor the name of a Slack channel: names have small letters and no spaces',
    hint: `${writeId}, or its name, such as #security-alerts`,
  };
}

/** Whether a text of `channels` holds a secret of its own, beside what its variables bring. */
export function holdsPlainSecret(written: string): boolean {
  const ownText = written.replace(/\$\{[A-Za-z_]\w*(?::-([^}]*))?\}/g, '$1');
  return otherVariableFault(ownText) === undefined && (holdsToken(ownText) || holdsUrlWithPath(ownText));
}
