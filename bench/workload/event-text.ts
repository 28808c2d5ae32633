/** What differs between the events of one text. Each must be what JSON writes as it is. */
export interface EventValues {
  readonly id: string;
  readonly user: string;
  readonly ip: string;
  /** In ms since the epoch. */
  readonly at: number;
}

/** Writes events that differ in a few values, at a small part of the cost of JSON.stringify. */
export class EventText {
  private readonly pieces: readonly string[];

  /** @param data the data of every event; what {@link EventValues} names in it is replaced */
  constructor(data: Readonly<Record<string, unknown>>) {
    const user = '@user@';
    const marked = {
      ...data,
      date: '@at@',
      ip: '@ip@',
      user_id: `auth0|${user}`,
      user_name: user,
      log_id: '@id@',
    };
    this.pieces = JSON.stringify({ log_id: '@id@', data: marked }).split('@');
  }

  with({ id, user, ip, at }: EventValues): string {
    const values: Readonly<Record<string, string>> = { id, user, ip, at: new Date(at).toISOString() };
    return this.pieces.map((piece, index) => (index % 2 === 0 ? piece : values[piece])).join('');
  }
}

/** The body of a batch. */
export function bodyOf(events: readonly string[]): Buffer {
  return Buffer.from(`[${events.join(',')}]`);
}
