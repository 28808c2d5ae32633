type Swagger = typeof import('nestjs-swagger');

/** `@nestjs/swagger`'s decorators that the controllers and their bodies use. */
type Decorator =
  'ApiBearerAuth' | 'ApiBody' | 'ApiConsumes' | 'ApiOperation' | 'ApiProperty' | 'ApiResponse' | 'ApiTags';

const waiting: ((swagger: Swagger) => void)[] = [];

export const ApiBearerAuth = later('ApiBearerAuth');
export const ApiBody = later('ApiBody');
export const ApiConsumes = later('ApiConsumes');
export const ApiOperation = later('ApiOperation');
export const ApiProperty = later('ApiProperty');
export const ApiResponse = later('ApiResponse');
export const ApiTags = later('ApiTags');

/** Applies the decorators, in the order of the code. The build does so (scripts/write-api-docs.mjs). */
export function describeApi(swagger: Swagger): void {
  for (const apply of waiting.splice(0)) apply(swagger);
}

/**
 * The decorator of that name, kept until {@link describeApi}: `@nestjs/swagger` brings TypeScript and Swagger's own page,
 * 36 MB that only the build needs, so that production does not install it. It is a development dependency under another
 * name: `@nestjs/terminus` has `@nestjs/swagger` as an optional peer, and what is both, npm installs in production, too.
 */
function later<Name extends Decorator>(name: Name): Swagger[Name] {
  const decorator = (...options: unknown[]) => {
    return (...target: unknown[]): void => {
      waiting.push((swagger) => {
        const create = swagger[name] as (...given: unknown[]) => (...decorated: unknown[]) => void;
        create(...options)(...target);
      });
    };
  };
  return decorator as Swagger[Name];
}
