// Collects the keys of every Map that was written to while the spy is active and that is still reachable, whoever created it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface MapSpy {
  /** Returns the text keys of all reachable maps, one per line. */
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
