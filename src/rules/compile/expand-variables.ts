const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** The environment that `${NAME}` in `channels` is read from. An empty value counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** What a rules file finds around it. Plain data, which one thread can send to another. */
export interface Surroundings {
  /** What `${NAME}` may take; absent: nothing. */
  readonly variables?: Variables;
  /** The names in RULES_ENV, where that is set: the variables then hold no others. */
  readonly named?: readonly string[];
}

export type Expanded =
  | { readonly ok: true; readonly text: string }
  /** The names that have neither value nor default, each once. */
  | { readonly ok: false; readonly missing: readonly string[] };

/** Replaces `${NAME}` and `${NAME:-text}`. */
export function expandVariables(text: string, variables: Variables): Expanded {
  const missing = new Set<string>();
  const expanded = text.replace(reference, (_match, name: string, fallback: string | undefined) => {
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    if (fallback === undefined) missing.add(name);
    return fallback ?? '';
  });
  return missing.size === 0 ? { ok: true, text: expanded } : { ok: false, missing: [...missing] };
}
