/** What a run of the same work gave: milliseconds and works a second. */
export interface Sample {
  p50: number;
  p99: number;
  mean: number;
  perSecond: number;
  errors: number;
}

/** Does work `count` times, `clients` at once, and measures each. */
export async function sample(
  clients: number,
  count: number,
  work: () => Promise<unknown>,
): Promise<Sample> {
  const took: number[] = [];
  let begun = 0;
  let errors = 0;
  const start = performance.now();
  const client = async () => {
    while (begun < count) {
      begun += 1;
      const at = performance.now();
      await work().catch(() => {
        errors += 1;
      });
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = (count * 1000) / (performance.now() - start);
  return { ...statistics(took), perSecond, errors };
}

export function statistics(took: number[]): { p50: number; p99: number; mean: number; sd: number } {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  const mean = took.reduce((sum, ms) => sum + ms, 0) / took.length;
  const sd = Math.sqrt(took.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / took.length);
  return { p50: at(0.5), p99: at(0.99), mean, sd };
}

/** The middle of several figures: one slow moment of the machine decides nothing. */
export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
