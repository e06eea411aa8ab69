// What a caller sees of the registry: the instances for which it has a scope. All queries and mutations find instances in the registry
// of their request, so an instance that is hidden is unknown to them.
import { LRUCache } from 'lru-cache';
import { mayDo, maySee, type Action, type Caller } from '../domain/caller.ts';
import { PermissionError } from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import { memoize } from '../fields/memoize.ts';
import type { Registry } from './registry.ts';

/** The views of this many sets of scopes are kept. */
const MAX_VIEWS = 1000;

/** Returns the views of an instance by the rights of callers. Cached reads belong to a view, so it must outlive a reload. */
const viewsOf = memoize((_instance: Instance) => new LRUCache<string, Instance>({ max: MAX_VIEWS }));

function createView(instance: Instance, caller: Caller): Instance {
  const require = (action: Action) => {
    if (mayDo(caller, action, instance.key)) return;
    const error = new PermissionError(`This needs the scope ${action} for ${instance.label}.`, {}, action);
    error.instance = view;
    throw error;
  };
  const view: Instance = { ...instance, base: instance, require };
  return view;
}

function viewOf(instance: Instance, caller: Caller): Instance {
  const views = viewsOf(instance);
  const view = views.get(caller.rights) ?? createView(instance, caller);
  views.set(caller.rights, view);
  return view;
}

/** Returns the function that returns the registry of a caller. Callers with equal rights get the same object. */
export function createRegistryViews(registry: Registry): (caller: Caller) => Registry {
  const views = new LRUCache<string, Registry>({ max: MAX_VIEWS });
  return (caller) => {
    const known = views.get(caller.rights);
    if (known) return known;
    const instances = registry.instances
      .filter(({ key }) => maySee(caller, key))
      .map((instance) => viewOf(instance, caller));
    const view = { ...registry, instances };
    views.set(caller.rights, view);
    return view;
  };
}
