import { eventFieldNodes, eventFieldTypes } from './event-fields.table.js';

/** What a value can be. The kinds of an array's elements are listed beside `array`. */
export type FieldKind = 'string' | 'number' | 'boolean' | 'object' | 'array';

const kindsByLetter: Readonly<Record<string, FieldKind>> = {
  s: 'string',
  n: 'number',
  b: 'boolean',
  o: 'object',
  a: 'array',
};

interface FieldNode {
  readonly kinds: ReadonlySet<FieldKind>;
  /** Whether it may hold properties of any name. */
  readonly isOpen: boolean;
  /** Its properties, or those of its elements. */
  readonly properties: ReadonlyMap<string, FieldNode>;
}

/** What is known of a path: nothing in it exists, it can hold anything, or values of some kinds. */
export type FieldKnowledge =
  | { readonly kind: 'absent' }
  | { readonly kind: 'anything' }
  | { readonly kind: 'values'; readonly kinds: ReadonlySet<FieldKind> };

// What the schemas leave out and the router or Auth0 adds to events: the tenant and the place that the router fills in,
// the place and the device as the Management API gives them, ids, and what Auth0 sends with logins. `undefined`: anything
// below.
const everywhere: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['_id', []],
  ['isMobile', []],
  ['log_id', []],
  ['tenant', []],
  ['tenant_name', []],
  ['geo', ['country', 'region', 'city', 'latitude', 'longitude', 'asn', 'org']],
  ['location_info', undefined],
  ['security_context', undefined],
]);

let types: ReadonlyMap<string, FieldNode> | undefined;

/** The event types whose fields are known, 166 of the catalogue's. */
export function typesWithFields(): readonly string[] {
  return [...typeNodes().keys()];
}

/** Whether the fields of a type are known. */
export function hasFields(type: string): boolean {
  return typeNodes().has(type);
}

/**
 * What a path leads to in an event of the type, by Auth0's published schemas and what the router adds. As in matching, a
 * path goes on through arrays, and takes their indexes.
 *
 * @param type one whose fields are known
 */
export function fieldOf(type: string, steps: readonly string[]): FieldKnowledge {
  const added = addedField(steps);
  if (added !== undefined) return added;
  let node = typeNodes().get(type);
  for (const step of steps) {
    if (node === undefined) return { kind: 'absent' };
    if (node.kinds.has('array') && /^\d+$/.test(step)) continue;
    const below = node.properties.get(step);
    if (below === undefined && node.isOpen) return { kind: 'anything' };
    node = below;
  }
  if (node === undefined) return { kind: 'absent' };
  return node.isOpen ? { kind: 'anything' } : { kind: 'values', kinds: node.kinds };
}

/** Every path that an event of the type can have, shorter ones first, without what is below the open parts. */
export function pathsOf(type: string): readonly string[] {
  const found: string[] = [];
  let level: [path: string, node: FieldNode][] = [['', typeNodes().get(type) ?? leaf]];
  while (level.length > 0) {
    level = level.flatMap(([path, { properties }]) =>
      [...properties].map(([name, node]): [string, FieldNode] => [
        path === '' ? name : `${path}.${name}`,
        node,
      ]),
    );
    found.push(...level.map(([path]) => path));
  }
  return found;
}

function addedField([name, ...below]: readonly string[]): FieldKnowledge | undefined {
  if (name === undefined || !everywhere.has(name)) return undefined;
  const names = everywhere.get(name);
  if (names === undefined || below.length === 0 || (below.length === 1 && names.includes(below[0] as string)))
    return { kind: 'anything' };
  return { kind: 'absent' };
}

const leaf: FieldNode = { kinds: new Set(), isOpen: false, properties: new Map() };

function typeNodes(): ReadonlyMap<string, FieldNode> {
  return (types ??= readTable());
}

/** A line names only lines before it. */
function readTable(): ReadonlyMap<string, FieldNode> {
  const nodes: FieldNode[] = [];
  for (const line of eventFieldNodes.split('\n')) {
    const [letters = '', ...properties] = line.split(' ');
    nodes.push({
      kinds: new Set([...letters].flatMap((letter) => kindsByLetter[letter] ?? [])),
      isOpen: letters.endsWith('*'),
      properties: new Map(
        properties.map((property): [string, FieldNode] => {
          const [name = '', number] = property.split(':');
          return [name, nodes[Number(number)] ?? leaf];
        }),
      ),
    });
  }
  return new Map(
    eventFieldTypes.split('\n').map((line): [string, FieldNode] => {
      const [type = '', number] = line.split(' ');
      return [type, nodes[Number(number)] ?? leaf];
    }),
  );
}
