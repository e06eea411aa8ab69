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

/** Results by field of a parsed document, because parsed documents are cached and used again. */
const cache = new WeakMap<object, ReadonlySet<string>>();

/** Returns the names of all fields that the query selects below the field that is resolved. */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const [node] = info.fieldNodes;
  const cached = node && cache.get(node);
  if (cached && info.fieldNodes.length === 1) return cached;
  const names = new Set<string>();
  for (const { selectionSet } of info.fieldNodes) collect(selectionSet, info, names);
  if (node && info.fieldNodes.length === 1) cache.set(node, names);
  return names;
}
