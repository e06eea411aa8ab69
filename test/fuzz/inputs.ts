// Generates inputs from the schema's input types: valid ones, and valid ones with one or two corrupted fields.
import * as fc from 'fast-check';
import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** Every secret contains `secret-` and a digit, which the oracle searches for. */
export const secret: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'pw-', 'é"\\\n', '{"a":"', '-----BEGIN PRIVATE KEY-----\n', 'postgres://u:', '%2B', '𝕏 '),
    fc.nat(999_999),
    fc.constantFrom('', '"}', '\n', '@db.example.com/x', ' '.repeat(50), '\u0000', '\u{1F511}'),
  )
  .map(([before, number, after]) => `${before}secret-${number}${after}`);

const NASTY = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e𝕏é',
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE x; --",
  '../../etc/passwd',
  'http://127.0.0.1/',
  '${env:HOME}',
  '[object Object]',
  '••••••••',
  'NaN',
  '-1',
  'x'.repeat(300),
  'é'.repeat(70_000),
];

/** Valid values for fields whose random values are rarely valid. */
const PLAUSIBLE: Readonly<Record<string, readonly unknown[]>> = {
  instance: ['looker', 'omni', 'credible', 'chartbrew'],
  host: ['db.example.com', '10.0.0.5', '[::1]'],
  port: [5432, 3306, 65_535],
  name: ['orders', 'Orders 2', 'x_1'],
  database: ['app'],
  username: ['bi'],
  account: ['xy12345'],
  baseUrl: ['https://api.example.com/v1'],
  region: ['eu-central-1'],
  schema: ['public'],
  idempotencyKey: ['k-1', 'k-2', 'k-3'],
  location: ['eu'],
  tests: [['connect']],
};

const text = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('abc', 'app', 'x1') },
  { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const int = fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(0, -1, 2_147_483_647, -2_147_483_648));

export type Ids = readonly string[];

export class Inputs {
  readonly #schema: GraphQLSchema;
  readonly #ids: Ids;
  readonly #known = new Map<string, fc.Arbitrary<unknown>>();

  constructor(schema: GraphQLSchema, ids: Ids) {
    this.#schema = schema;
    this.#ids = ids;
  }

  /** Generates a valid value of a type. @param name the name of the type. */
  named(name: string): fc.Arbitrary<unknown> {
    const type = this.#schema.getType(name);
    if (!isInputObjectType(type)) throw new Error(`The schema has no input ${name}.`);
    return this.of(type, name);
  }

  of(type: GraphQLInputType, name: string): fc.Arbitrary<unknown> {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return fc.array(this.of(nullable.ofType, name), { maxLength: 3 });
    if (isInputObjectType(nullable)) return this.#object(nullable);
    if (isEnumType(nullable)) return fc.constantFrom(...nullable.getValues().map((value) => value.name));
    return this.#scalar(nullable.name, name);
  }

  #scalar(type: string, name: string): fc.Arbitrary<unknown> {
    if (type === 'SecretString') return secret;
    if (type === 'Boolean') return fc.boolean();
    const likely = name === 'id' || name === 'ids' ? this.#ids : (PLAUSIBLE[name] ?? []);
    const any = type === 'Int' ? int : type === 'BigInt' ? fc.oneof(fc.bigInt().map(String), int) : text;
    return likely.length === 0
      ? any
      : fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...likely) }, { weight: 1, arbitrary: any });
  }

  #object(type: GraphQLInputObjectType): fc.Arbitrary<unknown> {
    const known = this.#known.get(type.name);
    if (known) return known;
    const fields = Object.values(type.getFields());
    const made = type.isOneOf ? this.#oneOf(fields) : this.#record(fields);
    this.#known.set(type.name, made);
    return made;
  }

  #oneOf(fields: readonly GraphQLInputField[]): fc.Arbitrary<unknown> {
    return fc.oneof(...fields.map(({ name, type }) => this.of(type, name).map((value) => ({ [name]: value }))));
  }

  /** Includes required fields always, fields with a known valid value mostly, and other fields sometimes. */
  #record(fields: readonly GraphQLInputField[]): fc.Arbitrary<unknown> {
    const parts = fields.map(({ name, type, defaultValue }) => {
      const value = this.of(type, name).map((node) => [[name, node]] as const);
      if (isNonNullType(type) && defaultValue === undefined) return value;
      const isUsual = name in PLAUSIBLE && name !== 'idempotencyKey';
      const absent = fc.constantFrom([], [], [], [], [], [], [], [], [[name, null] as const]);
      return fc.oneof({ weight: isUsual ? 6 : 1, arbitrary: value }, { weight: isUsual ? 1 : 14, arbitrary: absent });
    });
    return fc.tuple(...parts).map((entries) => Object.fromEntries(entries.flat()) as unknown);
  }
}

type Spoil = (value: unknown) => unknown;
type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);
const into =
  (key: string, value: unknown): Spoil =>
  (old) =>
    isTree(old) ? { ...old, [key]: value } : { [key]: value };

/** The ways to corrupt one field. A secret in the wrong field makes the input invalid. */
const spoils: fc.Arbitrary<Spoil> = fc.oneof(
  fc.constantFrom<Spoil>(
    () => null,
    () => true,
    () => 77_177,
    () => 1e21,
    () => [],
    () => ({}),
    () => 'x'.repeat(100_000),
    (old) => [old],
    (old) => [[old, old]],
    (old) => ({ value: old }),
    (old) => JSON.stringify(old) ?? '',
    (old) => (Array.isArray(old) ? Array.from({ length: 300 }, () => old[0] as unknown) : old),
  ),
  fc.constantFrom(...NASTY).map(
    (node): Spoil =>
      () =>
        node,
  ),
  fc
    .tuple(fc.constantFrom('pasword', '__proto__', 'constructor', 'toString', ''), secret)
    .map(([key, node]) => into(key, node)),
  secret.map((node) => into(node, node)),
);

const placesOf = (value: unknown): readonly (readonly (string | number)[])[] => [
  [],
  ...(Array.isArray(value)
    ? value.flatMap((node, at) => placesOf(node).map((rest) => [at, ...rest]))
    : isTree(value)
      ? Object.entries(value).flatMap(([key, node]) => placesOf(node).map((rest) => [key, ...rest]))
      : []),
];

function spoilAt(value: unknown, [step, ...rest]: readonly (string | number)[], spoil: Spoil): unknown {
  if (step === undefined) return spoil(value);
  if (Array.isArray(value))
    return value.map((node, at) => (at === step ? spoilAt(node, rest, spoil) : (node as unknown)));
  return isTree(value) ? { ...value, [step]: spoilAt(value[step], rest, spoil) } : value;
}

/** Generates inputs with up to two corrupted fields. */
export const spoilt = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(right, fc.oneof(fc.constant([]), fc.array(fc.tuple(fc.nat(), spoils), { minLength: 1, maxLength: 2 })))
    .map(([value, changes]) =>
      changes.reduce((node: unknown, [at, spoil]) => {
        const places = placesOf(node);
        return spoilAt(node, places[at % places.length] ?? [], spoil);
      }, value),
    );
