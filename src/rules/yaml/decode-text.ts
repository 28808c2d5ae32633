/** The text of a file's bytes, or why it is none. */
export type Decoded =
  | { readonly ok: true; readonly text: string }
  /** The line of the first bytes that are no UTF-8, counted from 1; in UTF-16 that is the first. */
  | { readonly ok: false; readonly encoding: 'UTF-16' | 'unknown'; readonly line: number };

/** Decodes UTF-8. A byte order mark at its start, as editors on Windows write it, is no part of the text. */
export function decodeText(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark, every other byte of plain English is 0.
  if (marked || bytes.subarray(0, 4).includes(0)) return { ok: false, encoding: 'UTF-16', line: 1 };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const [before = ''] = new TextDecoder().decode(bytes).split('\u{FFFD}', 1);
    return { ok: false, encoding: 'unknown', line: before.split('\n').length };
  }
}
