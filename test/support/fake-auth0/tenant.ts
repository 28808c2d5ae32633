export type FakeEvent = Readonly<Record<string, unknown>> & {
  readonly log_id: string;
  readonly date: string;
  readonly type: string;
};

/** What a tenant remembers: its log events in the order of `log_id`, and its log streams. */
export class Tenant {
  readonly events: FakeEvent[] = [];
  readonly streams: Record<string, unknown>[] = [];
  private made = 0;

  /** Adds an event and returns it. Its id has the form of Auth0's, and sorts after those of all before. */
  log(fields: Readonly<Record<string, unknown>> = {}, at = Date.now()): FakeEvent {
    this.made += 1;
    const number = String(this.made).padStart(12, '0');
    const id = `90020${'0'.repeat(39)}${number}`;
    const event = {
      date: new Date(at).toISOString(),
      type: 'fu',
      description: `event ${this.made}`,
      tenant_name: 'acme',
      ...fields,
      log_id: id,
      _id: id,
    };
    this.events.push(event);
    return event;
  }

  /** Adds many events, one a millisecond, the last of them now unless `at` is given. */
  logMany(
    count: number,
    fields: Readonly<Record<string, unknown>> = {},
    at = Date.now(),
  ): readonly FakeEvent[] {
    return Array.from({ length: count }, (_, index) => this.log(fields, at - count + 1 + index));
  }

  /** Forgets the events before `date` (ms since the epoch), as at the end of their retention. */
  forgetBefore(date: number): void {
    const kept = this.events.filter((event) => Date.parse(event.date) >= date);
    this.events.splice(0, this.events.length, ...kept);
  }
}
