import type { RuleResult } from 'json-rules-engine';
import { fieldFact } from './match-types.js';
import { absent } from './field-path.js';

/** The first condition that decided against a rule, as the rules file says it, and the value it saw. */
export interface FailedCondition {
  readonly failed: string;
  /** Undefined when the event has no such value. */
  readonly value: unknown;
}

/** One node of json-rules-engine's account of a run; a leaf has an operator, a group has one of the three lists. */
interface ConditionNode {
  readonly all?: readonly ConditionNode[];
  readonly any?: readonly ConditionNode[];
  readonly not?: ConditionNode;
  readonly result?: boolean;
  readonly fact?: string;
  readonly params?: { readonly path?: string };
  readonly path?: string;
  readonly operator?: string;
  readonly value?: unknown;
  readonly factResult?: unknown;
}

/** Reads why a rule did not match out of json-rules-engine's own result; undefined when it did. */
export function failedCondition(result: RuleResult): FailedCondition | undefined {
  return result.result === true ? undefined : deciding(result.conditions as ConditionNode, false);
}

/** The leaf that gave `node` its result: one that is false, or under a `not` one that is true. */
function deciding(node: ConditionNode, held: boolean): FailedCondition {
  if (node.not !== undefined) {
    const inner = deciding(node.not, !held);
    return { failed: `not (${inner.failed})`, value: inner.value };
  }
  const children = node.all ?? node.any;
  if (children === undefined) return describe(node);
  const child = children.find((indexedRule) => indexedRule.result === held) ?? children[0];
  return child === undefined
    ? { failed: held ? 'everything' : 'nothing', value: undefined }
    : deciding(child, held);
}

function describe({ fact, params, path, operator, value, factResult }: ConditionNode): FailedCondition {
  const seen = factResult === absent ? undefined : factResult;
  const written = JSON.stringify(value);
  if (fact === fieldFact) return { failed: `${params?.path ?? ''}: ${written}`, value: seen };
  return {
    failed: [fact, path, operator, written].filter((part) => part !== undefined).join(' '),
    value: seen,
  };
}
