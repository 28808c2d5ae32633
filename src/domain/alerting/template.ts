import { AssertionError, LiquidError } from 'liquidjs';
import type { BlockNode, RichText, Span } from '../alert.js';
import { close, liquid, open, RenderBudget } from './liquid.js';

/** A template that compiled. */
export interface Template {
  readonly source: string;
  /**
   * What the scope's values make of it. A failure while rendering becomes text that names it; nothing is thrown.
   *
   * @param budget what it may use, together with all that is rendered with it; by default one of its own
   */
  render(scope: object, budget?: RenderBudget): RichText;
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  /** Line and column count from 1 within the source. */
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

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
        render: (scope, budget = new RenderBudget()) => {
          try {
            return spansOf(budget.render(parsed, scope));
          } catch (error) {
            const reason = error instanceof Error ? firstLine(error.message) : 'unknown error';
            budget.failures.add(reason);
            return [`(template failed: `, { value: reason }, ')'];
          }
        },
      },
    };
  } catch (error) {
    if (error instanceof AssertionError) return { ok: false, message: error.message, line: 1, column: 1 };
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

export function renderTree(tree: TemplateTree, scope: object, budget?: RenderBudget): BlockNode {
  if ('template' in tree) return { spans: tree.template.render(scope, budget) };
  if ('items' in tree) return { items: tree.items.map((item) => renderTree(item, scope, budget)) };
  if ('entries' in tree)
    return { entries: tree.entries.map(([name, node]) => [name, renderTree(node, scope, budget)] as const) };
  return tree;
}
