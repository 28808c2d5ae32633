import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { suggest } from './nearest.js';
import type { Fault } from './problem.js';

type Step = string | number;

/**
 * Checks a plain value against a section's class, reporting every fault with its place below `at`. The instance is of
 * use only where no fault was reported.
 */
export function validateSection<T extends object>(
  section: ClassConstructor<T>,
  value: unknown,
  at: readonly Step[],
  report: (fault: Fault) => void,
): T {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    report({
      code: 'invalid-value',
      at,
      message: 'this must be a mapping',
      hint: `write keys such as ${keysOf(section).slice(0, 4).join(', ')}`,
    });
    return new section();
  }
  const instance = plainToInstance(section, value);
  for (const error of validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  })) {
    flatten(error, at, report);
  }
  return instance;
}

function flatten(error: ValidationError, parent: readonly Step[], report: (fault: Fault) => void): void {
  const step = Array.isArray(error.target) ? Number(error.property) : error.property;
  const at = [...parent, step];
  for (const [constraint, message] of Object.entries(error.constraints ?? {})) {
    if (constraint === 'whitelistValidation') {
      const known = keysOf((error.target as object).constructor as ClassConstructor<object>);
      const hint = suggest(error.property, known, 'remove it');
      report({
        code: 'unknown-key',
        at,
        target: 'key',
        message: `there is no key "${error.property}" here`,
        hint,
      });
    } else if (error.value === undefined) {
      report({
        code: 'missing-key',
        at: parent,
        target: 'key',
        message: `"${error.property}" is missing`,
        hint: message,
      });
    } else {
      report({
        code: 'invalid-value',
        at,
        message: `${error.property}: ${quote(error.value)} can't stand here`,
        hint: message,
      });
    }
  }
  for (const child of error.children ?? []) flatten(child, at, report);
}

/** The keys a section takes, in the order they are declared. */
function keysOf(section: ClassConstructor<object>): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(section, '', false, false);
  return [...new Set(metadata.map((entry) => entry.propertyName))];
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
