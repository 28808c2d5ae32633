import type { ApiResponseSchemaHost } from 'nestjs-swagger';

type Swagger = typeof import('nestjs-swagger');

/** A schema as OpenAPI 3.0 writes it. */
export type SchemaObject = Exclude<ApiResponseSchemaHost['schema'], { readonly $ref: string }>;

/** `@nestjs/swagger`'s decorators that the controllers and their bodies use. */
type Decorator =
  | 'ApiBearerAuth'
  | 'ApiBody'
  | 'ApiExtraModels'
  | 'ApiHeader'
  | 'ApiOperation'
  | 'ApiParam'
  | 'ApiProperty'
  | 'ApiQuery'
  | 'ApiResponse'
  | 'ApiSecurity'
  | 'ApiTags';

/** The comment above a class in the source, or above a property of it. */
export type CommentOf = (className: string, property?: string) => string | undefined;

const waiting: ((swagger: Swagger, commentOf: CommentOf) => void)[] = [];

export const ApiBearerAuth = later('ApiBearerAuth');
export const ApiBody = later('ApiBody');
export const ApiExtraModels = later('ApiExtraModels');
export const ApiHeader = later('ApiHeader');
export const ApiOperation = later('ApiOperation');
export const ApiParam = later('ApiParam');
export const ApiProperty = later('ApiProperty');
export const ApiQuery = later('ApiQuery');
export const ApiResponse = later('ApiResponse');
export const ApiSecurity = later('ApiSecurity');
export const ApiTags = later('ApiTags');

/**
 * Applies the decorators, in the order of the code. The build does so (scripts/write-api-docs.mjs).
 *
 * @param commentOf describes the properties, and the classes that have some
 */
export function describeApi(swagger: Swagger, commentOf: CommentOf): void {
  for (const apply of waiting.splice(0)) apply(swagger, commentOf);
}

/**
 * The decorator of that name, kept until {@link describeApi}: `@nestjs/swagger` brings TypeScript and Swagger's own page,
 * 36 MB that only the build needs, so that production does not install it. It is a development dependency under another
 * name: `@nestjs/terminus` has `@nestjs/swagger` as an optional peer, and what is both, npm installs in production, too.
 */
function later<Name extends Decorator>(name: Name): Swagger[Name] {
  const decorator = (...options: unknown[]) => {
    return (...target: unknown[]): void => {
      waiting.push((swagger, commentOf) => {
        const create = swagger[name] as (...given: unknown[]) => (...decorated: unknown[]) => void;
        if (name !== 'ApiProperty') return create(...options)(...target);
        create(described(options, target, commentOf))(...target);
        describeClass(target, swagger, commentOf);
      });
    };
  };
  return decorator as Swagger[Name];
}

/** The options of a property, with the comment above it. */
function described([options]: unknown[], [target, property]: unknown[], commentOf: CommentOf): object {
  const description = commentOf(classOf(target).name, String(property));
  return { ...(description !== undefined && { description }), ...(options as object | undefined) };
}

function describeClass([target]: unknown[], swagger: Swagger, commentOf: CommentOf): void {
  const description = commentOf(classOf(target).name);
  if (description !== undefined) swagger.ApiSchema({ description })(classOf(target));
}

function classOf(target: unknown): new () => unknown {
  return (target as { readonly constructor: new () => unknown }).constructor;
}
