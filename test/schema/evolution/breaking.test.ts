// Breaking changes that the schema evolution check refuses, each with its path and what to do instead.
import { describe, expect, it } from 'vitest';
import { BESIDE, BROKEN, change, DEPRECATE, OPTIONAL, RELEASED, useCheck, type Swap } from './check.ts';

const check = useCheck();

describe('a breaking change', () => {
  it.each<[string, Swap, string]>([
    ['a removed field', ['age: Int!', ''], `Cat.age: Field 'age' was removed from object type 'Cat'. ${DEPRECATE}`],
    [
      'a removed argument',
      [', name: String)', ')'],
      `Query.cat.name: Argument 'name: String' was removed from field 'Query.cat'. ${DEPRECATE}`,
    ],
    [
      'a removed input field',
      ['note: String', ''],
      `Order.note: Input field 'note' was removed from input object type 'Order'. ${DEPRECATE}`,
    ],
    [
      'a removed enum value',
      ['SMALL  LARGE', 'SMALL'],
      `Size.LARGE: Enum value 'LARGE' was removed from enum 'Size'. ${DEPRECATE}`,
    ],
    [
      'a removed choice of a one-of input',
      ['name: String  size: Size }', 'name: String }'],
      `Choice.size: Input field 'size' was removed from input object type 'Choice'. ${DEPRECATE}`,
    ],
    [
      'a field of another type',
      ['age: Int!', 'age: Float!'],
      `Cat.age: Field 'Cat.age' changed type from 'Int!' to 'Float!'. ${BESIDE}`,
    ],
    [
      'a field that may be null now',
      ['age: Int!', 'age: Int'],
      `Cat.age: Field 'Cat.age' changed type from 'Int!' to 'Int'. ${BESIDE}`,
    ],
    [
      'a list that may hold null now',
      ['[Int!]!', '[Int]!'],
      `Cat.lives: Field 'Cat.lives' changed type from '[Int!]!' to '[Int]!'. ${BESIDE}`,
    ],
    [
      'a field that returns fewer types',
      ['): Pet!', '): Cat!'],
      `Mutation.feed: Field 'Mutation.feed' changed type from 'Pet!' to 'Cat!'. ${BESIDE}`,
    ],
    [
      'an argument that is required now',
      ['first: Int = 5', 'first: Int! = 5'],
      `Cat.toys.first: Type for argument 'first' on field 'Cat.toys' changed from 'Int' to 'Int!'. ${BESIDE}`,
    ],
    [
      'an input field of another type',
      ['field: String!', 'field: Size!'],
      `Order.field: Input field 'Order.field' changed type from 'String!' to 'Size!'. ${BESIDE}`,
    ],
    [
      'an input field that is required now',
      ['note: String', 'note: String!'],
      `Order.note: Input field 'Order.note' changed type from 'String' to 'String!'. ${BESIDE}`,
    ],
    [
      'a new argument that is required',
      ['toys(', 'toys(owner: ID!, '],
      `Cat.toys.owner: Argument 'owner: ID!' added to field 'Cat.toys'. ${OPTIONAL}`,
    ],
    [
      'a new input field that is required',
      ['input Order {', 'input Order { owner: ID!'],
      `Order.owner: Input field 'owner' of type 'ID!' was added to input object type 'Order'. ${OPTIONAL}`,
    ],
    [
      'an argument without its default, so that it is required',
      ['most: Int! = 3', 'most: Int!'],
      `Cat.toys.most: Default value for argument 'most' on field 'Cat.toys' changed from '3' to 'undefined'. ${OPTIONAL}`,
    ],
    [
      'an input field without its default, so that it is required',
      ['most: Int! = 2', 'most: Int!'],
      `Order.most: Input field 'Order.most' default value changed from '2' to 'undefined'. ${OPTIONAL}`,
    ],
    [
      'a removed member of a union',
      ['Cat | Dog', 'Cat'],
      `Pet: Member 'Dog' was removed from Union type 'Pet'. ${BESIDE}`,
    ],
    [
      'a removed interface',
      ['Node & Named', 'Node'],
      `Cat: 'Cat' object type no longer implements 'Named' interface. ${BESIDE}`,
    ],
    [
      'another kind of type',
      ['scalar Instant', 'type Instant { text: String }'],
      `Instant: 'Instant' kind changed from 'ScalarTypeDefinition' to 'ObjectTypeDefinition'. ${BESIDE}`,
    ],
    [
      'an input that becomes a one-of input',
      [
        'input Order { field: String!  size: Size = SMALL  most: Int! = 2',
        'input Order @oneOf { field: String  size: Size  most: Int',
      ],
      `Order.@oneOf: Directive 'oneOf' was added to input object 'Order'. ${BESIDE}`,
    ],
  ])('%s is a breaking change', async (_what, swap, message) => {
    const { code, reported: all, verdict } = await check(change(RELEASED, [swap]), RELEASED);
    expect(all.filter((line) => line.startsWith('BREAKING'))).toEqual([`BREAKING ${message}`]);
    expect([code, verdict]).toEqual([1, BROKEN]);
  });

  it('the removal of a type with all its uses is a breaking change', async () => {
    const next = change(RELEASED, [
      ['type Toy { label: String }', ''],
      ['toys(first: Int = 5, most: Int! = 3, order: Order): [Toy!]!', ''],
    ]);
    expect(await check(next, RELEASED)).toEqual({
      code: 1,
      reported: [
        "BREAKING Toy: Type 'Toy' was removed. Put it back and mark what leads to it @deprecated; both may go once a release has said so.",
        `BREAKING Cat.toys: Field 'toys' was removed from object type 'Cat'. ${DEPRECATE}`,
      ],
      verdict: 'next.graphql breaks what released.graphql promises, at 2 places.',
    });
  });

  it('the removal or renaming of a root type is a breaking change', async () => {
    const root = 'type Mutation { feed(id: ID!, order: Order): Pet! }';
    const gone = await check(change(RELEASED, [[root, '']]), RELEASED);
    expect(gone.reported[0]).toBe(`BREAKING schema: Schema mutation type 'Mutation' was removed. ${BESIDE}`);
    const renamed = await check(
      change(RELEASED, [['type Mutation', 'schema { query: Query  mutation: Write }  type Write']]),
      RELEASED,
    );
    expect(renamed.reported[0]).toBe(
      `BREAKING schema: Schema mutation type was changed from 'Mutation' to 'Write'. ${BESIDE}`,
    );
    expect([gone.code, renamed.code]).toEqual([1, 1]);
  });

  it('each breaking change is reported with its path', async () => {
    const next = change(RELEASED, [
      ['age: Int!', ''],
      ['SMALL  LARGE', 'SMALL'],
      ['[Int!]!', '[Int!]'],
    ]);
    const { code, reported } = await check(next, RELEASED);
    expect(code).toBe(1);
    expect(reported.map((line) => line.split(':')[0])).toEqual([
      'BREAKING Cat.age',
      'BREAKING Cat.lives',
      'BREAKING Size.LARGE',
    ]);
  });
});
