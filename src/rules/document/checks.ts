import { buildMessage, Matches, ValidateBy, type ValidationOptions } from 'class-validator';
import { isTimeZone, parseTimeOfDay } from '../../domain/active-hours.js';

/** A rule's or channel's name. */
export function IsIdentifier(what: string): PropertyDecorator {
  return Matches(/^[a-z0-9-]+$/, { message: `${what} is made of a-z, 0-9 and -` });
}

/** `08:00` to `24:00`. */
export function IsTimeOfDay(): PropertyDecorator {
  return check(
    'isTimeOfDay',
    (value) => typeof value === 'string' && parseTimeOfDay(value) !== undefined,
    '$property must be a time in quotes, such as "08:00"',
  );
}

/** An IANA time zone. */
export function IsZone(): PropertyDecorator {
  return check(
    'isZone',
    (value) => typeof value === 'string' && isTimeZone(value),
    '$property must be an IANA time zone, such as Europe/Berlin',
  );
}

/** A text, or a list of texts that is not empty. */
export function IsTextOrTexts(): PropertyDecorator {
  return check(
    'isTextOrTexts',
    (value) =>
      isText(value) || (Array.isArray(value) && value.length > 0 && value.every((item) => isText(item))),
    '$property must be a text or a list of texts',
  );
}

/** A mapping of names to anything. */
export function IsMapping(what: string): PropertyDecorator {
  return check(
    'isMapping',
    (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
    `$property must be a mapping: ${what}`,
  );
}

/** A mapping of names to texts. */
export function IsTextMapping(what: string): PropertyDecorator {
  return check(
    'isTextMapping',
    (value) =>
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.values(value).every((item) => isScalarText(item)),
    `$property must be a mapping of names to texts: ${what}`,
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isScalarText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function check(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  const options: ValidationOptions = { message };
  return ValidateBy({ name, validator: { validate, defaultMessage: buildMessage(() => message) } }, options);
}
