const [quote, backslash, newline] = [0x22, 0x5c, 0x0a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** More than any event takes; text without an end would otherwise be gathered for ever. */
const longestValue = 64 * 1024 * 1024;

/**
 * Takes JSON in pieces and gives the values in it as they end: the lines of JSON Lines, the objects of a text that
 * holds one after the other, and the elements of arrays, however long those are. Memory is that of one value and piece.
 */
export class JsonSplitter {
  /** Lines and objects that are no JSON. */
  malformed = 0;
  private mode: 'undecided' | 'lines' | 'values' = 'undecided';
  /** The beginning of a line or value that has not ended. */
  private rest: Buffer = Buffer.alloc(0);
  /** Where in `rest` the scan for values continues. */
  private scanned = 0;
  private depth = 0;
  private inString = false;
  private start = -1;

  /** @throws RangeError when one value is longer than 64 MB */
  push(piece: Buffer): unknown[] {
    const text = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    if (this.mode === 'undecided') return this.decide(text);
    return this.mode === 'lines' ? this.lines(text) : this.values(text);
  }

  /** What is left when there are no more pieces. */
  end(): unknown[] {
    if (this.mode === 'values') {
      if (this.start >= 0) this.malformed += 1;
      return [];
    }
    const text = this.rest;
    this.rest = Buffer.alloc(0);
    if (this.mode === 'undecided') this.mode = 'lines';
    const values: unknown[] = [];
    this.parse(text.toString('utf8'), values);
    return values;
  }

  /** An array's first byte identifies it. The first line of objects shows whether each has a line of its own. */
  private decide(text: Buffer): unknown[] {
    const first = text.findIndex((byte, index) => byte > 0x20 && !(index < 3 && byte >= 0xbb));
    const end = first < 0 ? -1 : text.indexOf(newline, first);
    if (first >= 0 && text[first] === openBracket) this.mode = 'values';
    else if (end >= 0) this.mode = isJson(text.toString('utf8', first, end)) ? 'lines' : 'values';
    else return this.keep(text, 0);
    this.rest = Buffer.alloc(0);
    return this.push(text.subarray(first));
  }

  private lines(text: Buffer): unknown[] {
    const end = text.lastIndexOf(newline);
    if (end < 0) return this.keep(text, 0);
    const values: unknown[] = [];
    for (const line of text.toString('utf8', 0, end).split('\n')) this.parse(line, values);
    this.keep(text, end + 1);
    return values;
  }

  /** Outside an object, arrays are looked into and everything else is passed over. */
  private values(text: Buffer): unknown[] {
    const values: unknown[] = [];
    let { depth, inString, start } = this;
    let index = this.scanned;
    for (; index < text.length; index += 1) {
      const byte = text[index];
      if (inString) {
        if (byte === backslash) index += 1;
        else if (byte === quote) inString = false;
      } else if (byte === quote) {
        inString = true;
      } else if (byte === openBrace || (byte === openBracket && start >= 0)) {
        if (start < 0) start = index;
        depth += 1;
      } else if (start >= 0 && (byte === closeBrace || byte === closeBracket)) {
        depth -= 1;
        if (depth > 0) continue;
        this.parse(text.toString('utf8', start, index + 1), values);
        start = -1;
      }
    }
    const from = start < 0 ? text.length : start;
    Object.assign(this, { depth, inString, start: start < 0 ? -1 : 0 });
    // A backslash at the very end escapes the first byte of the next piece.
    this.scanned = index - from;
    this.keep(text, from);
    return values;
  }

  private keep(text: Buffer, from: number): unknown[] {
    if (text.length - from > longestValue)
      throw new RangeError(
        `a value or line is longer than ${longestValue / 1024 / 1024} MB; write one event a line`,
      );
    this.rest = Buffer.from(text.subarray(from));
    return [];
  }

  private parse(text: string, values: unknown[]): void {
    try {
      values.push(JSON.parse(text));
    } catch {
      if (text.trim() !== '') this.malformed += 1;
    }
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
