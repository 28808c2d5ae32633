import { asksForWindow, variablesOf } from '../../domain/alerting/template-variables.js';
import type { RuleSection } from '../schema/rule-section.js';
import type { WindowSection } from '../schema/window-section.js';
import type { Fault, Place } from '../problem.js';
import { reportOddPath } from './odd-paths.js';
import { reportSuspiciousLiterals } from './suspicious-literals.js';

/**
 * Reports what can be put in force and yet is hardly what the author of the rule intends.
 *
 * @param hasWindow whether a window is written, be it faulty
 */
export function reportRuleWarnings(
  section: RuleSection,
  hasWindow: boolean,
  report: (fault: Fault) => void,
): void {
  const { match, window, throttle, group } = section;
  if (!hasWindow) reportWindowInChannels(section, report);
  if (match) reportSuspiciousLiterals(match, ['match'], report);
  if (window) windowWarnings(window, report);
  reportOddKey(window?.by, ['window', 'by'], report);
  reportOddKey(throttle?.by, ['throttle', 'by'], report);
  reportOddKey(group?.by, ['group', 'by'], report);
}

function reportWindowInChannels({ id, channels }: RuleSection, report: (fault: Fault) => void): void {
  channels?.forEach((source, index) => {
    const found = asksForWindow(source)
      ? undefined
      : variablesOf(source).find(({ steps }) => steps[0] === 'window');
    if (found === undefined) return;
    report({
      code: 'unknown-variable',
      at: ['channels', index],
      within: { line: found.line, column: found.column },
      message: `the channel's name is made of ${found.steps.slice(0, 2).join('.')}, and the rule "${id}" has no window`,
      hint: 'add a window to the rule, or name the channel by the event or the rule',
    });
  });
}

function windowWarnings(window: WindowSection, report: (fault: Fault) => void): void {
  window.sequence?.forEach((step, index) =>
    reportSuspiciousLiterals(step, ['window', 'sequence', index], report),
  );
  if (window.missing) reportSuspiciousLiterals(window.missing, ['window', 'missing'], report);
  for (const kind of ['distinct', 'new'] as const) {
    const field = window[kind]?.field;
    if (typeof field === 'string') reportOddPath(field, ['window', kind, 'field'], report, 'value');
  }
  if (window.new && (window.new.learn === undefined || window.new.learn === null)) {
    report({
      code: 'new-without-learn',
      at: ['window', 'new'],
      message: 'without learn, every value is new at first, and alerts',
      hint: 'say how long values are only learnt, such as learn: 7d',
    });
  }
}

/** @param by paths, and Liquid texts, which have names of their own */
function reportOddKey(
  by: readonly string[] | undefined | null,
  at: Place,
  report: (fault: Fault) => void,
): void {
  by?.forEach((entry, index) => reportOddPath(entry, [...at, index], report, 'value'));
}
