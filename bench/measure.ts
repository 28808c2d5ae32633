/** Runs `work` for about so long, after a third of that to warm up, and gives its fastest fifth's mean, in µs per run. */
export async function microseconds(work: () => unknown, milliseconds = 600): Promise<number> {
  const runs = async (forMs: number): Promise<number[]> => {
    const times: number[] = [];
    const end = performance.now() + forMs;
    do {
      const started = performance.now();
      await work();
      times.push((performance.now() - started) * 1000);
    } while (performance.now() < end);
    return times;
  };
  await runs(milliseconds / 3);
  const times = (await runs(milliseconds)).sort((left, right) => left - right);
  const fastest = times.slice(0, Math.ceil(times.length / 5));
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** The value in the middle, which one busy moment of the machine does not move. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
