const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const count = new Intl.NumberFormat('en-US');

/** Longer than any entity, and than all but absurd graphemes. */
const slack = 64;
/** A `<…>` longer than this is no token Slack would take. */
const longestToken = 3_200;
/** How far back a better place to split is looked for. */
const splitSearch = 300;

/** The last edge between two graphemes at or before `at`; within one that is longer than the whole, an edge of characters. */
function graphemeEdge(text: string, at: number): number {
  const edge = graphemes.segment(text.slice(0, at + slack)).containing(at)?.index ?? at;
  if (edge > 0) return edge;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

/** The start of the entity or the `<…>` that `at` is inside of, or else `at`. */
function tokenEdge(text: string, at: number): number {
  const head = text.slice(Math.max(0, at - longestToken), at);
  const offset = at - head.length;
  const opening = head.lastIndexOf('<');
  const tail = text.slice(at, at + longestToken);
  if (opening >= 0 && !head.includes('>', opening) && /^[^<>]*>/.test(tail)) return offset + opening;
  const entity = head.lastIndexOf('&');
  if (entity >= 0 && /^&(?:amp|lt|gt);/.test(text.slice(offset + entity, offset + entity + 5))) {
    const end = text.indexOf(';', offset + entity);
    if (end >= at) return offset + entity;
  }
  return at;
}

/** What a note says was left out: `1 more field`, `1,234 more fields`. */
export function more(number: number, noun: string): string {
  return `${count.format(number)} more ${noun}${number === 1 ? '' : 's'}`;
}

function note(left: string): string {
  return `… (${more(left.replace(/&(?:amp|lt|gt);/g, '.').length, 'character')})`;
}

function cutAt(text: string, limit: number, edge: (text: string, at: number) => number): string {
  if (text.length <= limit) return text;
  const room = limit - note(text).length;
  if (room <= 0) return '…'.slice(0, limit);
  const at = edge(text, room);
  return text.slice(0, at).trimEnd() + note(text.slice(at));
}

const markupEdge = (text: string, at: number): number => tokenEdge(text, graphemeEdge(text, at));

/**
 * Escaped text of at most `limit` UTF-16 units. What is cut off is counted in a note at the end, `… (1,234 more characters)`.
 * Never cuts within a grapheme, an entity or `<…>`. The time doesn't depend on how much is cut off.
 */
export function cut(text: string, limit: number): string {
  return cutAt(text, limit, markupEdge);
}

/** The same for text that is shown literally, where `<` and `&` have no meaning. */
export function cutLiteral(text: string, limit: number): string {
  return cutAt(text, limit, graphemeEdge);
}

/** Escaped text in pieces of at most `limit`, at line breaks or spaces where there are some near. Nothing is lost but those. */
export function split(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const edge = markupEdge(rest, limit) || limit;
    const near = rest.slice(Math.max(0, edge - splitSearch), edge);
    const found = Math.max(near.lastIndexOf('\n'), near.includes('\n') ? -1 : near.lastIndexOf(' '));
    const nicer = found > 0 ? tokenEdge(rest, edge - near.length + found) : 0;
    const at = nicer > 0 ? nicer : edge;
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).replace(/^[\n ]/, '');
  }
  pieces.push(rest);
  return pieces.filter((piece) => piece.trim() !== '');
}
