import type { SharedBudgetWait } from '../storage/outbox/budget-store.js';

interface Place {
  readonly budget: string;
  readonly rank: number;
  /** In which order the channels came. */
  readonly number: number;
}

/**
 * The channels of this process that wait for a budget they share. Each sleeps until its own turn: if all of them woke up
 * for each message that the budget lets out, hundreds would wake to find that one of them has taken it. The more severe
 * go first, then those that came first.
 */
export class BudgetTurns {
  private readonly places = new Map<string, Place>();
  private joined = 0;

  /**
   * Gives a channel a place, or lets it keep its own.
   *
   * @param waitMs until the budget lets out one more message of that severity
   * @returns how long (ms) the channel has to wait for those ahead of it, too
   */
  join(channel: string, waitMs: number, { name, rank, intervalMs }: SharedBudgetWait): number {
    const known = this.places.get(channel);
    const isSame = known?.budget === name && known.rank === rank;
    const own: Place = isSame ? known : { budget: name, rank, number: (this.joined += 1) };
    this.places.set(channel, own);
    let ahead = 0;
    for (const other of this.places.values()) if (isAhead(other, own)) ahead += 1;
    return waitMs + ahead * intervalMs;
  }

  /** Takes the channel's place away: it has had its turn, or waits for something else. */
  leave(channel: string): void {
    this.places.delete(channel);
  }
}

function isAhead(other: Place, own: Place): boolean {
  if (other.budget !== own.budget) return false;
  return other.rank === own.rank ? other.number < own.number : other.rank > own.rank;
}
