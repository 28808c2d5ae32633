/** How a scalar stands in YAML. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'block';

const escape = /^\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^])/;
const escapedWhiteSpace = new Set([
  '\\n',
  '\\t',
  '\\r',
  '\\ ',
  '\\\n',
  '\\v',
  '\\f',
  '\\_',
  '\\N',
  '\\L',
  '\\P',
]);

/**
 * Where in a scalar's YAML the character stands that is at `offset` of its value. Folding and indentation only ever
 * change white space, so the characters that are none are counted on both sides.
 */
export function offsetInScalar(yaml: string, style: ScalarStyle, value: string, offset: number): number {
  let before = value.slice(0, offset).replace(/\s/g, '').length;
  // A block scalar's text starts below its header, a quoted one's after the quote.
  let position = style === 'block' ? yaml.indexOf('\n') + 1 : style === 'plain' ? 0 : 1;
  while (position < yaml.length) {
    const character = nextCharacter(yaml, position, style);
    if (character.visible) {
      if (before === 0) return position;
      before -= 1;
    }
    position += character.length;
  }
  return position;
}

function nextCharacter(
  yaml: string,
  position: number,
  style: ScalarStyle,
): { readonly length: number; readonly visible: boolean } {
  const rest = yaml.slice(position, position + 10);
  if (style === 'single-quoted' && rest.startsWith("''")) return { length: 2, visible: true };
  const [escaped] = (style === 'double-quoted' && escape.exec(rest)) || [];
  if (escaped !== undefined) return { length: escaped.length, visible: !escapedWhiteSpace.has(escaped) };
  return { length: 1, visible: /\S/.test(rest.charAt(0)) };
}
