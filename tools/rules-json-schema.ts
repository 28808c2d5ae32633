import type { ClassConstructor } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_URL, ValidationTypes } from 'class-validator';
import { JSONSchema, targetConstructorToSchema } from 'class-validator-jsonschema';
import { checkName, describedParts, type Check, type JsonSchema } from '../src/rules/schema/check.js';
import { RuleSection } from '../src/rules/schema/rule-section.js';
import { RulesDocument } from '../src/rules/schema/rules-document.js';
import { valueSchemas } from './value-schemas.js';

type Section = ClassConstructor<object>;
const definitions = '#/definitions/';

/** A rule needs a match of its own, unless the steps of a sequence say what it is about. */
const matchOrSequence: JsonSchema = {
  anyOf: [
    { required: ['match'], properties: { match: { type: 'object' } } },
    { required: ['window'], properties: { window: { type: 'object', required: ['sequence'] } } },
  ],
};

/** The JSON Schema, draft 7, of a rules file, made from the classes that check it. */
export function rulesJsonSchema(): object {
  for (const { schema, section, key } of describedParts()) JSONSchema(schema)(section, key);
  const sections = reachable(RulesDocument);
  const changes = reachable(RuleSection).map(
    (section) => [`${section.name}Change`, changeSchema(sectionSchema(section))] as const,
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'rules.yaml',
    ...sectionSchema(RulesDocument),
    // They hold anchors.
    patternProperties: { '^x-': {} },
    definitions: {
      ...Object.fromEntries(
        sections
          .filter((section) => section !== RulesDocument)
          .map((section) => [
            section.name,
            section === RuleSection
              ? { ...sectionSchema(section), ...matchOrSequence }
              : sectionSchema(section),
          ]),
      ),
      ...Object.fromEntries(changes),
      ...valueSchemas,
    },
  };
}

/** A section and all that are nested in it. */
function reachable(section: Section, found: Section[] = []): readonly Section[] {
  if (found.includes(section)) return found;
  found.push(section);
  for (const key of keysOf(section)) {
    const nested = defaultMetadataStorage.findTypeMetadata(section, key)?.typeFunction?.();
    if (nested) reachable(nested as Section, found);
  }
  return found;
}

function sectionSchema(section: Section): JsonSchema {
  const schema = targetConstructorToSchema(section, {
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: definitions,
    additionalConverters: {
      [checkName]: (metadata) => (metadata.constraints[0] as Check).schema,
      // That it is required says it already.
      [ValidationTypes.IS_DEFINED]: {},
      [IS_URL]: { type: 'string', pattern: '^https?://' },
    },
  }) as JsonSchema;
  const required = (schema['required'] ?? []) as readonly string[];
  const properties = Object.entries(schema['properties'] as Record<string, JsonSchema>).map(
    ([key, property]) => [
      key,
      required.includes(key) ? withReference(property) : orNull(withReference(property)),
    ],
  );
  return { ...schema, properties: Object.fromEntries(properties), additionalProperties: false };
}

/** In draft 7 nothing counts beside a `$ref`. */
function withReference({ $ref, ...rest }: JsonSchema): JsonSchema {
  return $ref === undefined ? rest : { ...rest, allOf: [{ $ref }] };
}

/** A key with nothing behind it counts as left out. */
function orNull({ description, ...schema }: JsonSchema): JsonSchema {
  return { description, anyOf: [schema, { type: 'null' }] };
}

/** A section as an override writes it: nothing is required, and the rule's id stays. */
function changeSchema(schema: JsonSchema): JsonSchema {
  const properties = without('id', schema['properties'] as JsonSchema);
  return { ...without('required', schema), properties: changeReferences(properties) };
}

function without(key: string, schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));
}

function changeReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => changeReferences(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const isSection = key === '$ref' && String(entry).endsWith('Section');
      return [key, isSection ? `${entry}Change` : changeReferences(entry)];
    }),
  );
}

function keysOf(section: Section): readonly string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(section, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}
