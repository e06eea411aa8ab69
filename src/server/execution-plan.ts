// The plan of a query: which fields are selected of each type, and how each field is resolved and completed. graphql-js computes this
// anew for each object of an answer; a plan computes it once. A plan handles no errors: it throws at the first one, and at anything
// that is unusual.
import {
  getArgumentValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { fieldOf } from './field-of.ts';

export type Values = Readonly<Record<string, unknown>>;
type Answer = Record<string, unknown>;

/** Turns what a resolver returned into the value in the answer. */
type Complete = (run: Run, value: unknown) => unknown;

interface PlannedField {
  /** The number of the field in its plan. */
  readonly index: number;
  readonly responseName: string;
  readonly resolve: GraphQLFieldResolver<unknown, unknown>;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly complete: Complete;
}

interface PlannedObject {
  readonly fields: readonly PlannedField[];
  /** An answer in which each field is null. */
  readonly template: Answer;
}

/** Thrown where a plan ends. It is not shown to anyone. */
class UnplannedError extends Error {}

const unplanned = (): never => {
  throw new UnplannedError('A plan does not handle this.');
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Returns whether a value is a promise. */
export const isPromise = (value: unknown): value is Promise<unknown> =>
  isObject(value) && typeof (value as { readonly then?: unknown }).then === 'function';

const NO_ARGUMENTS: Values = Object.freeze({});

/** Returns the info for the resolvers of types. It has the schema only: the resolvers of this schema read nothing else. */
const infoForTypes = (schema: GraphQLSchema): GraphQLResolveInfo =>
  new Proxy({ schema } as GraphQLResolveInfo, { get: (info, key) => (key === 'schema' ? info.schema : unplanned()) });

/** The resolver of fields that have none: it reads the property. graphql-js would call a method; a plan does not handle that. */
const resolveProperty: GraphQLFieldResolver<unknown, unknown> = (source, _args, _context, { fieldName }) => {
  const value = (source as Values | null)?.[fieldName];
  return typeof value === 'function' ? unplanned() : value;
};

/** What the resolver of a field gets besides the object and the context. */
interface ResolverCall {
  readonly args: Values;
  readonly info: GraphQLResolveInfo;
}

/** One execution of a plan. */
export class Run {
  readonly context: unknown;
  readonly #plan: Plan;
  readonly #variables: Values;
  readonly #calls: ResolverCall[] = [];
  #pending = 0;
  #settle: { readonly resolve: () => void; readonly reject: (reason: unknown) => void } | null = null;

  constructor(plan: Plan, context: unknown, variables: Values) {
    this.#plan = plan;
    this.context = context;
    this.#variables = variables;
  }

  /** Returns the data, or a promise of it. @throws when the plan does not handle what happens; a promise rejects then. */
  data(): Answer | Promise<Answer> {
    const data = this.object(this.#plan.root, undefined);
    if (this.#pending === 0) return data;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve: () => resolve(data), reject };
    });
  }

  /** Resolves the selected fields of an object. */
  object({ fields, template }: PlannedObject, source: unknown): Answer {
    // An object that has all of its keys from the start is smaller, and faster to fill, than one that grows.
    const answer: Answer = { ...template };
    for (const field of fields) {
      const { args, info } = (this.#calls[field.index] ??= this.#call(field));
      const value: unknown = field.resolve(source, args, this.context, info);
      answer[field.responseName] = isPromise(value)
        ? this.wait(answer, field.responseName, value, field.complete)
        : field.complete(this, value);
    }
    return answer;
  }

  /** Returns null, and puts the completed value into the answer when the promise has it. */
  wait(answer: Answer | unknown[], key: string | number, promise: Promise<unknown>, complete: Complete): null {
    this.#pending += 1;
    const put = (value: unknown) => {
      (answer as Answer)[key] = complete(this, value);
      this.#pending -= 1;
      if (this.#pending === 0) this.#settle?.resolve();
    };
    promise.then(put).catch((reason: unknown) => this.#settle?.reject(reason));
    return null;
  }

  /** Returns the arguments and the info of a field. They are the same for all objects of a list, so the info has no path. */
  #call({ definition, nodes, parentType }: PlannedField): ResolverCall {
    const { schema, fragments, operation } = this.#plan;
    const [node] = nodes;
    const args =
      definition.args.length > 0 && node ? getArgumentValues(definition, node, this.#variables) : NO_ARGUMENTS;
    const info = {
      fieldName: definition.name,
      fieldNodes: nodes,
      returnType: definition.type,
      parentType,
      get path() {
        return unplanned();
      },
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: this.#variables,
    };
    return { args, info };
  }
}

/** How a query is executed. The fields of a type are planned when its first object is completed. */
export class Plan {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly operation: OperationDefinitionNode;
  readonly root: PlannedObject;
  readonly #variables: Values;
  readonly #infoForTypes: GraphQLResolveInfo;
  #fieldCount = 0;

  /** @param variables the coerced variables. They decide which fields are selected where the document has a directive. */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Values) {
    this.schema = schema;
    this.operation = operation;
    this.#variables = variables;
    this.#infoForTypes = infoForTypes(schema);
    const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
    const queryType = schema.getQueryType() ?? unplanned();
    const { selectionSet } = operation;
    this.root = this.#object(
      queryType,
      collectFields(schema, this.fragments, { ...variables }, queryType, selectionSet),
    );
  }

  #object(parentType: GraphQLObjectType, selected: ReadonlyMap<string, readonly FieldNode[]>): PlannedObject {
    const fields = [...selected].map(([responseName, nodes]) => this.#field(parentType, responseName, nodes));
    const template = JSON.stringify(Object.fromEntries(fields.map(({ responseName }) => [responseName, null])));
    return { fields, template: JSON.parse(template) as Answer };
  }

  #field(parentType: GraphQLObjectType, responseName: string, nodes: readonly FieldNode[]): PlannedField {
    // The key __proto__ would set the prototype of the answer.
    if (responseName === '__proto__') return unplanned();
    const name = nodes[0]?.name.value ?? unplanned();
    this.#fieldCount += 1;
    const place = { index: this.#fieldCount, responseName, nodes, parentType };
    if (name === '__typename') {
      const definition = { name, args: [] as const } as unknown as GraphQLField<unknown, unknown>;
      return { ...place, definition, resolve: () => parentType.name, complete: (_run, value) => value };
    }
    const definition = fieldOf(this.schema, parentType, name) ?? unplanned();
    const resolve = definition.resolve ?? resolveProperty;
    return { ...place, definition, resolve, complete: this.#completer(definition.type, nodes) };
  }

  #completer(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    const isRequired = isNonNullType(type);
    const complete = this.#valueCompleter(isNonNullType(type) ? type.ofType : type, nodes);
    return (run, value) => {
      if (value === null || value === undefined) return isRequired ? unplanned() : null;
      return value instanceof Error ? unplanned() : complete(run, value);
    };
  }

  /** Returns how a value is completed that is not null. */
  #valueCompleter(type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    if (isLeafType(type)) return (_run, value) => type.serialize(value) ?? unplanned();
    if (isListType(type)) return this.#listCompleter(type.ofType, nodes);
    if (isAbstractType(type)) return this.#abstractCompleter(type, nodes);
    return this.#objectCompleter(type as GraphQLObjectType, nodes);
  }

  #listCompleter(itemType: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
    const complete = this.#completer(itemType, nodes);
    return (run, value) => {
      if (!Array.isArray(value)) return unplanned();
      const items: unknown[] = [];
      // A loop by index, because it is faster than one over entries, and runs once for each connection.
      for (let index = 0; index < value.length; index += 1) {
        const item: unknown = value[index];
        items.push(isPromise(item) ? run.wait(items, index, item, complete) : complete(run, item));
      }
      return items;
    };
  }

  #objectCompleter(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    let object: PlannedObject | null = null;
    return (run, value) => {
      if (type.isTypeOf && type.isTypeOf(value, run.context, this.#infoForTypes) !== true) return unplanned();
      object ??= this.#object(type, collectSubfields(this.schema, this.fragments, { ...this.#variables }, type, nodes));
      return run.object(object, value);
    };
  }

  #abstractCompleter(type: GraphQLAbstractType, nodes: readonly FieldNode[]): Complete {
    const completers = new Map<unknown, Complete>();
    const completerOf = (name: unknown): Complete => {
      const objectType = typeof name === 'string' ? this.schema.getType(name) : undefined;
      const isPossible = objectType && this.schema.getPossibleTypes(type).includes(objectType as GraphQLObjectType);
      if (!isPossible) return unplanned();
      const complete = this.#objectCompleter(objectType as GraphQLObjectType, nodes);
      completers.set(name, complete);
      return complete;
    };
    return (run, value) => {
      const name = type.resolveType ? type.resolveType(value, run.context, this.#infoForTypes, type) : unplanned();
      return (completers.get(name) ?? completerOf(name))(run, value);
    };
  }
}
