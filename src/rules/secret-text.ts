import type { Place } from './problem.js';

/** The sections whose text may hold tokens and webhook URLs, so that nothing below them is ever quoted. */
const secretSections: ReadonlySet<unknown> = new Set(['channels', 'tenants']);
/** The sections whose lines may be shown. Below any other key, a misspelt one too, there may be a secret. */
const shownSections: ReadonlySet<unknown> = new Set([
  'version',
  'include',
  'overrides',
  'defaults',
  'ops',
  'heartbeat',
  'lists',
  'templates',
  'rules',
]);
/** Keys of a channel, wherever a line that is not where it should be holds them. */
const secretKey = /\b(webhook|slack|token|secret|tenants)["']?\s*:(\s|$)/i;
/** A key at the start of a line, in quotes or not. */
const keyOfLine = /^([ \t]*)(["']?)([\w-]+)\2[ \t]*:/;

const slackToken = /\b(xox[a-z]|xapp)[-.][\w.%-]+/gi;
const urlWithPath = /(https?:\/\/)[^\s"'<>/]+\/[^\s"'<>]*/gi;

/** Whether the text contains a Slack token. */
export function holdsToken(text: string): boolean {
  return /\b(xox[a-z]|xapp)[-.][\w.%-]{8,}/i.test(text);
}

/** Whether the text contains a URL with a path, which may be a webhook. One to this machine is no secret. */
export function holdsUrlWithPath(text: string): boolean {
  return (text.match(urlWithPath) ?? []).some(
    (url) =>
      !url.includes('…') &&
      !/^https?:\/\/(localhost|127\.|\[::1\])/i.test(url) &&
      !/^https?:\/\/[^/]+\/$/.test(url),
  );
}

/** Whether the value at this place of a rules file must not be quoted. */
export function isSecretPlace([section]: Place): boolean {
  return secretSections.has(section);
}

/** The text without what looks like a Slack token or the secret part of a URL. An example with … is left unchanged. */
export function withoutSecrets(text: string): string {
  return text.replace(slackToken, '$1-…').replace(urlWithPath, (url: string, scheme: string) => {
    return url.includes('…') || url.length === scheme.length ? url : `${originOf(url)}/…`;
  });
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'https://…';
}

/** Which lines of a rules file may be shown to the readers of its problems, whether it is valid YAML or not. */
export class ShownLines {
  private readonly shown: readonly boolean[];

  constructor(text: string) {
    const lines = text.split('\n');
    const top = lines.map((line) => keyOfLine.exec(line)?.[1]?.length).find((indent) => indent !== undefined);
    let inShown = false;
    this.shown = lines.map((line) => {
      const [, indent = '', , key] = keyOfLine.exec(line) ?? [];
      if (key !== undefined && indent.length <= (top ?? 0)) inShown = shownSections.has(key);
      return inShown && !secretKey.test(line) && withoutSecrets(line) === line;
    });
  }

  /** @param line counts from 1 */
  has(line: number): boolean {
    return this.shown[line - 1] ?? false;
  }
}
