// The query that reads a connection, as text: the console's own document without the fragments of other dialects and vendors.
import { Kind, print, separateOperations, visit, type DocumentNode, type FragmentDefinitionNode } from 'graphql';

/** Returns the names of all types in a value of an answer. */
export function typesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  if ('__typename' in value && typeof value.__typename === 'string') found.add(value.__typename);
  for (const inner of Object.values(value)) typesIn(inner, found);
  return found;
}

/** Returns whether a fragment is on a union: it selects the name of the type first. */
function isOnUnion({ selectionSet: { selections } }: FragmentDefinitionNode): boolean {
  const [first] = selections;
  return first?.kind === Kind.FIELD && first.name.value === '__typename';
}

/** Returns the text of a document, with only the fragments on types that an answer has. */
export function queryText(document: DocumentNode, answer: unknown): string {
  const types = typesIn(answer);
  const kept = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if (isOnUnion(definition) || types.has(definition.typeCondition.name.value)) kept.add(definition.name.value);
  }
  const dropOthers = ({ name }: { readonly name: { readonly value: string } }) =>
    kept.has(name.value) ? undefined : null;
  const pruned = visit(document, {
    FragmentSpread: dropOthers,
    FragmentDefinition: dropOthers,
    // A field of which nothing is left to select.
    Field: { leave: ({ selectionSet }) => (selectionSet?.selections.length === 0 ? null : undefined) },
  });
  // Fragments of unions that nothing uses any more are dropped too.
  return Object.values(separateOperations(pruned)).map(print).join('\n');
}
