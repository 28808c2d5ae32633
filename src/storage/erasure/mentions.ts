/** What belongs to a name, an address or an id rather than to the text around it, where a letter or digit follows. */
const partBefore = /[\p{L}\p{N}][._%+@|-]*$/u;
const partAfter = /^[._%+@|-]*[\p{L}\p{N}]/u;
/** How far around a place is looked at, in characters. */
const around = 8;

/** Whether a text has the value as a word of its own, whatever its case: `bob` is not in `bob@example.com`, nor in `bobby`. */
export function mentions(text: string, value: string): boolean {
  const [within, wanted] = [text.toLowerCase(), value.toLowerCase()];
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const before = within.slice(Math.max(0, at - around), at);
    if (!partBefore.test(before) && !partAfter.test(within.slice(end, end + around))) return true;
  }
  return false;
}

/** Whether a text somewhere in a JSON value, a property's name included, has one of the values as a word of its own. */
export function mentionedIn(json: unknown, values: readonly string[]): boolean {
  const waiting: unknown[] = [json];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') {
      if (values.some((value) => mentions(next, value))) return true;
    } else if (Array.isArray(next)) {
      for (const inner of next) waiting.push(inner);
    } else if (typeof next === 'object' && next !== null) {
      for (const [name, inner] of Object.entries(next)) waiting.push(name, inner);
    }
  }
  return false;
}
