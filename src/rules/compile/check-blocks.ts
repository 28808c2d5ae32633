import { blockShapes, elementShapes, placeOf, type BlockShape, type Shape } from '../schema/block-kit.js';
import { suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';
import { isGiven, isObject } from '../../domain/json-value.js';

type Report = (fault: Fault) => void;

/** Reports what Slack would refuse of a template's blocks, and with it the whole message. What Liquid makes is not known yet. */
export function reportBlockFaults(blocks: readonly unknown[], at: Place, report: Report): void {
  blocks.forEach((block, index) => {
    if (isObject(block)) checkTyped(block, [...at, index], undefined, report);
  });
}

/** @param types of the elements that are allowed there; undefined: a block */
function checkTyped(
  value: Readonly<Record<string, unknown>>,
  at: Place,
  types: readonly string[] | undefined,
  report: Report,
): void {
  const { type } = value;
  if (isLiquid(type)) return;
  const known = types ?? Object.keys(blockShapes);
  if (typeof type !== 'string' || !known.includes(type)) {
    report({
      code: 'invalid-block',
      at: 'type' in value ? [...at, 'type'] : at,
      message:
        typeof type !== 'string'
          ? 'what is written here has no type'
          : types === undefined
            ? `Slack has no block "${type}"`
            : `Slack takes no element "${type}" here`,
      hint:
        (types === undefined ? placeOf(String(type)) : undefined) ??
        suggest(String(type), known, `write one of: ${known.join(', ')}`),
    });
    return;
  }
  const shape = (types === undefined ? blockShapes : elementShapes)[type];
  if (shape !== undefined) checkShape(value, shape, type, at, report);
}

function checkShape(
  value: Readonly<Record<string, unknown>>,
  { required, oneOf, keys }: BlockShape,
  type: string,
  at: Place,
  report: Report,
): void {
  const missing = required.filter((key) => !isGiven(value[key]));
  if (oneOf !== undefined && !oneOf.some((key) => isGiven(value[key]))) missing.push(oneOf.join(' or '));
  for (const key of missing) {
    report({
      code: 'invalid-block',
      at,
      message: `the ${type} has no ${key}, and Slack refuses that`,
      hint: `add ${key.split(' ')[0]}${hintFor(keys[key.split(' ')[0] as string])}`,
    });
  }
  for (const [key, inner] of Object.entries(keys)) {
    if (isGiven(value[key])) checkValue(value[key], inner, `${key} of the ${type}`, [...at, key], report);
  }
}

function checkValue(value: unknown, shape: Shape, what: string, at: Place, report: Report): void {
  const fault = (message: string, hint: string): void => report({ code: 'invalid-block', at, message, hint });
  if (shape === 'text') {
    if (typeof value !== 'string' || value.trim() === '')
      fault(
        `the ${what} is ${typeof value === 'string' ? 'empty' : 'no text'}, and Slack refuses that`,
        'write a text',
      );
    return;
  }
  if (shape === 'text-object' || shape === 'plain-text-object') {
    const types = shape === 'text-object' ? ['mrkdwn', 'plain_text'] : ['plain_text'];
    if (!isObject(value)) fault(`the ${what} is not a text object`, `write ${keyAt(at)}${hintFor(shape)}`);
    else if (shape === 'plain-text-object' && value['type'] === 'mrkdwn')
      fault(`the ${what} takes plain_text only`, `write ${keyAt(at)}: { type: plain_text, text: … }`);
    else checkTyped(value, at, types, report);
    return;
  }
  if (shape !== 'list' && 'element' in shape) {
    if (isObject(value)) checkTyped(value, at, shape.element, report);
    else
      fault(
        `the ${what} is not a mapping`,
        `write a mapping with a type, such as { type: ${shape.element[0]}, … }`,
      );
    return;
  }
  const most = shape === 'list' ? Number.POSITIVE_INFINITY : shape.most;
  if (!Array.isArray(value) || value.length === 0) {
    fault(
      `the ${what} ${Array.isArray(value) ? 'are an empty list' : 'are no list'}`,
      `write a list: ${keyAt(at)}: [ … ]`,
    );
    return;
  }
  if (value.length > most)
    fault(
      `the ${what} are ${value.length}, and Slack takes ${most}`,
      'take some away, or make another block',
    );
  if (shape !== 'list')
    value.forEach((entry: unknown, index) =>
      checkValue(entry, shape.list, `entry of ${what}`, [...at, index], report),
    );
}

function hintFor(shape: Shape | undefined): string {
  if (shape === 'plain-text-object') return ': { type: plain_text, text: … }';
  return shape === 'text-object' ? ': { type: mrkdwn, text: … }' : '';
}

function keyAt(at: Place): string {
  return String(at.findLast((step) => typeof step === 'string'));
}

function isLiquid(value: unknown): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value);
}
