import { warningCodes } from '../problem.js';
import { Checked } from './check.js';
import { isObject } from '../../domain/json-value.js';

const isOff = (value: unknown): boolean => value === 'off';

/**
 * A mapping of warnings' codes to `off`. What its keys are is reported where the rule is compiled, each at its place; the
 * JSON Schema knows them.
 */
export function IsLint(): PropertyDecorator {
  return Checked(
    {
      holds: (value) => isObject(value) && Object.values(value).every(isOff),
      entries: { of: 'mapping', hold: isOff },
      schema: {
        type: 'object',
        properties: Object.fromEntries(warningCodes.map((code) => [code, { const: 'off' }])),
        additionalProperties: false,
      },
    },
    'write the code of a warning and off, such as { unknown-field: off }',
  );
}
