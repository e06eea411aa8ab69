// A query that selects every field of every type that a query can reach.
import {
  getNamedType,
  isAbstractType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Values of the arguments that are required. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  id: '"djE6aTpvbW5p"',
  ids: '["djE6aTpvbW5p"]',
  dialect: 'POSTGRES',
  by: '{ id: "none" }',
  representations: '[{ __typename: "VendorInstance", id: "djE6aTpvbW5p" }]',
};

/** Writes the query. Each type is selected with its fields where it is met first, and by its name elsewhere. */
class Writer {
  readonly #seen = new Set<string>();
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  #field({ name, type, args }: GraphQLField<unknown, unknown>): string {
    const required = args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${ARGUMENTS[arg.name]}`);
    return `${name}${required.length > 0 ? `(${required.join(', ')})` : ''} ${this.#selection(getNamedType(type))}`;
  }

  #fields(type: GraphQLObjectType): string {
    if (this.#seen.has(type.name)) return '__typename';
    this.#seen.add(type.name);
    return Object.values(type.getFields())
      .map((field) => this.#field(field))
      .join(' ');
  }

  #selection(type: GraphQLNamedType): string {
    if (isObjectType(type)) return `{ ${this.#fields(type)} }`;
    if (!isAbstractType(type)) return '';
    const members = this.#schema.getPossibleTypes(type).filter(({ name }) => !this.#seen.has(name));
    return `{ __typename ${members.map((member) => `... on ${member.name} { ${this.#fields(member)} }`).join(' ')} }`;
  }

  query(): string {
    const root = this.#schema.getQueryType();
    return root ? `{ ${this.#fields(root)} }` : '';
  }

  /** Returns the selection of every field of a type and below it. */
  selectionOf(typeName: string): string {
    const type = this.#schema.getType(typeName);
    return type ? this.#selection(type) : '';
  }
}

/** Returns the query. */
export const everyFieldQuery = (schema: GraphQLSchema): string => new Writer(schema).query();

/** Returns the selection of every field of a type, with those of the objects in it. */
export const everyFieldOf = (schema: GraphQLSchema, typeName: string): string =>
  new Writer(schema).selectionOf(typeName);
