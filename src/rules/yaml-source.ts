import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
} from 'yaml';
import type { Fault, Problem } from './problem.js';

type Step = string | number;

/** One YAML file with the place of everything in it. */
export class YamlSource {
  private readonly lines = new LineCounter();
  private readonly document: Document;
  /** Why the text is no YAML at all; empty for a readable one. */
  readonly syntaxProblems: readonly Problem[];
  /** The document as plain values; undefined when it is no YAML. */
  readonly value: unknown;

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, merge: true, prettyErrors: false });
    const problems: Problem[] = this.document.errors.map((error) => ({
      code: 'invalid-yaml',
      ...this.position(error.pos[0]),
      message: error.message,
      hint: yamlHint(error.code),
    }));
    if (problems.length === 0) {
      try {
        this.value = this.document.toJS({ maxAliasCount: 1000 }) as unknown;
      } catch (error) {
        problems.push({
          code: 'invalid-yaml',
          ...this.position(0),
          message: error instanceof Error ? error.message : String(error),
          hint: 'check the anchors (&name) and aliases (*name)',
        });
      }
    }
    this.syntaxProblems = problems;
  }

  /** The problem with its place filled in: that of the fault's value, or of the nearest thing around it that exists. */
  locate(fault: Fault): Problem {
    const { code, message, hint } = fault;
    return { code, ...this.position(this.offsetOf(fault.at, fault.target ?? 'value')), message, hint };
  }

  /** Whether the document holds something at the place. */
  has(at: readonly Step[]): boolean {
    return this.document.hasIn(at);
  }

  private offsetOf(at: readonly Step[], target: 'key' | 'value'): number {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const [index, step] of at.entries()) {
      const last = index === at.length - 1;
      if (isAlias(node)) node = node.resolve(this.document);
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) return offset;
        const keyOffset = startOf(pair.key) ?? offset;
        const valueOffset =
          isScalar(pair.value) && pair.value.value === null ? keyOffset : (startOf(pair.value) ?? keyOffset);
        // A block below a key is best pointed at by its key, a value on the same line by itself.
        const inline = this.position(keyOffset).line === this.position(valueOffset).line;
        offset = last && target === 'key' ? keyOffset : inline ? valueOffset : keyOffset;
        node = pair.value;
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (item === undefined) return offset;
        offset = startOf(item) ?? offset;
        node = item;
      } else {
        return offset;
      }
    }
    return offset;
  }

  private position(offset: number): { file: string; line: number; column: number } {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? ((node as Node).range?.[0] ?? undefined) : undefined;
}

function yamlHint(code: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'keep one of the two keys';
    case 'TAB_AS_INDENT':
      return 'indent with spaces';
    case 'BAD_INDENT':
      return 'line the key up with those beside it';
    case 'MISSING_CHAR':
      return 'close the quote or bracket, or quote the whole text';
    default:
      return 'check the indentation and the quotes around this place';
  }
}
