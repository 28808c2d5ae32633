/** `deliveries`: something waits for the channel that the payload names. `rules`: load the rules file again. */
export const topics = ['deliveries', 'rules'] as const;
export type Topic = (typeof topics)[number];

/** Is given a payload, or nothing when messages may have been missed. */
export type BusHandler = (payload: string | undefined) => Promise<void>;

/** Carries short messages from this replica to the others. A message may get lost, so nothing may depend on one alone. */
export abstract class Bus {
  /** Never fails and doesn't wait: the message is on its way. */
  abstract publish(topic: Topic, payloads: Iterable<string>): void;
  /** Hears what other replicas publish, never what this one does. */
  abstract subscribe(topic: Topic, handler: BusHandler): void;
  abstract start(): void;
  abstract close(): Promise<void>;
}

/** For a database that no other replica shares. */
export class LocalBus extends Bus {
  override publish(): void {}
  override subscribe(): void {}
  override start(): void {}

  override close(): Promise<void> {
    return Promise.resolve();
  }
}
