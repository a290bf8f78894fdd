/** Notifications have a few hundred characters. */
const LONGEST = 32_000;
const DEEPEST = 8;

/**
 * What was received, safe to store: without `__proto__`, in text that Postgres takes. Undefined when
 * it is no object, or longer or deeper than a notification can be.
 */
export function plainCopy(body: unknown): Record<string, unknown> | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  try {
    const payload = plain(body, 0) as Record<string, unknown>;
    return JSON.stringify(payload).length <= LONGEST ? payload : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function plain(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new RangeError('A notification is not that deep.');
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map((each) => plain(each, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, each]) => [plainText(key), plain(each, depth + 1)] as const,
  );
  return Object.fromEntries(entries.filter(([key]) => key !== '__proto__'));
}

/** Postgres stores neither NUL nor half a surrogate pair. */
function plainText(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}
