// How the page writes a schema of the OpenAPI document.
import { html, join } from './html.mjs';

/** A schema in one line: its type, or a link to it, and what bounds it. */
export function typeOf(schema) {
  if (schema === undefined) return 'anything';
  const { $ref, allOf, oneOf, anyOf, type = 'anything', nullable } = schema;
  if ($ref !== undefined) return link($ref);
  const orNull = nullable && ' or null';
  if (allOf !== undefined) return join([join(allOf.map(typeOf), ' and '), orNull]);
  const either = oneOf ?? anyOf;
  if (either !== undefined) return join([join(either.map(typeOf), ' or '), orNull]);
  const kind =
    type === 'array'
      ? html`list of ${typeOf(schema.items)}`
      : type === 'object' && schema.properties !== undefined
        ? html`{
          ${join(
            propertiesOf(schema).map(([name, inner]) => html`<code>${name}</code>: ${inner}`),
            ', ',
          )}
          }`
        : type;
  return join([kind, orNull, bounds(schema)]);
}

/** Name, type, whether it is required, and description of each property. */
export function propertiesOf({ properties = {}, required = [] }) {
  return Object.entries(properties).map(([name, schema]) => [
    name,
    typeOf(schema),
    required.includes(name),
    schema.description,
  ]);
}

function link(reference) {
  const name = reference.split('/').at(-1);
  return html`<a href="#schema-${name}">${name}</a>`;
}

function bounds(schema) {
  const { format, minimum, maximum, minItems, maxItems, maxLength } = schema;
  const example = typeof schema.example === 'object' ? JSON.stringify(schema.example) : schema.example;
  const said = [
    format,
    schema.enum !== undefined && schema.enum.join(' | '),
    minimum !== undefined && `at least ${minimum}`,
    maximum !== undefined && `at most ${maximum}`,
    minItems !== undefined && `at least ${minItems} entries`,
    maxItems !== undefined && `at most ${maxItems} entries`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    schema.default !== undefined && `${schema.default} by default`,
    example !== undefined && `such as ${example}`,
  ].filter(Boolean);
  return said.length > 0 && html` <small>(${said.join(', ')})</small>`;
}
