// Caches for results: of a function of one object, such as a definition of fields, and of a function without arguments.

/** Returns a function that computes its result once per argument and keeps it as long as the argument exists. */
export function memoize<K extends WeakKey, T>(compute: (argument: K) => T): (argument: K) => T {
  const results = new WeakMap<K, T>();
  return (argument) => {
    if (!results.has(argument)) results.set(argument, compute(argument));
    return results.get(argument) as T;
  };
}

/** Returns a function that computes its result at the first call. Later calls return the same result. */
export function once<T>(compute: () => T): () => T {
  let pending: (() => T) | null = compute;
  let result: T;
  return () => {
    if (pending) {
      result = pending();
      // What the computation needed can be removed from memory.
      pending = null;
    }
    return result;
  };
}
