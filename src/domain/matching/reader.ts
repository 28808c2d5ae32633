/** A place in events, and how it is read. */
export interface Reader<T = unknown> {
  /** The same for two readers that read the same. */
  readonly reader: string;
  readonly read: (data: Readonly<Record<string, unknown>>) => T;
}
