import { problemLines, type Problem } from '../rules/problem.js';

/** Why there is nothing to serve. */
export type StartupError =
  | { readonly kind: 'database'; readonly problem: string }
  | { readonly kind: 'rules'; readonly problems: readonly Problem[] };

/** What the start says before it ends. */
export function startupErrorLines(refusal: StartupError): string[] {
  switch (refusal.kind) {
    case 'database':
      return [refusal.problem];
    case 'rules':
      return ['The rules file is not valid:', ...problemLines(refusal.problems)];
  }
}
