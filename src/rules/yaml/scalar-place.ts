/** How a scalar is written in YAML. */
export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'block';

const escape = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|[^])/;
/** Escapes of white space after a backslash in double quotes. */
const escapedWhiteSpace = /^\\[ntrvf \t\n_NLP]$/;

/**
 * Where in a scalar's YAML the character is written that is at `offset` of its value. Folding and indentation only ever
 * change white space, so the characters that are none are counted on both sides.
 */
export function offsetInScalar(yaml: string, style: ScalarStyle, value: string, offset: number): number {
  const before = countVisible(value.slice(0, offset));
  // A block scalar's text starts below its header, a quoted one's after the quote.
  let position = style === 'block' ? yaml.indexOf('\n') + 1 : style === 'plain' ? 0 : 1;
  for (let seen = 0; position < yaml.length;) {
    const character = nextCharacter(yaml, position, style);
    seen += character.visible;
    if (seen > before) return position;
    position += character.length;
  }
  return position;
}

/** A character as YAML writes it, and how many characters of the value, without white space, it represents. */
function nextCharacter(
  yaml: string,
  position: number,
  style: ScalarStyle,
): { readonly length: number; readonly visible: number } {
  const rest = yaml.slice(position, position + 10);
  if (style === 'single-quoted' && rest.startsWith("''")) return { length: 2, visible: 1 };
  const [escaped, ...codes] = (style === 'double-quoted' && escape.exec(rest)) || [];
  if (escaped === undefined) return { length: 1, visible: countVisible(rest.charAt(0)) };
  const length = escaped.length;
  const hex = codes.find((code) => code !== undefined);
  if (hex !== undefined)
    return { length, visible: countVisible(String.fromCodePoint(Number.parseInt(hex, 16))) };
  return { length, visible: escapedWhiteSpace.test(escaped) ? 0 : 1 };
}

function countVisible(text: string): number {
  return text.replace(/\s/g, '').length;
}
