import 'reflect-metadata';
import { Type, type ClassConstructor } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { Checked, type JsonSchema } from './check.js';
import { isObject } from '../../domain/json-value.js';

type SectionType = () => ClassConstructor<object>;

/** A mapping that is a section of its own. */
export function IsSection(type: SectionType, message: string): PropertyDecorator {
  return section(type, message, () => true, {});
}

/** A section that must not be empty: an empty one would match everything. */
export function IsFilledSection(type: SectionType, message: string): PropertyDecorator {
  return section(type, message, saysSomething, { type: 'object', minProperties: 1 });
}

/** A mapping of names to sections, held as a Map. */
export function IsNamedSections(type: SectionType, message: string): PropertyDecorator {
  const isSection = (value: unknown) => value instanceof type();
  return all(
    Checked(
      {
        holds: (value) => value instanceof Map && [...value.values()].every(isSection),
        entries: { of: 'mapping', hold: isSection },
        schema: {},
      },
      message,
    ),
    ValidateNested({ each: true }),
    Type(type),
  );
}

/** A list of sections. */
export function IsSections(type: SectionType, message: string): PropertyDecorator {
  const isSection = (value: unknown) => value instanceof type();
  return all(
    Checked(
      {
        holds: (value) => Array.isArray(value) && value.every(isSection),
        entries: { of: 'list', hold: isSection },
        schema: {},
      },
      message,
    ),
    ValidateNested({ each: true }),
    Type(type),
  );
}

function section(
  type: SectionType,
  message: string,
  says: (value: object) => boolean,
  schema: JsonSchema,
): PropertyDecorator {
  return all(
    Checked({ holds: (value) => value instanceof type() && says(value), schema }, message),
    ValidateNested(),
    Type(type),
  );
}

function saysSomething(value: object): boolean {
  return Object.values(value).some((entry) => !isEmpty(entry));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (isObject(value) && Object.keys(value).length === 0);
}

/** Nest has the same as `applyDecorators`, with 450 modules that a process which only checks rules does without. */
function all(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
}
