// Changes the answers of the sandbox: fields of the JSON are dropped, renamed, nested or given another type, or
// the text is cut off. This file knows no vendor's fields.
import * as fc from 'fast-check';
import type { SandboxResponse } from '../../src/sandbox/server.ts';

type Tree = Readonly<Record<string, unknown>>;
type Change = (value: unknown) => unknown;

const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Placeholders for values that JSON.stringify never writes. */
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
    (current): Change =>
      () =>
        current,
  ),
  fc.constantFrom<Change>(
    () => undefined,
    (old) => [old],
    (old) => ({ value: old }),
    (old) => JSON.stringify(old) ?? '',
    (old) => (Array.isArray(old) ? [...old, ...old] : old),
    // A name that no vendor uses: an unknown field must not be returned.
    (old) =>
      isTree(old) ? Object.fromEntries(Object.entries(old).map(([key, current]) => [`${key}_x`, current])) : old,
    (old) => (isTree(old) ? { ...old, ['__proto__']: { name: 'x', id: 1 } } : old),
    (old) => (isTree(old) ? { ...old, constructor: 1, toString: 2, hasOwnProperty: 3, valueOf: 4, toJSON: 5 } : old),
  ),
);

interface Plan {
  /** The number of the answer in its run that is changed, from the first. The others stay unchanged. */
  readonly at: number;
  readonly places: readonly (readonly [number, Change])[];
  /** Where the text is cut off. Null: it is not cut. */
  readonly cut: number | null;
  /** Repeats every key of the text. */
  readonly isDouble: boolean;
}

export const plans: fc.Arbitrary<Plan> = fc.record({
  at: fc.oneof(fc.constant(-1), fc.nat({ max: 2 })),
  places: fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 4 }),
  cut: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat() }),
  isDouble: fc.nat({ max: 9 }).map((current) => current === 0),
});

type Path = readonly (string | number)[];
const placesOf = (value: unknown): readonly Path[] => {
  const below = isTree(value) ? Object.entries(value) : Array.isArray(value) ? [...value.entries()] : [];
  return [[], ...below.flatMap(([key, current]) => placesOf(current).map((rest): Path => [key, ...rest]))];
};

function changeAt(value: unknown, [step, ...rest]: Path, change: Change): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((current, at) => (at === step ? changeAt(current, rest, change) : (current as unknown)));
  return isTree(value) ? { ...value, [step]: changeAt(value[step], rest, change) } : value;
}

function textOf(body: unknown, { places, cut, isDouble }: Plan): string {
  const whole = places.reduce((current: unknown, [at, change]) => {
    const all = placesOf(current);
    return changeAt(current, all[at % all.length] ?? [], change);
  }, body);
  // A toJSON that is not a function is written as a field. A top-level undefined gives no text.
  const plain = (JSON.stringify(whole) ?? '').replace(/"(@\w+@)"/g, (all, name: string) => RAW[name] ?? all);
  const text = isDouble ? plain.replace(/"(\w+)":/g, '"$1":null,"$1":') : plain;
  return cut === null ? text : text.slice(0, cut % (text.length + 1));
}

/** Returns the answer after the changes of the plan. @param number the number of the answer in its run. */
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
