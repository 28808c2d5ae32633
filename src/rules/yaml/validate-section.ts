import type { ClassConstructor } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { checkName, type Check } from '../schema/check.js';
import { instanceOf } from '../schema/instance.js';
import { keyHint } from './key-hints.js';
import { nearest, suggest } from '../nearest.js';
import type { Fault, Place } from '../problem.js';
import { withoutPlaces } from './without-places.js';
import { isObject } from '../../domain/json-value.js';

/**
 * Checks a plain value against a section's class and reports every fault with its place below `at`. What is faulty is
 * missing in the section returned, so that everything else can be checked further.
 *
 * @param isSecret whether nothing at a place of the section may be quoted
 */
export function validateSection<T extends object>(
  section: ClassConstructor<T>,
  value: unknown,
  at: Place,
  report: (fault: Fault) => void,
  isSecret: (place: Place) => boolean = () => false,
): T {
  if (!isObject(value)) {
    report({
      code: 'invalid-value',
      at,
      message: `${quote(value)} is written where a mapping is expected`,
      hint: `write keys such as ${keysOf(section).slice(0, 4).join(', ')}`,
    });
    return new section();
  }
  const instance = instanceOf(section, value);
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  const faults = faultsOf(errors, [], isSecret);
  for (const fault of faults) report({ ...fault, at: [...at, ...fault.at] });
  const faulty = faults.filter(({ code }) => code !== 'missing-key').map((fault) => fault.at);
  return faulty.length === 0 ? instance : instanceOf(section, withoutPlaces(value, faulty));
}

/** The faults of one section's properties, and of what is nested in them. */
function faultsOf(
  errors: readonly ValidationError[],
  parent: Place,
  isSecret: (place: Place) => boolean,
): Fault[] {
  const meant = errors.filter(isUnknownKey).map((error) => nearest(error.property, keysOf(classOf(error))));
  return errors.flatMap((error) => {
    const at = [...parent, Array.isArray(error.target) ? Number(error.property) : error.property];
    const own = isUnknownKey(error)
      ? [unknownKey(error, at, isSecret(at))]
      : valueFaults(error, at, meant, isSecret(at));
    // Below a place that is faulty as a whole there is nothing more to say.
    const nested = faultsOf(error.children ?? [], at, isSecret).filter(
      (fault) => !own.some((whole) => whole.at.every((step, index) => step === fault.at[index])),
    );
    return [...own, ...nested];
  });
}

function isUnknownKey(error: ValidationError): boolean {
  return error.constraints?.['whitelistValidation'] !== undefined;
}

function unknownKey(error: ValidationError, at: Place, secret: boolean): Fault {
  return {
    code: 'unknown-key',
    at,
    target: 'key',
    message: secret ? 'there is no such key here' : `there is no key "${error.property}" here`,
    hint:
      keyHint(classOf(error).name, error.property) ??
      suggest(error.property, keysOf(classOf(error)), 'remove it'),
  };
}

/** @param meant keys that unknown ones were probably meant to be: those are not missing */
function valueFaults(
  error: ValidationError,
  at: Place,
  meant: readonly (string | undefined)[],
  secret: boolean,
): Fault[] {
  const [first] = Object.entries(error.constraints ?? {}).filter(([name]) => name !== 'nestedValidation');
  if (first === undefined) return [];
  const [constraint, hint] = first;
  if (error.value === undefined || error.value === null) {
    if (meant.includes(error.property)) return [];
    const place = { at: error.value === null ? at : at.slice(0, -1), target: 'key' } as const;
    return [{ code: 'missing-key', ...place, message: `"${error.property}" is missing`, hint }];
  }
  const entries = constraint === checkName ? faultyEntries(error) : [];
  const faulty =
    entries.length === 0
      ? [{ at, value: error.value as unknown }]
      : entries.map(([step, value]) => ({ at: [...at, step], value }));
  return faulty.map(({ at: place, value }) => ({
    code: 'invalid-value',
    at: place,
    message: `${secret ? 'this' : quote(value)} is not a valid value of ${error.property}`,
    hint: (constraint === checkName && checkOf(error)?.hint?.(value)) || hint,
  }));
}

/** The entries of a list or mapping that are at fault; none where the whole of it is. */
function faultyEntries(error: ValidationError): readonly (readonly [string | number, unknown])[] {
  const { entries } = checkOf(error) ?? {};
  if (entries === undefined) return [];
  return entriesOf(error.value, entries.of).filter(([, entry]) => !entries.hold(entry));
}

function checkOf(error: ValidationError): Check | undefined {
  const metadata = metadataOf(classOf(error)).find(
    ({ propertyName, name }) => propertyName === error.property && name === checkName,
  );
  return metadata?.constraints[0] as Check | undefined;
}

function entriesOf(value: unknown, of: 'list' | 'mapping'): readonly (readonly [string | number, unknown])[] {
  if (of === 'list') return Array.isArray(value) ? [...value.entries()] : [];
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  return isObject(value) ? Object.entries(value) : [];
}

/** The keys a section takes, in the order they are declared. */
function keysOf(section: ClassConstructor<object>): string[] {
  return [...new Set(metadataOf(section).map(({ propertyName }) => propertyName))];
}

function metadataOf(section: ClassConstructor<object>) {
  return getMetadataStorage().getTargetValidationMetadatas(section, '', false, false);
}

function classOf(error: ValidationError): ClassConstructor<object> {
  return (error.target as object).constructor as ClassConstructor<object>;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
