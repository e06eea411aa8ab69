// Collects all texts that can be reached from a value: what util.inspect shows with showHidden and unlimited depth, but each object
// once, because inspect would print the schema in a context again and again.

/** Getters are not called: some redefine themselves when they are called. */
const keysAndValues = (value: object): unknown[] =>
  Reflect.ownKeys(value).flatMap((key) => [
    typeof key === 'symbol' ? key.description : key,
    Object.getOwnPropertyDescriptor(value, key)?.value as unknown,
  ]);

function inside(value: object): unknown[] {
  if (value instanceof Map) return [...value.entries()].flat();
  if (value instanceof Set) return [...value];
  if (value instanceof URLSearchParams || value instanceof Headers) return [...value].flat();
  return keysAndValues(value);
}

/**
 * Returns all texts that can be reached from a value, one per line.
 * @param seen objects to skip. The objects that are visited are added.
 */
export function deepTextBut(seen: Set<object>, root: unknown): string {
  const texts: string[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'number' || typeof value === 'bigint') texts.push(String(value));
    else if (ArrayBuffer.isView(value)) {
      texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'));
    } else if (value !== null && (typeof value === 'object' || typeof value === 'function') && !seen.has(value)) {
      seen.add(value);
      if (value instanceof Map || value instanceof Set) waiting.push(...keysAndValues(value));
      waiting.push(...inside(value));
    }
  }
  return texts.join('\n');
}

/** Returns all texts that can be reached from a value, one per line. */
export const deepText = (root: unknown): string => deepTextBut(new Set(), root);
