const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Reads `5mb`, `500kb` or `1048576` as bytes; NaN when the text is no size. */
export function parseBytes(text: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)?$/i.exec(text.trim()) ?? [];
  return Math.floor(Number(count) * (unitBytes[(unit ?? 'b').toLowerCase()] ?? 1));
}
