// No text is built from a missing value. For the four vendors, their dialects and fields: whatever part of a stored or a provided
// connection is null, missing, empty or unreadable, no written body contains `undefined`, a `null` in a text, `NaN` or
// `[object`. The fields are those of the schema. Stub vendors have the rows.
import { getNamedType, isInputObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { valueAt, withValues, type Values, type VendorFields } from '../support/field-samples.ts';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { inputFields } from '../support/input-fields.ts';
import { brokenIn, junkVendor } from '../support/junk-vendor.ts';
import type { WireRow } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { KEY_FILE, PRIVATE_KEY, type DialectKey } from './create-case.ts';
import { everyField } from './every-field.ts';
import { chartbrewFields } from './chartbrew/fields/index.ts';
import { credibleFields } from './credible/fields/index.ts';
import { lookerFields } from './looker/fields/index.ts';
import { omniFields } from './omni/fields/index.ts';

const WALKS: Readonly<Record<VendorName, VendorFields>> = {
  looker: lookerFields,
  omni: omniFields,
  credible: credibleFields,
  chartbrew: chartbrewFields,
};

/** The smallest number of fields that a dialect with several fields has. */
const FIELDS_AT_LEAST = 3;
const MISSING = Symbol('missing');
/** Unreadable values. The last one cannot be parsed. */
const JUNK: readonly unknown[] = [null, MISSING, '', {}, ['x'], 'scheme://a:b/c@d'];

/** Returns the dialects of a vendor, with the wire path and a valid value of each reported field. */
function placesOf({ fields, rows }: VendorFields): Map<DialectKey, Map<string, unknown>> {
  const places = new Map<DialectKey, Map<string, unknown>>();
  for (const { wirePath: place, readSamples } of fields) {
    for (const { on, raw, path, wirePath: own } of readSamples) {
      const dialect = on.replace(/(BigQuery|Snowflake|Gcs|S3)$/, '') as DialectKey;
      if (!(on in rows) || !(dialect in everyField) || !path.startsWith('config.')) continue;
      const known = places.get(dialect) ?? new Map<string, unknown>();
      places.set(dialect, known.set(own ?? place, known.get(own ?? place) ?? raw));
    }
  }
  return places;
}

const without = (row: Values, place: string): Values => {
  const [first = '', ...rest] = place.split('.');
  if (!isGroup(row) || !(first in row)) return row;
  if (rest.length === 0) return Object.fromEntries(Object.entries(row).filter(([key]) => key !== first));
  return { ...row, [first]: without((row[first] ?? {}) as Values, rest.join('.')) };
};

const isGroup = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** Returns whether the parent of a wire path has other fields. */
const isOpen = (row: Values, place: string): boolean =>
  place.split('.').every((_, step, steps) => {
    const before = step === 0 ? row : valueAt(row, steps.slice(0, step).join('.'));
    return before === undefined || isGroup(before);
  });

function put(row: Values, place: string, value: unknown): Values {
  if (!isOpen(row, place)) return row;
  return value === MISSING ? without(row, place) : withValues(row, { [place]: value });
}

interface Case {
  readonly row: WireRow;
  readonly dialect: DialectKey;
  /** The indexes of the fields that an update changes. */
  readonly isMeant: (field: number) => boolean;
}

const idFor = (vendor: VendorName, number: number): WireRow => {
  if (vendor === 'omni') return { id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name: 'Row' };
  return vendor === 'chartbrew' ? { id: number + 1, name: 'Row' } : { name: `row_${number}` };
};

/**
 * Rows with all places as junk, each of the kinds for two fields of six; and rows with one place as junk, each for one field. All
 * together every field meets every kind, and every place is junk beside another field's change.
 */
function casesOf(vendor: VendorName): Case[] {
  const walk = WALKS[vendor];
  const cases: Case[] = [];
  const add = (dialect: DialectKey, values: Values, isMeant: Case['isMeant']) => {
    cases.push({ row: { ...walk.rows[dialect], ...values, ...idFor(vendor, cases.length) }, dialect, isMeant });
  };
  for (const [dialect, places] of placesOf(walk)) {
    const names = [...places.keys()];
    const good = names.reduce<Values>((row, place) => put(row, place, places.get(place)), walk.rows[dialect] ?? {});
    JUNK.forEach((junk, kind) => {
      const row = names.reduce((before, place) => put(before, place, junk), good);
      add(dialect, row, (field) => field % JUNK.length === kind || (field + 3) % JUNK.length === kind);
    });
    names.forEach((place, number) => {
      add(dialect, put(good, place, JUNK[number % JUNK.length]), (field) => field === number % FIELDS_AT_LEAST);
    });
  }
  return cases;
}

/** A field of a patch with a value. */
interface Change {
  readonly path: string;
  readonly value: unknown;
  readonly isSecret: boolean;
}

const KEYS: Readonly<Record<string, unknown>> = { serviceAccountKey: KEY_FILE, privateKey: PRIVATE_KEY };

function changesOf(schema: GraphQLSchema, dialect: DialectKey): Change[] {
  const all = schema.getType('ConnectionConfigPatch');
  const type = isInputObjectType(all) ? getNamedType(all.getFields()[dialect]?.type) : undefined;
  if (!isInputObjectType(type)) throw new Error(`No patch of ${dialect}.`);
  return inputFields(schema, type.name).map((path) => {
    const [group = '', name] = path.split('.');
    const field = type.getFields()[group];
    const inner = getNamedType(field?.type);
    const own = name && isInputObjectType(inner) ? getNamedType(inner.getFields()[name]?.type) : inner;
    const isSecret = isInputObjectType(own) && 'replace' in own.getFields();
    return { path, isSecret, value: KEYS[path] ?? valueAt(everyField[dialect], path) };
  });
}

const UPDATE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  __typename ... on ValidationError { issues { path code } }
} }`;
const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }`;

const replaced = ({ value, isSecret }: Change): unknown => (isSecret ? { replace: value } : value);

/** Sends an update, and sends it again with the secrets that the issues require. */
async function change({ ask }: TestGateway, id: string, dialect: DialectKey, one: Change, all: readonly Change[]) {
  const asking = (values: Values) => ask(UPDATE, { input: { id, config: withValues({}, values) } });
  const own = { [`${dialect}.${one.path}`]: replaced(one) };
  const first = await asking(own);
  const issues = (first.data?.updateConnection?.issues ?? []) as readonly { path: string[]; code: string }[];
  const needed = issues.filter(({ code }) => code === 'SECRET_NEEDED').map(({ path }) => path.slice(3).join('.'));
  const secrets = all.filter(({ path }) => needed.includes(path));
  if (secrets.length === 0) return;
  await asking({
    ...own,
    ...Object.fromEntries(secrets.map((secret) => [`${dialect}.${secret.path}`, replaced(secret)])),
  });
}

/** The number of concurrent updates. Each makes two or three requests. */
async function inTurns<T>(things: readonly T[], run: (thing: T) => Promise<void>): Promise<void> {
  const left = things.values();
  const work = async () => {
    for (const thing of left) await run(thing);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

/** The minimum number of written bodies for each vendor, so that a test that sends nothing fails. */
const LEAST: Readonly<Record<VendorName, number>> = { looker: 120, omni: 30, credible: 50, chartbrew: 30 };

describe.each(Object.keys(WALKS) as VendorName[])(
  'No text that is written to %s is built from a missing value',
  (vendor) => {
    it('updates of incomplete connections at %s write no text from a missing value', async () => {
      const cases = casesOf(vendor);
      const { answer, written } = junkVendor(
        vendor,
        cases.map(({ row }) => row),
      );
      const stubbed = await startStubbedGateway(vendor, answer);
      const { gateway } = stubbed;
      const changes = new Map<DialectKey, Change[]>();
      for (const { dialect } of cases) changes.set(dialect, changesOf(gateway.gateway.schema, dialect));
      const all = cases.flatMap(({ row, dialect, isMeant }) => {
        const known = changes.get(dialect) ?? [];
        const picked = known.filter((_, field) => isMeant(field));
        return picked.map((one) => ({
          id: idOf(`v1:c:${vendor}:${String(row['id'] ?? row['name'])}`),
          dialect,
          one,
          known,
        }));
      });
      await inTurns(all, ({ id, dialect, one, known }) => change(gateway, id, dialect, one, known));
      await stubbed.close();
      expect(written.flatMap(brokenIn)).toEqual([]);
      expect(written.length).toBeGreaterThan(LEAST[vendor]);
    }, 60_000);

    it('creates with missing fields at %s write no text from a missing value', async () => {
      const { answer, written } = junkVendor(vendor, []);
      const stubbed = await startStubbedGateway(vendor, answer);
      const { inputs, fields } = WALKS[vendor];
      const configs = Object.values(inputs).flatMap((base) => {
        const [dialect, values] = Object.entries(base)[0] as [string, Values];
        const lacking = Object.keys(values).flatMap((key) => [
          { [dialect]: without(values, key) },
          { [dialect]: { ...values, [key]: null } },
        ]);
        return [base, ...lacking];
      });
      const writeSamples = fields.flatMap((field) => field.writeSamples).filter(({ isFile }) => !isFile);
      const inputsOf = [
        ...configs.map((config) => ({ config })),
        ...writeSamples.map(({ on, put: values }) => withValues({ config: inputs[on] ?? {} }, values)),
      ];
      await inTurns(inputsOf, async (input) => {
        await stubbed.gateway.ask(CREATE, { input: { instance: vendor, name: 'made', ...input } });
      });
      await stubbed.close();
      expect(written.flatMap(brokenIn)).toEqual([]);
      expect(written.length).toBeGreaterThan(30);
    }, 60_000);
  },
);
