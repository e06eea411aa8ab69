// Generates valid documents from the fields of the schema, and corrupts their text.
import * as fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Valid values of the arguments, as document literals. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  id: ['"djE6YzpvbW5pOng"', '"djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM"', '"x"', '"\\u0000"'],
  ids: ['[]', '["x"]', '["djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM", "x"]', '"x"'],
  first: ['0', '1', '3', '200', 'null'],
  after: ['null'],
  dialect: ['POSTGRES', 'BIGQUERY', 'API'],
  representations: [
    '[]',
    '[{__typename: "Connection", id: "djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM"}]',
    '[{__typename: "VendorInstance", id: "djE6aTpvbW5p"}, {__typename: "Connection", id: "x"}]',
    '[{__typename: "Secret"}]',
  ],
  by: ['{id: "x"}', '{key: {mutation: CREATE_CONNECTIONS, idempotencyKey: "k"}}'],
  orderBy: ['{field: NAME, direction: DESC}', '{field: CREATED_AT, direction: ASC}'],
};
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  ConnectionFilter: ['{}', '{vendor: [OMNI]}', '{name: {contains: "o"}}', '{instance: ["looker"]}', '{dialect: []}'],
  DialectFilter: ['{}', '{vendor: [LOOKER]}', '{instance: "omni"}', '{dialect: [MYSQL, ORACLE]}'],
};

interface Doc {
  /** The fields between the braces of a selection. */
  readonly selection: string;
  readonly fragments: readonly string[];
}

const argument = ({ name, type, defaultValue }: GraphQLArgument): fc.Arbitrary<string> => {
  const values = ARGUMENTS[name] ?? FILTERS[getNamedType(type).name] ?? ['null'];
  const given = fc.constantFrom(...values).map((value) => `${name}: ${value}`);
  return isNonNullType(type) && defaultValue === undefined ? given : fc.oneof(given, fc.constant(''));
};

export class Documents {
  readonly #schema: GraphQLSchema;
  #names = 0;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Generates valid queries. */
  query(): fc.Arbitrary<string> {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('The schema has no queries.');
    return this.#selection(root, 4).map(({ selection, fragments }) => `query Q ${selection} ${fragments.join(' ')}`);
  }

  /** Gives each selection its own aliases, so that no two conflict. */
  #name(start: string): string {
    this.#names += 1;
    return `${start}${this.#names}`;
  }

  #selection(type: GraphQLNamedType, depth: number): fc.Arbitrary<Doc> {
    const own = isObjectType(type) ? this.#fields(type, depth) : [];
    const parts = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type).map((part) => this.#spread(part, depth))
      : own;
    const typename = fc.constant<Doc>({ selection: '__typename', fragments: [] });
    return fc.array(fc.oneof(typename, ...parts), { minLength: 1, maxLength: depth > 3 ? 3 : 4 }).map((all) => ({
      selection: `{ ${all.map((part) => this.#aliased(part.selection)).join(' ')} }`,
      fragments: all.flatMap((part) => part.fragments),
    }));
  }

  #aliased(selection: string): string {
    return selection.startsWith('...') ? selection : `${this.#name('a')}: ${selection}`;
  }

  #fields(type: GraphQLObjectType, depth: number): fc.Arbitrary<Doc>[] {
    return Object.values(type.getFields())
      .filter((field) => depth > 1 || this.#isLeaf(field))
      .map((field) => this.#field(field, depth));
  }

  #isLeaf({ type }: GraphQLField<unknown, unknown>): boolean {
    const named = getNamedType(type);
    return !isObjectType(named) && !isAbstractType(named);
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<Doc> {
    const args = fc.tuple(...field.args.map(argument)).map((all) => all.filter((part) => part !== '').join(', '));
    const below = this.#isLeaf(field)
      ? fc.constant<Doc>({ selection: '', fragments: [] })
      : fc.constant(null).chain(() => this.#selection(getNamedType(field.type), depth - 1));
    const directive = fc.constantFrom('', '', '', '@include(if: true)', '@skip(if: true)');
    return fc.tuple(args, directive, below).map(([given, then, { selection, fragments }]) => ({
      selection: `${field.name}${given === '' ? '' : `(${given})`} ${then} ${selection}`,
      fragments,
    }));
  }

  /** Selects one member of an abstract type, inline or by a named fragment. */
  #spread(type: GraphQLObjectType, depth: number): fc.Arbitrary<Doc> {
    const inside = fc.constant(null).chain(() => this.#selection(type, depth - 1));
    return fc.tuple(fc.boolean(), inside).map(([isInline, { selection, fragments }]) => {
      if (isInline) return { selection: `... on ${type.name} ${selection}`, fragments };
      const name = this.#name('F');
      return { selection: `...${name}`, fragments: [...fragments, `fragment ${name} on ${type.name} ${selection}`] };
    });
  }
}

const TOKENS = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '"""',
  '$x',
  '@x',
  '...',
  '!',
  ':',
  '#',
  '\u0000',
  '\ud800',
  '0x1',
  ' "pw-secret-2" ',
  ' """pw-secret-3""" ',
  '99999999999',
];

/** Generates documents with one to three corrupted positions. */
export const spoiltText = (right: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      right,
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.nat({ max: 12 }),
          fc.constantFrom('', ...TOKENS, ...TOKENS.map((part) => part.repeat(300))),
        ),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    )
    .map(([text, changes]) =>
      changes.reduce((part, [at, length, put]) => {
        const from = at % (part.length + 1);
        return part.slice(0, from) + put + part.slice(from + length);
      }, text),
    );
