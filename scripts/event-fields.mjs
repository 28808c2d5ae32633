// Writes src/domain/catalogue/event-fields.table.ts from Auth0's published JSON Schemas of log events:
// node scripts/event-fields.mjs <folder>, the folder being a copy of https://github.com/auth0/auth0-log-schemas.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = 'src/domain/catalogue/event-fields.table.ts';
const letters = { string: 's', number: 'n', integer: 'n', boolean: 'b', object: 'o', array: 'a' };

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node scripts/event-fields.mjs <folder of auth0-log-schemas>');
  process.exit(2);
}

/** Lines by their text, so that parts that several types share are in the table once. */
const lines = new Map();
const types = [];
const schemas = join(folder, 'log-types');
for (const name of readdirSync(schemas).sort()) {
  const schema = JSON.parse(readFileSync(join(schemas, name), 'utf8'));
  types.push(`${schema.properties.type.const} ${lineOf(readNode(schema))}`);
}
writeFileSync(
  target,
  [
    '/**',
    " * The fields of Auth0's log events by event type: names and kinds of values alone, taken from the JSON Schemas that",
    ' * Auth0, Inc. publishes under the Apache License 2.0 (https://github.com/auth0/auth0-log-schemas). Made by',
    ' * `node scripts/event-fields.mjs <folder>`; not to be edited. src/domain/catalogue/event-fields.ts reads it.',
    ' *',
    ' * A line of `eventFieldNodes`, known by its number, is what a value may be: s text, n number, b true or false,',
    ' * o object, a array; * says that an object may hold anything. After it come its properties, or those of its',
    ' * elements, each with the line that says what it is.',
    ' */',
    `export const eventFieldNodes = \`${[...lines.keys()].join('\n')}\`;`,
    '',
    "/** Event types, each with the line that says what its event's data is. */",
    `export const eventFieldTypes = \`${types.join('\n')}\`;`,
    '',
  ].join('\n'),
);

function lineOf({ kinds, isOpen, properties }) {
  const below = [...properties]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, node]) => ` ${name}:${lineOf(node)}`);
  const line = `${[...kinds].sort().join('')}${isOpen ? '*' : ''}${below.join('')}`;
  if (!lines.has(line)) lines.set(line, lines.size);
  return lines.get(line);
}

function readNode(schema) {
  const node = newNode();
  addSchema(node, schema);
  return node;
}

function newNode() {
  return { kinds: new Set(), isOpen: false, properties: new Map() };
}

/** Adds what a value may be by one schema: of alternatives all, of an array its elements too. */
function addSchema(node, schema) {
  const { anyOf = [], oneOf = [], allOf = [], properties = {}, items, additionalProperties } = schema;
  for (const part of [...anyOf, ...oneOf, ...allOf]) addSchema(node, part);
  const named = [schema.type ?? []].flat();
  const literals = [...(schema.enum ?? []), ...('const' in schema ? [schema.const] : [])];
  const kinds =
    named.length > 0 ? named : literals.map((literal) => (literal === null ? 'null' : typeof literal));
  const saysNothing =
    kinds.length === 0 && [anyOf, oneOf, allOf, Object.keys(properties)].every(({ length }) => length === 0);
  if (saysNothing && items === undefined) {
    for (const letter of Object.values(letters)) node.kinds.add(letter);
    node.isOpen = true;
    return;
  }
  for (const kind of kinds) if (kind !== 'null') node.kinds.add(letters[kind]);
  if (kinds.includes('object') && Object.keys(properties).length === 0) node.isOpen = true;
  if (additionalProperties !== undefined && additionalProperties !== false) node.isOpen = true;
  for (const [name, property] of Object.entries(properties)) {
    if (!node.properties.has(name)) node.properties.set(name, newNode());
    addSchema(node.properties.get(name), property);
  }
  if (items !== undefined) for (const item of [items].flat()) addSchema(node, item);
  else if (kinds.includes('array')) node.isOpen = true;
}
