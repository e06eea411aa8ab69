// All texts that can be reached from a value: what util.inspect shows with showHidden and no end of depth, each object once (of a
// whole context inspect would print the schema again and again, for minutes).

/** Getters are left alone: some define themselves anew when they are called. */
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

/** @param seen objects that are left out; those that are found are added. */
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

export const deepText = (root: unknown): string => deepTextBut(new Set(), root);
