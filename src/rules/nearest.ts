import { distance } from 'fastest-levenshtein';

/** The candidate a person most likely meant, if one is near enough to be worth a guess. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (best === undefined || edits < best.edits) best = { candidate, edits };
  }
  return best !== undefined && best.edits <= Math.max(1, Math.floor(name.length / 3))
    ? best.candidate
    : undefined;
}

/** A hint that names the nearest candidate, or all of them when none is near. */
export function suggest(name: string, candidates: readonly string[], none: string): string {
  const match = nearest(name, candidates);
  if (match !== undefined) return `did you mean "${match}"?`;
  return candidates.length === 0 ? none : `write one of: ${candidates.join(', ')}`;
}
