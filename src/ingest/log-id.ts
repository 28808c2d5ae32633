/**
 * Whether an id has the form of those that Auth0 orders its logs by: some fifty digits, in the order in which the events
 * were recorded. Ids that people make up for a test have other forms.
 */
export function isOrderedLogId(id: string): boolean {
  return /^\d{20,255}$/.test(id);
}

/** Whether an event was recorded after another; undefined where the form of their ids doesn't say. */
export function comesAfter(id: string, other: string): boolean | undefined {
  if (!isOrderedLogId(id) || !isOrderedLogId(other)) return undefined;
  return id.length === other.length ? id > other : id.length > other.length;
}
