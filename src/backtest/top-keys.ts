/** How many keys are counted at once. */
const counted = 1_000;

/**
 * Counts keys in the memory of a thousand of them. Where there are more, a new one takes the place of the rarest and
 * goes on from its count: a key that is frequent is never missed, and its count is at most a little too high.
 */
export class TopKeys {
  private readonly counts = new Map<string, number>();

  add(key: string): void {
    const count = this.counts.get(key);
    if (count !== undefined || this.counts.size < counted) {
      this.counts.set(key, (count ?? 0) + 1);
      return;
    }
    const [rarest, least] = [...this.counts].reduce((a, b) => (b[1] < a[1] ? b : a));
    this.counts.delete(rarest);
    this.counts.set(key, least + 1);
  }

  top(number: number): readonly (readonly [key: string, count: number])[] {
    return [...this.counts].toSorted((a, b) => b[1] - a[1]).slice(0, number);
  }
}
