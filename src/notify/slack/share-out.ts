/**
 * How much of `budget` each gets: what it wants where there is enough, and otherwise the largest are cut to one size.
 * The shares are whole numbers in the order of `wants`, and their sum is at most `budget`.
 */
export function shareOut(wants: readonly number[], budget: number): number[] {
  const shares = wants.map(() => 0);
  let left = Math.max(0, budget);
  const bySize = [...wants.entries()].toSorted(([, a], [, b]) => a - b);
  for (const [position, [index, want]] of bySize.entries()) {
    const share = Math.min(want, Math.floor(left / (bySize.length - position)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
