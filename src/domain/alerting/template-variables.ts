import { AssertionError, LiquidError } from 'liquidjs';
import { liquid } from './liquid.js';

/** A name that a template takes from its scope. */
export interface TemplateVariable {
  /** The steps that lead to the value, as far as they are spelt out: `['event', 'user_name']`. */
  readonly steps: readonly string[];
  /** Both count from 1 within the source. */
  readonly line: number;
  readonly column: number;
}

/** The names that a template takes from its scope, without those that it assigns itself; none where it does not compile. */
export function variablesOf(source: string): readonly TemplateVariable[] {
  if (!/\{[{%]/.test(source)) return [];
  const globals = globalsOf(source);
  return Object.values(globals).flatMap((variables) =>
    variables.map(({ segments, location }) => {
      const computed = segments.findIndex((segment) => typeof segment === 'object');
      const steps = computed === -1 ? segments : segments.slice(0, computed);
      return {
        steps: steps.map(String),
        line: location.row,
        // liquidjs counts the columns of all lines but the first from 0.
        column: columnOf(source, location.row, location.col, String(segments[0])),
      };
    }),
  );
}

function globalsOf(source: string) {
  try {
    return liquid.analyzeSync(liquid.parse(source)).globals;
  } catch (error) {
    if (error instanceof LiquidError || error instanceof AssertionError) return {};
    throw error;
  }
}

/** The column of the name that liquidjs reports at or just before this column. */
function columnOf(source: string, row: number, column: number, name: string): number {
  const line = source.split('\n')[row - 1] ?? '';
  const found = line.indexOf(name, Math.max(0, column - 2));
  return found === -1 ? Math.max(1, column) : found + 1;
}

/** Whether the template asks first if there is a window, so that it may be used without one. */
export function asksForWindow(source: string): boolean {
  return (
    /\{%-?\s*(if|elsif|unless|case)\b[^%]*\bwindow\b/.test(source) ||
    /\bwindow\.\w+\s*\|\s*default\b/.test(source)
  );
}
