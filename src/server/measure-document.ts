// Measures the operations of a document before it is validated. Each fragment is measured once, and counts at every spread of it.
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of an operation, with all fragments in place of their spreads. */
export interface Measures {
  /** The levels of nested fields. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** How often each root field is selected, by its name. */
  readonly rootFields: ReadonlyMap<string, number>;
}

interface Spread {
  readonly name: string;
  /** The level of the fields around the spread; 0 at the root. */
  readonly level: number;
}

/** The size of a definition without the fragments that it spreads. */
class OwnMeasures {
  depth = 0;
  aliases = 0;
  directives = 0;
  readonly rootFields = new Map<string, number>();
  readonly spreads: Spread[] = [];

  constructor(definition: OperationDefinitionNode | FragmentDefinitionNode) {
    this.#count(definition.directives);
    for (const variable of definition.variableDefinitions ?? []) this.#count(variable.directives);
    this.#add(definition.selectionSet, 0);
  }

  #count(directives: readonly unknown[] = []): void {
    this.directives += directives.length;
  }

  #add({ selections }: SelectionSetNode, level: number): void {
    for (const selection of selections) {
      this.#count(selection.directives);
      if (selection.kind === Kind.FRAGMENT_SPREAD) this.spreads.push({ name: selection.name.value, level });
      else if (selection.kind === Kind.INLINE_FRAGMENT) this.#add(selection.selectionSet, level);
      else {
        if (selection.alias) this.aliases += 1;
        if (level === 0) addTo(this.rootFields, selection.name.value, 1);
        this.depth = Math.max(this.depth, level + 1);
        if (selection.selectionSet) this.#add(selection.selectionSet, level + 1);
      }
    }
  }
}

const addTo = (counts: Map<string, number>, name: string, count: number): void =>
  void counts.set(name, (counts.get(name) ?? 0) + count);

const NOTHING: Measures = { depth: 0, aliases: 0, directives: 0, rootFields: new Map() };

/** Measures definitions. The results of fragments are kept, so a chain of fragments takes no longer than its text. */
class Measurer {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #measured = new Map<string, Measures>();

  constructor({ definitions }: DocumentNode) {
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  #fragment(name: string): Measures {
    const measured = this.#measured.get(name);
    if (measured) return measured;
    // A fragment that spreads itself is measured without that. The validation refuses it.
    this.#measured.set(name, NOTHING);
    const fragment = this.#fragments.get(name);
    const measures = fragment ? this.measure(fragment) : NOTHING;
    this.#measured.set(name, measures);
    return measures;
  }

  measure(definition: OperationDefinitionNode | FragmentDefinitionNode): Measures {
    const own = new OwnMeasures(definition);
    let { depth, aliases, directives } = own;
    const rootFields = new Map(own.rootFields);
    for (const { name, level } of own.spreads) {
      const fragment = this.#fragment(name);
      depth = Math.max(depth, level + fragment.depth);
      aliases += fragment.aliases;
      directives += fragment.directives;
      if (level === 0) fragment.rootFields.forEach((count, field) => addTo(rootFields, field, count));
    }
    return { depth, aliases, directives, rootFields };
  }
}

type OperationMeasures = ReadonlyMap<OperationDefinitionNode, Measures>;

/** Results by document. Parsed documents are cached, so the same document is often executed again. */
const cache = new WeakMap<DocumentNode, OperationMeasures>();

/** Returns the measures of each operation of a document. */
export function measureOperations(document: DocumentNode): OperationMeasures {
  const cached = cache.get(document);
  if (cached) return cached;
  const measurer = new Measurer(document);
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const measures = new Map(operations.map((operation) => [operation, measurer.measure(operation)]));
  cache.set(document, measures);
  return measures;
}
