import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Fault, Place, Problem } from '../problem.js';
import { nearest } from '../nearest.js';
import { ShownLines, withoutSecrets } from '../secret-text.js';
import { growsTooFar } from './alias-growth.js';
import { offsetInScalar, type ScalarStyle } from './scalar-place.js';
import { losesSection, syntaxFaults } from './yaml-syntax.js';

const styles: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_SINGLE: 'single-quoted',
  QUOTE_DOUBLE: 'double-quoted',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/** Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Positions of the parts of a file. */
export interface Places {
  /** The problem with its place filled in: that of the fault's value, or of the nearest thing around it that exists. */
  locate(fault: Fault): Problem;
  /** Where in the file the place's value starts, or the nearest thing around it that exists. */
  position(at: Place): Position;
  /** Whether the file holds something at the place. */
  has(at: Place): boolean;
}

/** One YAML file with the place of everything in it. */
export class YamlSource implements Places {
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed;
  /** What is wrong with the text as YAML. */
  readonly syntaxProblems: readonly Problem[];
  /** The document as plain values; undefined when it has none. Of two equal keys the last one counts. */
  readonly value: unknown;
  /** Whether `value` is all that the file says. */
  readonly complete: boolean;

  constructor(
    readonly file: string,
    private readonly text: string,
  ) {
    this.document = parseDocument(text, {
      lineCounter: this.lines,
      merge: true,
      prettyErrors: false,
      logLevel: 'error',
    });
    let shown: ShownLines | undefined;
    const isShown = (offset: number): boolean =>
      (shown ??= new ShownLines(text)).has(this.lines.linePos(offset).line);
    const faults = syntaxFaults(this.document, text, isShown);
    const problems: Problem[] = faults.map(({ offset, ...fault }) => ({
      ...fault,
      ...this.at(offset),
    }));
    this.complete =
      faults.every(({ code }) => code === 'duplicate-key') && !losesSection(this.document, faults);
    if (faults.every(({ code }) => code === 'duplicate-key')) {
      const value = this.toValue(isShown);
      if (value.ok) {
        this.value = value.value;
      } else {
        problems.push({
          code: 'invalid-yaml',
          ...this.at(value.offset),
          message: value.message,
          hint:
            value.hint ??
            'an anchor (&name) is written before its aliases (*name) and does not hold them; << takes mappings',
        });
        this.complete = false;
      }
    }
    this.syntaxProblems = problems;
  }

  locate({ code, at, target = 'value', within, message, hint }: Fault): Problem {
    const { offset, node } = this.find(at, target);
    const inner = within && isScalar(node) ? this.offsetWithin(node, within) : offset;
    return { code, ...this.at(inner), message: withoutSecrets(message), hint: withoutSecrets(hint) };
  }

  position(at: Place): Position {
    return this.at(this.find(at, 'value').offset);
  }

  has(at: Place): boolean {
    return this.find(at, 'value').found;
  }

  private toValue(
    isShown: (offset: number) => boolean,
  ):
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly message: string; readonly hint?: string; readonly offset: number } {
    const bad = this.badAlias(isShown);
    if (bad !== undefined) return { ok: false, ...bad };
    if (growsTooFar(this.document)) {
      return {
        ok: false,
        message: 'the aliases of this file make it more than a hundred times as large as it is written',
        hint: 'let fewer anchors hold aliases of others',
        offset: 0,
      };
    }
    try {
      return { ok: true, value: this.document.toJS({ maxAliasCount: -1 }) as unknown };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { ok: false, message: error.message, offset: 0 };
    }
  }

  private badAlias(
    isShown: (offset: number) => boolean,
  ): { readonly message: string; readonly hint?: string; readonly offset: number } | undefined {
    let bad: { message: string; hint?: string; offset: number } | undefined;
    // Collected on the way: to resolve each alias by itself would walk the whole document once for each.
    const anchors = new Map<string, Scalar | YAMLMap | YAMLSeq>();
    visit(this.document, {
      Value: (_key, node) => {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
      },
      Alias: (_key, alias, path) => {
        const anchored = anchors.get(alias.source);
        if (anchored !== undefined && !(path as readonly unknown[]).includes(anchored)) {
          // The package would go through all aliases of the document for each.
          alias.resolve = () => anchored;
          return undefined;
        }
        const why = anchored === undefined ? 'has no anchor before it' : 'is written inside what it names';
        const offset = startOf(alias) ?? 0;
        const name = isShown(offset) ? `the alias *${alias.source}` : 'the alias here';
        bad = { message: `${name} ${why}`, offset };
        if (anchored === undefined)
          bad.hint = missingAnchorHint(isShown(offset) ? alias.source : undefined, anchors);
        return visit.BREAK;
      },
    });
    return bad;
  }

  private find(at: Place, target: 'key' | 'value'): { offset: number; node: unknown; found: boolean } {
    let node: unknown = this.document.contents;
    let offset = startOf(node) ?? 0;
    for (const [index, step] of at.entries()) {
      if (isAlias(node)) node = node.resolve(this.document);
      if (isMap(node)) {
        const pair = this.pairOf(node, String(step));
        if (pair === undefined) return { offset, node: undefined, found: false };
        const keyOffset = startOf(pair.key) ?? offset;
        const isNull = pair.value === null || (isScalar(pair.value) && pair.value.value === null);
        const valueOffset = isNull ? keyOffset : (startOf(pair.value) ?? keyOffset);
        // A block below a key is best pointed at by its key, a value on the same line by itself.
        const inline = this.at(keyOffset).line === this.at(valueOffset).line;
        offset = inline && !(index === at.length - 1 && target === 'key') ? valueOffset : keyOffset;
        node = pair.value;
      } else if (isSeq(node)) {
        const item: unknown = node.items[Number(step)];
        if (item === undefined) return { offset, node: undefined, found: false };
        offset = startOf(item) ?? offset;
        node = item;
      } else {
        return { offset, node: undefined, found: false };
      }
    }
    return { offset, node: isAlias(node) ? node.resolve(this.document) : node, found: true };
  }

  /** The entry of a mapping, its own or one that `<<` merges in. Of two equal keys the last one counts. */
  private pairOf(map: YAMLMap, name: string): Pair | undefined {
    const own = map.items.findLast((pair) => isNamed(pair, name));
    if (own !== undefined) return own;
    const { value } = map.items.find((pair) => isNamed(pair, '<<')) ?? {};
    for (const merged of isSeq(value) ? value.items : [value]) {
      const source = isAlias(merged) ? merged.resolve(this.document) : merged;
      const pair = isMap(source) ? this.pairOf(source, name) : undefined;
      if (pair !== undefined) return pair;
    }
    return undefined;
  }

  private offsetWithin(node: Scalar, within: { readonly line: number; readonly column: number }): number {
    const [start, end] = node.range ?? [0, 0];
    const value = String(node.value);
    const lines = value.split('\n');
    const offset =
      lines.slice(0, within.line - 1).join('\n').length + (within.line > 1 ? 1 : 0) + within.column - 1;
    const style = styles[String(node.type)] ?? 'plain';
    return start + offsetInScalar(this.text.slice(start, end), style, value, offset);
  }

  private at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** @param name the alias's, where it may be shown */
function missingAnchorHint(name: string | undefined, anchors: ReadonlyMap<string, unknown>): string {
  const quoted = `put a text that starts with * in quotes: '*${name ?? '…'}'`;
  const meant = name === undefined ? undefined : nearest(name, anchors.keys());
  return meant === undefined ? quoted : `did you mean *${meant}? Otherwise ${quoted}`;
}

function isNamed({ key }: Pair, name: string): boolean {
  if (!isScalar(key)) return false;
  // The key << is a symbol of that description.
  return (typeof key.value === 'symbol' ? key.value.description : String(key.value)) === name;
}

function startOf(node: unknown): number | undefined {
  return (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0];
}
