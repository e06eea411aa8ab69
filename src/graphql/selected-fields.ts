// The names of all fields that a query selects below a field, at any depth and in fragments too.
import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

function collect(set: SelectionSetNode | undefined, { fragments }: GraphQLResolveInfo, names: Set<string>): void {
  const visited: SelectionSetNode[] = set ? [set] : [];
  const seen = new Set<string>();
  for (let next = visited.pop(); next; next = visited.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : null;
      const inner = name === null ? (selection as { selectionSet?: SelectionSetNode }) : fragments[name];
      if (name !== null && seen.has(name)) continue;
      if (name !== null) seen.add(name);
      if (inner?.selectionSet) visited.push(inner.selectionSet);
    }
  }
}

/** Results by the nodes of a field in a parsed document, because parsed documents are cached and used again. */
const cache = new WeakMap<object, ReadonlySet<string>>();

/** Returns the names of all fields that the query selects below the field that is resolved. */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  // The node is the same in all requests with this document; the list of nodes is the same for all rows of a request.
  const key = info.fieldNodes.length === 1 ? (info.fieldNodes[0] ?? info.fieldNodes) : info.fieldNodes;
  const cached = cache.get(key);
  if (cached) return cached;
  const names = new Set<string>();
  for (const { selectionSet } of info.fieldNodes) collect(selectionSet, info, names);
  cache.set(key, names);
  return names;
}
