import type { SlackHosts } from '../../config/slack-hosts.js';

/** The name between `${` and `}`, up to the default. */
const name = /[A-Za-z_][A-Za-z0-9_]*/y;

/** The environment that `${NAME}` in `channels` is read from. Values are trimmed; an empty one counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a rules file finds around it. Plain data, which one thread can send to another. */
export interface Surroundings {
  /** What `${NAME}` may take; absent: nothing. */
  readonly variables?: Variables;
  /** The names in RULES_ENV, where that is set: the variables then hold no others. */
  readonly named?: readonly string[];
  /** Where its webhooks may lead; absent: to Slack alone. `unchecked` is for what posts nothing. */
  readonly hosts?: SlackHosts | 'unchecked';
  /** What `redact` makes its hashes with; absent: nothing that is kept is made with them. */
  readonly redactKey?: string;
  /** Whether a channel with an empty webhook is a fault unless it says `console: true`; otherwise it prints on the console. */
  readonly emptyWebhooks?: 'refused';
}

export type Expanded =
  | { readonly ok: true; readonly text: string }
  /** The names that have neither value nor default, each once. */
  | { readonly ok: false; readonly missing: readonly string[] };

/** Replaces `${NAME}` and `${NAME:-text}`, in a time that grows with the length of the text. */
export function expandVariables(text: string, variables: Variables): Expanded {
  const missing = new Set<string>();
  let expanded = '';
  let done = 0;
  for (const found of referencesIn(text)) {
    // A secret that came from a file often ends with a line break.
    const value = Object.hasOwn(variables, found.name) ? variables[found.name]?.trim() : undefined;
    const given = value !== undefined && value !== '';
    if (!given && found.fallback === undefined) missing.add(found.name);
    expanded += text.slice(done, found.start) + (given ? value : (found.fallback ?? ''));
    done = found.end;
  }
  return missing.size === 0
    ? { ok: true, text: expanded + text.slice(done) }
    : { ok: false, missing: [...missing] };
}

/** The names that a text refers to as `${NAME}` or `${NAME:-text}`, each once. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...referencesIn(text)].map((found) => found.name))];
}

function* referencesIn(
  text: string,
): Generator<{ start: number; name: string; fallback: string | undefined; end: number }> {
  let done = 0;
  for (let start = text.indexOf('${'); start !== -1; start = text.indexOf('${', Math.max(done, start + 1))) {
    const found = referenceAt(text, start);
    if (found === 'unclosed') return;
    if (found === undefined) continue;
    done = found.end;
    yield { start, ...found };
  }
}

/** `unclosed`: from here on there is no `}`, and so no reference. */
function referenceAt(
  text: string,
  start: number,
): { name: string; fallback: string | undefined; end: number } | 'unclosed' | undefined {
  name.lastIndex = start + '${'.length;
  const [found] = name.exec(text) ?? [];
  if (found === undefined) return undefined;
  const after = start + '${'.length + found.length;
  if (text[after] === '}') return { name: found, fallback: undefined, end: after + 1 };
  if (!text.startsWith(':-', after)) return undefined;
  const end = text.indexOf('}', after);
  return end === -1
    ? 'unclosed'
    : { name: found, fallback: text.slice(after + ':-'.length, end), end: end + 1 };
}
