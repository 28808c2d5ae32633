const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** The environment that `${NAME}` in `channels` is read from. An empty value counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Replaces `${NAME}` and `${NAME:-text}`; the names that have neither value nor default are reported. */
export function expandVariables(text: string, variables: Variables, missing: (name: string) => void): string {
  return text.replace(reference, (_match, name: string, fallback: string | undefined) => {
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    if (fallback === undefined) missing(name);
    return fallback ?? '';
  });
}
