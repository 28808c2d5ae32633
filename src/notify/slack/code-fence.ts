import { cut, split } from './cut.js';

const fence = '```';

/** {@link cut} for mrkdwn: where it ends within a block of code, the block is closed, so that what follows is none. */
export function cutMrkdwn(text: string, limit: number): string {
  const whole = cut(text, limit);
  if (whole === text || !endsInCode(whole)) return whole;
  const closing = `\n${fence}`;
  const shorter = cut(text, limit - closing.length);
  return endsInCode(shorter) ? shorter + closing : shorter;
}

/** {@link split} for mrkdwn, of which Slack formats each piece by itself: a block of code goes on in a block of its own. */
export function splitMrkdwn(text: string, limit: number): string[] {
  if (!text.includes(fence)) return split(text, limit);
  let inCode = false;
  // With room for a fence at both ends.
  return split(text, limit - 2 * (fence.length + 1)).flatMap((piece) => {
    const closedHere = inCode && piece.startsWith(fence);
    const rest = closedHere ? piece.slice(fence.length).replace(/^\n/, '') : piece;
    const opened = inCode && !closedHere ? `${fence}\n${rest}` : rest;
    inCode = endsInCode(opened);
    // A block that only begins at the end of a piece begins with the next one.
    const shown = inCode && opened.endsWith(fence) ? opened.slice(0, -fence.length).trimEnd() : opened;
    if (shown.trim() === '') return [];
    return [endsInCode(shown) ? `${shown}\n${fence}` : shown];
  });
}

function endsInCode(text: string): boolean {
  return text.split(fence).length % 2 === 0;
}
