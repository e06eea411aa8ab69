// Changes that the schema evolution check allows, and those that it reports as warnings.
import { describe, expect, it } from 'vitest';
import { change, GOES, KEPT, RELEASED, useCheck, type Swap } from './check.ts';

const check = useCheck();

describe('a change that is not breaking', () => {
  it.each<[string, Swap]>([
    ['nothing at all', ['barks: Boolean', 'barks: Boolean']],
    ['a new field', ['barks: Boolean', 'barks: Boolean  owner(id: ID!): String!']],
    ['a new type', ['type Toy', 'type Fish { fins(of: Int!): Int! }  type Toy']],
    ['a new input field that may be left out', ['note: String', 'note: String  more: Int']],
    ['a new choice', ['@oneOf { name: String', '@oneOf { id: ID  name: String']],
    ['a field that is never null now', ['barks: Boolean', 'barks: Boolean!']],
    ['an argument that may be left out now', ['node(id: ID!)', 'node(id: ID)']],
    ['a deprecation', ['barks: Boolean', `barks: Boolean ${GOES}`]],
    ['another order', ['id: ID!  barks: Boolean', 'barks: Boolean  id: ID!']],
    ['another description', ['enum Size', '"How big." enum Size']],
    ['a first subscription', ['type Query', 'type Subscription { fed: Pet }  type Query']],
  ])('%s is not a breaking change', async (_what, swap) => {
    expect(await check(change(RELEASED, [swap]), RELEASED)).toEqual({ code: 0, reported: [], verdict: KEPT });
  });

  it('another reason for a deprecation is not a breaking change', async () => {
    const released = change(RELEASED, [['barks: Boolean', `barks: Boolean ${GOES}`]]);
    const next = change(released, [['2026-12-31', '2027-12-31']]);
    expect(await check(next, released)).toEqual({ code: 0, reported: [], verdict: KEPT });
  });

  it.each<[string, Swap, string]>([
    [
      'a new enum value',
      ['SMALL  LARGE', 'SMALL  LARGE  HUGE'],
      "Size.HUGE: Enum value 'HUGE' was added to enum 'Size'.",
    ],
    [
      'a new member of a union',
      ['union Pet = Cat | Dog', 'type Fish { fins: Int }  union Pet = Cat | Dog | Fish'],
      "Pet: Member 'Fish' was added to Union type 'Pet'.",
    ],
    [
      'a new interface',
      ['type Toy {', 'interface Labelled { label: String }  type Toy implements Labelled {'],
      "Toy: 'Toy' object implements 'Labelled' interface.",
    ],
    [
      'another default of an argument',
      ['first: Int = 5', 'first: Int = 6'],
      "Cat.toys.first: Default value for argument 'first' on field 'Cat.toys' changed from '5' to '6'.",
    ],
    [
      'a removed default of a nullable argument',
      ['first: Int = 5', 'first: Int'],
      "Cat.toys.first: Default value for argument 'first' on field 'Cat.toys' changed from '5' to 'undefined'.",
    ],
    [
      'another default of an input field',
      ['most: Int! = 2', 'most: Int! = 4'],
      "Order.most: Input field 'Order.most' default value changed from '2' to '4'.",
    ],
    [
      'a new argument that may be left out',
      ['toys(', 'toys(owner: ID, '],
      "Cat.toys.owner: Argument 'owner: ID' added to field 'Cat.toys'.",
    ],
  ])('%s is allowed with a warning', async (_what, swap, warning) => {
    expect(await check(change(RELEASED, [swap]), RELEASED)).toEqual({
      code: 0,
      reported: [`DANGEROUS ${warning}`],
      verdict: KEPT,
    });
  });
});
