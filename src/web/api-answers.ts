import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtraModels, ApiParam, ApiResponse, ApiTags } from './api-description.js';
import { ProblemDetails, problemOf } from './problem-details.js';

type Documents = ClassDecorator & MethodDecorator;
type Type<T> = abstract new () => T;

/** Seconds until it is worth asking again. */
const retryAfter = {
  'Retry-After': {
    description: 'Seconds until it is worth asking again.',
    schema: { type: 'integer', minimum: 1 },
    example: 5,
  },
} as const;

export function reference(type: Type<unknown>): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${type.name}` };
}

/** An answer in JSON. */
export function Answer<T>(
  status: number,
  description: string,
  type: Type<T>,
  example: NoInfer<T>,
): MethodDecorator {
  return ApiResponse({ status, description, type: type as new () => T, example });
}

/** A page of a list. */
export function PageAnswer<T>(
  description: string,
  type: Type<T>,
  items: readonly NoInfer<T>[],
  next: string | null = null,
): MethodDecorator {
  const schema = {
    type: 'object',
    required: ['items', 'next'],
    properties: {
      items: { type: 'array', items: reference(type) },
      next: {
        type: 'string',
        nullable: true,
        description: 'The `cursor` of the next page; null on the last.',
      },
    },
  };
  return applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status: 200,
      description,
      content: { 'application/json': { schema, example: { items, next } } },
    }),
  );
}

/** A body in JSON. `examples`: by what each of them is about. */
export function JsonBody<T extends object>(
  type: Type<T>,
  examples: Readonly<Record<string, NoInfer<T>>>,
): MethodDecorator {
  const named = Object.fromEntries(
    Object.entries(examples).map(([about, value]) => [about.replaceAll(' ', '-'), { summary: about, value }]),
  );
  return ApiBody({ type: type as new () => T, examples: named });
}

/** The media type of an error with its schema and an example. */
export function problemContent(status: number, detail: string) {
  const example = problemOf(status, detail);
  return { 'application/problem+json': { schema: reference(ProblemDetails), example } };
}

/** What there is to say of an error, as the document has it. */
export function problemResponse(status: number, description: string, detail: string) {
  return {
    description,
    ...((status === 429 || status === 503) && { headers: retryAfter }),
    content: problemContent(status, detail),
  };
}

/** An error. `detail`: as it is answered. */
export function ProblemAnswer(status: number, description: string, detail: string): Documents {
  return ApiResponse({ status, ...problemResponse(status, description, detail) }) as Documents;
}

/** An error with a list of errors beside it. */
export function ErrorsAnswer<T extends { readonly errors: readonly object[] }>(
  status: number,
  description: string,
  type: Type<T & ProblemDetails>,
  detail: string,
  errors: NoInfer<T['errors']>,
): MethodDecorator {
  const example = { ...problemOf(status, detail), errors };
  return applyDecorators(
    ApiExtraModels(type),
    ApiResponse({
      status,
      description,
      content: { 'application/problem+json': { schema: reference(type), example } },
    }),
  );
}

export const unauthorized = 'The Authorization header is missing or wrong.';
export const limited = 'Too many failed authentications from this address.';
export const overloaded = 'The router has more to do than it can at the moment. Send the request again.';
const internal = 'Something went wrong inside the router; its log says more.';
const absent = 'ADMIN_TOKEN is not set';

export const Limited = (): Documents =>
  ProblemAnswer(429, 'The address failed too often, and its token was not looked at', limited);
export const Overloaded = (): Documents =>
  ProblemAnswer(503, 'The process is overloaded; send it again', overloaded);
export const Internal = (): Documents =>
  ProblemAnswer(500, 'The database could not be used, or a fault of the router', internal);

/** What all routes of a controller below /admin have in common. */
export function AdminApi(tag: string): ClassDecorator {
  return applyDecorators(
    ApiExtraModels(ProblemDetails),
    ApiTags(tag),
    ApiBearerAuth('admin'),
    ProblemAnswer(401, 'The token is missing or wrong', unauthorized),
    ProblemAnswer(404, absent, 'There is nothing at /admin.'),
    Limited(),
    Internal(),
    Overloaded(),
  );
}

/** A token that may only read is refused. */
export function ChangesSomething(): MethodDecorator {
  return ProblemAnswer(403, 'The token may only read', 'This token may only read.');
}

/** Is about one thing, which the path names. */
export function AboutOne(parameter: string, what: string, example: string, missing: string): MethodDecorator {
  return applyDecorators(
    ApiParam({ name: parameter, description: what, example }),
    ProblemAnswer(400, 'The path can’t be decoded', 'The path is not valid.'),
    ProblemAnswer(404, `There is no such ${parameter === 'name' ? 'channel' : 'id'}; or ${absent}`, missing),
  );
}

/** Its query has parameters that can be wrong. */
export function BadQuery(detail: string): MethodDecorator {
  return ProblemAnswer(400, 'A parameter is unknown or not valid', detail);
}

/** It takes a body. */
export function TooLarge(limit: string): MethodDecorator {
  return ProblemAnswer(413, `The body has more than ${limit}`, 'Request body is too large');
}
