// Work over many things, some of which must wait for each other. It knows nothing of what the work is.

/**
 * Things of one lane are done one after another, those of different lanes side by side.
 * @param most how many lanes go on at a time.
 * @param run an error of it is a bug: what is under way is finished, nothing more begins, and the error is thrown.
 * @returns what came of each, in the order of the things.
 */
export async function inLanes<T, R>(
  things: readonly T[],
  laneOf: (thing: T) => unknown,
  most: number,
  run: (thing: T) => Promise<R>,
): Promise<R[]> {
  const lanes = new Map<unknown, T[]>();
  for (const thing of things) lanes.set(laneOf(thing), [...(lanes.get(laneOf(thing)) ?? []), thing]);
  const waiting = lanes.values();
  const results = new Map<T, R>();
  const bugs: unknown[] = [];
  const work = async (): Promise<void> => {
    for (const lane of waiting) {
      for (const thing of lane) {
        if (bugs.length > 0) return;
        try {
          results.set(thing, await run(thing));
        } catch (error) {
          bugs.push(error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: most }, work));
  if (bugs.length > 0) throw bugs[0];
  return things.map((thing) => results.get(thing) as R);
}
