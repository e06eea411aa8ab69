// Answers of a vendor, changed: what the sandbox answers, with places of its JSON dropped, renamed, retyped or nested, or
// its text cut. It must not know what any field means.
import * as fc from 'fast-check';
import type { SandboxResponse } from '../../src/sandbox/server.ts';

type Tree = Readonly<Record<string, unknown>>;
type Change = (value: unknown) => unknown;

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Stand for what JSON.stringify never writes. */
const RAW: Readonly<Record<string, string>> = {
  '@huge@': '1e400',
  '@minus@': '-1e400',
  '@deep@': '['.repeat(3000) + ']'.repeat(3000),
  '@long@': '9'.repeat(400),
};

const VALUES: readonly unknown[] = [
  null,
  true,
  '',
  'text',
  '\ud800',
  '\u0000',
  '2026-99-99T99:99:99Z',
  '__proto__',
  'x'.repeat(70_000),
  -1,
  0.5,
  2_147_483_648,
  1e21,
  [],
  {},
  [null],
  [[{}]],
  { __typename: 'Query' },
  ...Object.keys(RAW),
];

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...VALUES).map(
    (one): Change =>
      () =>
        one,
  ),
  fc.constantFrom<Change>(
    () => undefined,
    (old) => [old],
    (old) => ({ value: old }),
    (old) => JSON.stringify(old) ?? '',
    (old) => (Array.isArray(old) ? [...old, ...old] : old),
    // Under a name that no vendor has: of what is not known nothing may be told.
    (old) => (isTree(old) ? Object.fromEntries(Object.entries(old).map(([key, one]) => [`${key}_x`, one])) : old),
    (old) => (isTree(old) ? { ...old, ['__proto__']: { name: 'x', id: 1 } } : old),
    (old) => (isTree(old) ? { ...old, constructor: 1, toString: 2, hasOwnProperty: 3, valueOf: 4, toJSON: 5 } : old),
  ),
);

interface Plan {
  /** Which answer of a run is changed: its first, its second …; the others are left alone. */
  readonly at: number;
  readonly places: readonly (readonly [number, Change])[];
  /** Null leaves the text whole. */
  readonly cut: number | null;
  /** Gives every key of the text a second time. */
  readonly isDouble: boolean;
}

export const plans: fc.Arbitrary<Plan> = fc.record({
  at: fc.oneof(fc.constant(-1), fc.nat({ max: 2 })),
  places: fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 4 }),
  cut: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
  isDouble: fc.nat({ max: 9 }).map((one) => one === 0),
});

type Path = readonly (string | number)[];
const placesOf = (value: unknown): readonly Path[] => {
  const below = isTree(value) ? Object.entries(value) : Array.isArray(value) ? [...value.entries()] : [];
  return [[], ...below.flatMap(([key, one]) => placesOf(one).map((rest): Path => [key, ...rest]))];
};

function changeAt(value: unknown, [step, ...rest]: Path, change: Change): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one, at) => (at === step ? changeAt(one, rest, change) : (one as unknown)));
  return isTree(value) ? { ...value, [step]: changeAt(value[step], rest, change) } : value;
}

function textOf(body: unknown, { places, cut, isDouble }: Plan): string {
  const whole = places.reduce((one: unknown, [at, change]) => {
    const all = placesOf(one);
    return changeAt(one, all[at % all.length] ?? [], change);
  }, body);
  // An own toJSON that is no function is written as a field; a top-level undefined is no text at all.
  const plain = (JSON.stringify(whole) ?? '').replace(/"(@\w+@)"/g, (all, name: string) => RAW[name] ?? all);
  const text = isDouble ? plain.replace(/"(\w+)":/g, '"$1":null,"$1":') : plain;
  return cut === null ? text : text.slice(0, cut % (text.length + 1));
}

/** An answer as the plan changes it. @param number of the answer in its run. */
export function changed(response: SandboxResponse, plan: Plan, number: number): SandboxResponse {
  if (plan.at !== -1 && plan.at !== number) return response;
  if (response.body === null || typeof response.body !== 'object') return response;
  return {
    ...response,
    headers: { 'content-type': 'application/json', ...response.headers },
    body: textOf(response.body, plan),
  };
}

export type { Plan };
