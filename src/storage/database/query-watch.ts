/** What a statement took, in ms, and whether it failed. */
export type QueryListener = (durationMs: number, failed: boolean) => void;

/** Tells one listener of every statement of a database. The database is opened before there is anybody to listen. */
export class QueryWatch {
  private listener: QueryListener = () => undefined;

  listen(listener: QueryListener): void {
    this.listener = listener;
  }

  ran(durationMs: number, failed: boolean): void {
    this.listener(durationMs, failed);
  }
}
