/** The value as JSON; undefined when it is nested deeper than can be written, as only a hostile event's is. */
export function writeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
