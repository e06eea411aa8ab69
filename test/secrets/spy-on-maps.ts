// The keys by which the process still holds something in maps, caches and the like: of every Map into which something was put
// meanwhile, whoever made it, unless nobody can reach it any more.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface MapSpy {
  /** The keys of all maps that are alive, those that are texts. */
  keys(): Promise<string>;
  restore(): void;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

export function spyOnMaps(): MapSpy {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with the map that it was called on
  const { set } = Map.prototype;
  const known = new WeakSet<object>();
  const maps: WeakRef<Map<unknown, unknown>>[] = [];
  const spy = function (this: Map<unknown, unknown>, key: unknown, value: unknown) {
    if (!known.has(this)) {
      known.add(this);
      maps.push(new WeakRef(this));
    }
    return set.call(this, key, value) as Map<unknown, unknown>;
  };
  Object.assign(Map.prototype, { set: spy });
  return {
    keys: async () => {
      // A WeakRef holds its target to the end of the turn.
      await new Promise((resolve) => void setImmediate(resolve));
      collectGarbage();
      const keys = maps.flatMap((map) => [...(map.deref()?.keys() ?? [])]);
      return keys.filter((key) => typeof key === 'string').join('\n');
    },
    restore: () => void Object.assign(Map.prototype, { set }),
  };
}
