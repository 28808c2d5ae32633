/** A token without the `Bearer` that some write into the setting and others into the header. */
export function withoutScheme(token: string): string {
  return token.replace(/^Bearer\s+/i, '');
}
