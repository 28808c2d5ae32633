/** The text with everything replaced that PostgreSQL or Slack can't hold: NUL and lone surrogates. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
