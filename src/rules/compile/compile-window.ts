import { maxCount, maxSteps } from '../../domain/windows/limits.js';
import { closes, type Window } from '../../domain/windows/window.js';
import { parseDuration } from '../../domain/duration.js';
import { splitPath } from '../../domain/matching/field-path.js';
import { compileKey } from './compile-key.js';
import type { MatchSection } from '../schema/match-section.js';
import type { SequenceStepSection, WindowSection } from '../schema/window-section.js';
import type { Fault, Place } from '../problem.js';

/** A match below the window, and where it is written. */
export interface WindowStep {
  /** What the window calls it. */
  readonly step: number;
  readonly at: Place;
  readonly section: MatchSection;
}

export interface CompiledWindow {
  readonly window: Window;
  /** The steps of `sequence`, or the match that is to follow of `missing`; the other kinds have none. */
  readonly steps: readonly WindowStep[];
}

type Report = (fault: Fault) => void;

type Kind = Window['kind'];
/** A new kind of window is a type error here until it is named. */
const kindNames: Readonly<Record<Kind, true>> = {
  count: true,
  distinct: true,
  sequence: true,
  missing: true,
  new: true,
};
const kinds = Object.keys(kindNames) as readonly Kind[];
const otherKeys: readonly string[] = ['within', 'by', 'ordered', 'follow'];

/**
 * Compiles a rule's `window`. The section lacks what is faulty by itself, and `raw` has what was written there.
 * Undefined when the kind is unknown, and of no use when anything was reported.
 *
 * @param throttleMs the period of the rule's throttle
 */
export function compileWindow(
  section: WindowSection,
  raw: Readonly<Record<string, unknown>>,
  throttleMs: number | undefined,
  report: Report,
): CompiledWindow | undefined {
  const isWritten = (key: string) => raw[key] !== undefined && raw[key] !== null;
  const kind = kindOf(raw, isWritten, report);
  if (isWritten('ordered') && kind !== undefined && kind !== 'sequence') {
    report({
      code: 'invalid-value',
      at: ['window', 'ordered'],
      target: 'key',
      message: '"ordered" is for a sequence only',
      hint: 'remove it',
    });
  }
  if (!isWritten('within') && kind !== undefined && kind !== 'new') {
    report({
      code: 'missing-key',
      at: ['window'],
      target: 'key',
      message: '"within" is missing',
      hint: 'say how long the window is, such as within: 10m',
    });
  }
  const by = compileKey(section.by, ['window', 'by'], report);
  const withinMs = parseDuration(section.within ?? '') ?? 0;
  const keyed = {
    by,
    cooldownMs: throttleMs ?? withinMs,
    ...(section.follow === false && { follow: false as const }),
  };
  const sliding = { ...keyed, withinMs };
  switch (kind) {
    case undefined:
      return undefined;
    case 'count':
      return { window: { kind, ...sliding, count: section.count ?? 1 }, steps: [] };
    case 'distinct': {
      const field = splitPath(section.distinct?.field ?? '');
      return { window: { kind, ...sliding, field, count: section.distinct?.count ?? 1 }, steps: [] };
    }
    case 'sequence': {
      const written = section.sequence ?? [];
      if (Array.isArray(raw['sequence'])) checkSteps(raw['sequence'].length, written, report);
      return {
        window: {
          kind,
          ...sliding,
          steps: written.map(({ count }) => count ?? 1),
          ordered: section.ordered ?? true,
        },
        steps: written.map((step, index) => ({
          step: index,
          at: ['window', 'sequence', index],
          section: step,
        })),
      };
    }
    case 'missing':
      return {
        window: { kind, ...sliding },
        steps: section.missing ? [{ step: closes, at: ['window', 'missing'], section: section.missing }] : [],
      };
    case 'new': {
      const field = splitPath(section.new?.field ?? '');
      const learnMs = parseDuration(section.new?.learn ?? '') ?? 0;
      return { window: { kind, ...keyed, field, learnMs }, steps: [] };
    }
    default:
      return kind satisfies never;
  }
}

/** The kind that is written, if it is one. */
function kindOf(
  raw: Readonly<Record<string, unknown>>,
  isWritten: (key: string) => boolean,
  report: Report,
): Kind | undefined {
  const [kind, second] = kinds.filter((key) => isWritten(key));
  if (kind === undefined) {
    // An unknown key, reported as such, is probably the kind that is meant.
    if (Object.keys(raw).some((key) => !otherKeys.includes(key) && isWritten(key))) return undefined;
    report({
      code: 'missing-key',
      at: ['window'],
      target: 'key',
      message: 'the window does not say what it waits for',
      hint: `add one of ${kinds.join(', ')}, such as count: 20`,
    });
    return undefined;
  }
  if (second === undefined) return kind;
  report({
    code: 'invalid-value',
    at: ['window', second],
    target: 'key',
    message: `a window is of one kind, and this one has "${kind}" already`,
    hint: `keep one of ${kinds.join(', ')}; a rule for each can say more`,
  });
  return undefined;
}

function checkSteps(length: number, steps: readonly SequenceStepSection[], report: Report): void {
  const events = steps.reduce((sum, { count }) => sum + (count ?? 1), 0);
  const fault = { code: 'invalid-value', at: ['window', 'sequence'] } as const;
  if (length === 0)
    report({
      ...fault,
      message: 'a sequence needs at least one step',
      hint: 'write a list of steps, such as [{ types: [fp], count: 10 }, { types: [s] }]',
    });
  if (length > maxSteps)
    report({
      ...fault,
      message: `a sequence has at most ${maxSteps} steps, and this one has ${length}`,
      hint: 'put event types that mean the same into one step',
    });
  if (events > maxCount)
    report({
      ...fault,
      message: `the steps of a sequence take at most ${maxCount} events together, and these take ${events}`,
      hint: 'lower the counts',
    });
}
