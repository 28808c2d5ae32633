const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const count = new Intl.NumberFormat('en-US');

/** Longer than any entity, and than all but absurd graphemes. */
const slack = 64;
/** A `<…>` longer than this is no token Slack would take. */
const longestToken = 3_200;
/** Twice what all blocks of a message may hold. */
const longestValue = 20_000;
/** How far back a better place to split is looked for. */
const splitSearch = 300;

/** The last edge between two graphemes at or before `at`; within one that is longer than the whole, an edge of characters. */
function graphemeEdge(text: string, at: number): number {
  const edge = graphemes.segment(text.slice(0, at + slack)).containing(at)?.index ?? at;
  if (edge > 0) return edge;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

/** The start of the entity, the `<…>` or the run of backticks that `at` is inside of, or else `at`. */
function tokenEdge(text: string, at: number): number {
  if (text[at] === '`' && text[at - 1] === '`') {
    const run = /`{1,64}$/.exec(text.slice(Math.max(0, at - slack), at))?.[0].length ?? 0;
    return at - run;
  }
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

/** What {@link shorten} and the cuts end with; where one cuts off another's, the two numbers are added. */
function note(number: number): string {
  return `… (${more(number, 'character')})`;
}
const noteAtEnd = /… \(([\d,]{1,20}) more characters?\)$/;

function cutAt(text: string, limit: number, escaped: boolean): string {
  if (text.length <= limit) return text;
  const earlier = noteAtEnd.exec(text.slice(-50));
  const said = Number(earlier?.[1]?.replaceAll(',', '') ?? 0);
  const room = limit - note(text.length + said).length;
  if (room <= 0) return '…'.slice(0, limit);
  const edge = graphemeEdge(text, room);
  const at = escaped ? tokenEdge(text, edge) : edge;
  const left = text.slice(at, text.length - (earlier?.[0].length ?? 0));
  const number = said + (escaped ? left.replace(/&(?:amp|lt|gt);/g, '.') : left).length;
  return text.slice(0, at).trimEnd() + note(number);
}

/**
 * Escaped text of at most `limit` UTF-16 units. What is cut off is counted in a note at the end, `… (1,234 more characters)`.
 * Never cuts within a grapheme, an entity or `<…>`.
 */
export function cut(text: string, limit: number): string {
  return cutAt(text, limit, true);
}

/** The same for text that is shown literally, where `<` and `&` have no meaning. */
export function cutLiteral(text: string, limit: number): string {
  return cutAt(text, limit, false);
}

/** A value no longer than could ever be shown, so that no more of it is escaped and measured. */
export function shorten(value: string): string {
  return cutLiteral(value, longestValue);
}

/** Escaped text in pieces of at most `limit`, at line breaks or spaces where there are some near. Nothing is lost but those. */
export function split(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const edge = tokenEdge(rest, graphemeEdge(rest, limit)) || limit;
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
