// A cache for results that depend on one object, such as a definition of fields.

/** Returns a function that computes its result once per argument and keeps it as long as the argument exists. */
export function memoize<K extends WeakKey, T>(compute: (argument: K) => T): (argument: K) => T {
  const results = new WeakMap<K, T>();
  return (argument) => {
    if (!results.has(argument)) results.set(argument, compute(argument));
    return results.get(argument) as T;
  };
}
