import { CaptureTag, Liquid, LiquidError, type Context } from 'liquidjs';
import type { BlockNode, RichText, Span } from './alert.js';

/** A template that compiled. */
export interface Template {
  readonly source: string;
  /** What the scope's values make of it. A failure while rendering becomes text that names it; nothing is thrown. */
  render(scope: object): RichText;
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  /** Line and column count from 1 within the source. */
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

// Unicode noncharacters, which no valid text holds, mark where an output starts and ends. Values are stripped of them.
const open = '\uFDD0';
const close = '\uFDD1';
const marks = /[\uFDD0\uFDD1]/g;

const liquid = new Liquid({
  outputEscape: (value: unknown) => `${open}${textOf(value).replace(marks, '')}${close}`,
  ownPropertyOnly: true,
  strictFilters: true,
  timezoneOffset: 0,
  cache: false,
  // An empty map instead of the file system: templates can't read files.
  templates: {},
  renderLimit: 250,
  memoryLimit: 5_000_000,
});

// Captured text becomes a value like any other, so that it compares, splits and counts without the marks.
liquid.registerTag(
  'capture',
  class extends CaptureTag {
    override *render(context: Context): Generator<unknown, void, string> {
      yield* super.render(context);
      const scope = context.bottom() as Record<string, unknown>;
      scope[this.variable] = String(scope[this.variable]).replace(marks, '');
    }
  },
);

/**
 * Compiles Liquid. Every output is kept apart from the operator's own text as an untrusted {@link Span}, except where
 * the `raw` filter says that the operator answers for it. Dates are in UTC.
 */
export function compileTemplate(source: string): CompiledTemplate {
  try {
    const parsed = liquid.parse(source);
    return {
      ok: true,
      template: {
        source,
        render: (scope) => {
          try {
            return spansOf(liquid.renderSync(parsed, scope) as string);
          } catch (error) {
            return [
              `(template failed: `,
              { value: error instanceof Error ? firstLine(error.message) : 'unknown error' },
              ')',
            ];
          }
        },
      },
    };
  } catch (error) {
    if (!(error instanceof LiquidError)) throw error;
    const [line, column] = error.token?.getPosition() ?? [1, 1];
    return {
      ok: false,
      message: firstLine(error.message).replace(/, line:\d+, col:\d+$/, ''),
      line: line ?? 1,
      column: column ?? 1,
    };
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}

/** A value as Liquid prints it. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => textOf(item)).join('');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

function spansOf(marked: string): RichText {
  const spans: Span[] = [];
  let value = false;
  for (const piece of marked.split(/([\uFDD0\uFDD1])/)) {
    if (piece === open) value = true;
    else if (piece === close) value = false;
    else if (piece !== '') spans.push(value ? { value: piece } : piece);
  }
  return spans;
}

/** A tree of YAML whose strings are templates. */
export type TemplateTree =
  | { readonly template: Template }
  | { readonly literal: number | boolean | null }
  | { readonly items: readonly TemplateTree[] }
  | { readonly entries: ReadonlyArray<readonly [name: string, node: TemplateTree]> };

export function renderTree(tree: TemplateTree, scope: object): BlockNode {
  if ('template' in tree) return { spans: tree.template.render(scope) };
  if ('items' in tree) return { items: tree.items.map((item) => renderTree(item, scope)) };
  if ('entries' in tree)
    return { entries: tree.entries.map(([name, node]) => [name, renderTree(node, scope)] as const) };
  return tree;
}
