// Which fields a query asks for below a field, by their names, however deep and in whatever fragment.
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

/** Worked out once for each field of a document: parsed documents are kept. */
const known = new WeakMap<object, ReadonlySet<string>>();

export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const [node] = info.fieldNodes;
  const held = node && known.get(node);
  if (held && info.fieldNodes.length === 1) return held;
  const names = new Set<string>();
  for (const { selectionSet } of info.fieldNodes) collect(selectionSet, info, names);
  if (node && info.fieldNodes.length === 1) known.set(node, names);
  return names;
}
