/** How many keys stay when there are too many, and how many are too many. */
const [kept, tooMany] = [1_000, 4_000];

/** Counts keys in bounded memory: of too many, the rarest are forgotten. A count is at most a little too low. */
export class TopKeys {
  private counts = new Map<string, number>();

  add(key: string): void {
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    if (this.counts.size > tooMany) this.counts = new Map(this.top(kept));
  }

  top(number: number): readonly (readonly [key: string, count: number])[] {
    return [...this.counts].toSorted((a, b) => b[1] - a[1]).slice(0, number);
  }
}
