import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { isObject } from '../../src/domain/json-value.js';

type Json = Readonly<Record<string, unknown>>;

interface Media {
  readonly schema?: Json;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Json;
  readonly example?: unknown;
}

interface DescribedAnswer {
  readonly description: string;
  readonly headers?: Json;
  readonly content?: Readonly<Record<string, Media>>;
}

interface DescribedOperation {
  readonly parameters?: readonly Parameter[];
  readonly security?: readonly Json[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, DescribedAnswer>>;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  /** Such as `GET /admin/alerts/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly security: readonly string[];
  readonly bodies: readonly Example[];
  readonly answers: Readonly<Record<string, DescribedAnswer>>;
}

/** An example in the document, with the schema that it is of. */
export interface Example {
  readonly of: string;
  readonly mediaType: string;
  readonly schema: Json;
  readonly value: unknown;
}

/** The OpenAPI document as it was built, and whether answers are what it says. */
export class DocumentedApi {
  readonly document = JSON.parse(readFileSync('dist/api-docs/openapi.json', 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
    readonly components: Json;
  };
  readonly operations = Object.entries(this.document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
  );
  private readonly ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  private readonly compiled = new Map<Json, ValidateFunction>();

  constructor() {
    formats.default(this.ajv);
    this.ajv.addVocabulary(['components']);
  }

  operation(name: string): Operation {
    const found = this.operations.find((operation) => operation.name === name);
    if (found === undefined) throw new Error(`the document has no ${name}`);
    return found;
  }

  /** Every example, and what has none. */
  examples(): { readonly examples: readonly Example[]; readonly lacking: readonly string[] } {
    const lacking: string[] = [];
    const examples = this.operations.flatMap(({ name, bodies, parameters, answers }) => {
      const ofAnswers = Object.entries(answers).flatMap(([status, { content = {} }]) =>
        Object.entries(content).flatMap(([type, media]) => {
          const of = `the answer ${status} of ${name}`;
          const found = examplesOf({ [type]: media }, of);
          if (found.length === 0) lacking.push(of);
          return found;
        }),
      );
      const ofParameters = parameters.map((parameter): Example => {
        const of = `the parameter ${parameter.name} of ${name}`;
        return { of, mediaType: '', schema: parameter.schema, value: exampleOf(parameter) };
      });
      return [...bodies, ...ofAnswers, ...ofParameters];
    });
    return { examples, lacking };
  }

  /** Everything in which an answer differs from the document; empty where it is as described. */
  async problems({ answers }: Operation, answer: Response): Promise<readonly string[]> {
    const described = answers[answer.status];
    const text = await answer.text();
    if (described === undefined) return [`${answer.status} is not documented: ${text}`];
    const missing = Object.keys(described.headers ?? {}).filter((name) => !answer.headers.has(name));
    const problems = missing.map((name) => `the header ${name} is missing`);
    const type = answer.headers.get('content-type')?.split(';')[0];
    if (described.content === undefined) return text === '' ? problems : [...problems, `a body: ${text}`];
    const media = described.content[type ?? ''];
    if (media?.schema === undefined) return [...problems, `${type} is not documented`];
    const value: unknown = type?.endsWith('json') === true ? JSON.parse(text) : text;
    return [...problems, ...this.invalid(media.schema, value)];
  }

  /** Everything in which a value differs from a schema of the document. A property that it doesn't name is a difference. */
  invalid(schema: Json, value: unknown): readonly string[] {
    const validate = this.compiled.get(schema) ?? this.compile(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  private compile(schema: Json): ValidateFunction {
    const whole = { ...(jsonSchemaOf(schema) as Json), components: jsonSchemaOf(this.document.components) };
    const validate = this.ajv.compile(whole);
    this.compiled.set(schema, validate);
    return validate;
  }
}

/** Nest puts it beside the schema or into it. */
export function exampleOf({ example, schema }: Parameter): unknown {
  return example ?? schema['example'] ?? schema['default'];
}

/** The examples of a body or an answer. */
function examplesOf(content: Readonly<Record<string, Media>>, of: string): readonly Example[] {
  return Object.entries(content).flatMap(([mediaType, { schema = {}, example, examples = {} }]) =>
    [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)].map(
      (value) => ({ of, mediaType, schema, value }),
    ),
  );
}

function operationOf(path: string, verb: string, described: DescribedOperation): Operation {
  const method = verb.toUpperCase();
  const name = `${method} ${path}`;
  return {
    name,
    method,
    path,
    parameters: described.parameters ?? [],
    security: (described.security ?? []).flatMap((requirement) => Object.keys(requirement)),
    bodies: examplesOf(described.requestBody?.content ?? {}, `the body of ${name}`),
    answers: described.responses,
  };
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema, in which an object has no properties but those that are named, unless its schema
 * says that it has: what clients may get in later versions must not come undocumented.
 */
function jsonSchemaOf(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(jsonSchemaOf);
  if (!isObject(node)) return node;
  const { nullable, example: _example, ...rest } = node;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, jsonSchemaOf(value)]));
  if (isObject(schema['properties']) && schema['additionalProperties'] === undefined)
    schema['additionalProperties'] = false;
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}
