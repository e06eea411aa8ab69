// Removals that the schema evolution check allows because the last release had @deprecated on them.
import { describe, expect, it } from 'vitest';
import { BESIDE, change, GOES, KEPT, RELEASED, useCheck, type Swap } from './check.ts';

const check = useCheck();

describe('the removal of an element that the last release deprecated', () => {
  it.each<[string, Swap, Swap]>([
    ['a field', ['age: Int!', `age: Int! ${GOES}`], [`age: Int! ${GOES}`, '']],
    ['an argument', [', name: String)', `, name: String ${GOES})`], [`, name: String ${GOES})`, ')']],
    ['an input field', ['note: String', `note: String ${GOES}`], [`note: String ${GOES}`, '']],
    ['an enum value', ['LARGE', `LARGE ${GOES}`], [`LARGE ${GOES}`, '']],
    [
      'a type, with all fields that returned it',
      ['order: Order): [Toy!]!', `order: Order): [Toy!]! ${GOES}`],
      [
        `toys(first: Int = 5, most: Int! = 3, order: Order): [Toy!]! ${GOES}
  }
  type Dog implements Node { id: ID!  barks: Boolean }
  type Toy { label: String }`,
        '} type Dog implements Node { id: ID!  barks: Boolean }',
      ],
    ],
    [
      'a type, with the argument that accepted it',
      ['pet(choice: Choice): Pet', `pet(choice: Choice ${GOES}): Pet`],
      [`pet(choice: Choice ${GOES}): Pet`, 'pet: Pet'],
    ],
  ])('a deprecated element may be removed: %s', async (_what, deprecation, removal) => {
    const released = change(RELEASED, [deprecation]);
    const input = 'input Choice @oneOf { name: String  size: Size }';
    const next = change(released, [removal]);
    const rest = next.includes('choice: Choice') ? next : change(next, [[input, '']]);
    expect(await check(rest, released)).toEqual({ code: 0, reported: [], verdict: KEPT });
    // The same without the deprecation is refused.
    expect((await check(rest, RELEASED)).code).toBe(1);
  });

  it('a union that only a deprecated field used may be removed with its members', async () => {
    const released = change(RELEASED, [
      ['pet(choice: Choice): Pet', `pet(choice: Choice): Pet ${GOES}`],
      ['feed(id: ID!, order: Order): Pet!', `feed(id: ID!, order: Order): Pet! ${GOES}  feedAny(id: ID!): Node`],
      ['type Toy {', 'type Fish { fins: Int }  type Toy {'],
      ['Cat | Dog', 'Cat | Dog | Fish'],
    ]);
    const next = change(released, [
      [`pet(choice: Choice): Pet ${GOES}`, ''],
      [`feed(id: ID!, order: Order): Pet! ${GOES}`, ''],
      ['type Fish { fins: Int }', ''],
      ['union Pet = Cat | Dog | Fish', ''],
      ['input Choice @oneOf { name: String  size: Size }', ''],
    ]);
    expect(await check(next, released)).toEqual({ code: 0, reported: [], verdict: KEPT });
  });

  it('a type that is still a member of a union or implements an interface may not be removed', async () => {
    const released = change(RELEASED, [['name: String): Cat', `name: String): Cat ${GOES}  dog: Dog ${GOES}`]]);
    const next = change(released, [
      [`dog: Dog ${GOES}`, ''],
      ['type Dog implements Node { id: ID!  barks: Boolean }', ''],
      ['Cat | Dog', 'Cat'],
    ]);
    const { code, reported } = await check(next, released);
    expect([code, reported.map((line) => line.split(':')[0])]).toEqual([1, ['BREAKING Dog', 'BREAKING Pet']]);
    const unled = change(released, [['Cat | Dog', 'Cat']]);
    const gone = change(unled, [
      [`dog: Dog ${GOES}`, ''],
      ['type Dog implements Node { id: ID!  barks: Boolean }', ''],
    ]);
    expect(await check(gone, unled)).toMatchObject({
      code: 1,
      reported: [expect.stringContaining("Type 'Dog' was removed")],
    });
  });

  it('a deprecated element may not be changed', async () => {
    const released = change(RELEASED, [['age: Int!', `age: Int! ${GOES}`]]);
    const { code, reported } = await check(change(released, [['age: Int!', 'age: String!']]), released);
    expect([code, reported]).toEqual([
      1,
      [`BREAKING Cat.age: Field 'Cat.age' changed type from 'Int!' to 'String!'. ${BESIDE}`],
    ]);
  });
});
