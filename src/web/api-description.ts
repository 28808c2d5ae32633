type Swagger = typeof import('@nestjs/swagger');

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

/** Applies the decorators, in the order in which they stand in the code. To be called before a document is made. */
export function describeApi(swagger: Swagger): void {
  for (const apply of waiting.splice(0)) apply(swagger);
}

/**
 * The decorator of that name, kept until {@link describeApi}: `@nestjs/swagger` brings 500 modules, which a router whose
 * documentation nobody reads never loads.
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
