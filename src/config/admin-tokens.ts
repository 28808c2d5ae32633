/** One of the tokens of ADMIN_TOKEN. */
export interface AdminToken {
  /** Whose it is; undefined for a token without a name. */
  readonly name?: string;
  readonly readOnly: boolean;
  readonly token: string;
  /** The whole entry, which opens the service too: a token from before there were names may have had a colon. */
  readonly entry: string;
}

const named = /^([\w.-]{1,64}):(read:)?(.+)$/;

/** The tokens that ADMIN_TOKEN names: `token`, `name:token` or `name:read:token`, separated by commas. */
export function adminTokens(setting: string | undefined): readonly AdminToken[] {
  return (setting ?? '')
    .split(',')
    .map((entry) => withoutScheme(entry.trim()))
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, name, read, token] = named.exec(entry) ?? [];
      return name === undefined || token === undefined
        ? { readOnly: false, token: entry, entry }
        : { name, readOnly: read !== undefined, token, entry };
    });
}

/** A token without the `Bearer` that some write into the setting and others into the header. */
export function withoutScheme(token: string): string {
  return token.replace(/^Bearer\s+/i, '');
}
