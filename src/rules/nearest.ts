import { distance } from 'fastest-levenshtein';

/** Beyond this many, a list of all candidates is too long to help. */
const maxNamed = 30;

/** The candidate a person most likely meant, if one is near enough to be worth a guess. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || edits < best.edits) best = { candidate, edits };
  }
  return best !== undefined && best.edits <= maxEdits(name.length) ? best.candidate : undefined;
}

/** Two letters that changed places are two edits. In a text of one letter no edit leaves anything to go by. */
function maxEdits(length: number): number {
  if (length < 2) return 0;
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 3));
}

/**
 * A hint that names the nearest candidate, or all of them when none is near.
 *
 * @param otherwise the hint where there are no candidates, or too many to list
 */
export function suggest(name: string, candidates: readonly string[], otherwise: string): string {
  const match = nearest(name, candidates);
  if (match !== undefined) return `did you mean "${match}"?`;
  return candidates.length === 0 || candidates.length > maxNamed
    ? otherwise
    : `write one of: ${candidates.join(', ')}`;
}
