// Every field in the field maps of the four vendors. Each writable field reaches the vendor with exactly
// the expected value, and each readable field is reported. Both have the expected schema coordinate and type.
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  valueAt,
  coordinateOf,
  isSent,
  pathsOf,
  type Exception,
  type Field,
  type Values,
} from '../support/field-samples.ts';
import { fieldsOf } from '../support/schema-walk.ts';
import { sendWriteSamples, listReadSamples, type Sent, type ListedSamples } from '../support/run-field-samples.ts';
import type { Row } from '../support/whole-connection.ts';
import { chartbrewFields } from './chartbrew/fields/index.ts';
import { credibleFields } from './credible/fields/index.ts';
import { lookerFields } from './looker/fields/index.ts';
import { omniFields } from './omni/fields/index.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

/** Matches a secret of the samples, plain or inside base64. */
const SECRET = /secret-\d|c2VjcmV0L|NlY3JldC|zZWNyZXQt/;

/** The numbers of fields in the field maps. There may not be more exceptions. */
const totals = {
  looker: { readable: 93, writable: 59, exceptions: 11 },
  omni: { readable: 17, writable: 39, exceptions: 0 },
  credible: { readable: 61, writable: 54, exceptions: 4 },
  chartbrew: { readable: 45, writable: 35, exceptions: 11 },
};

const places = [
  { vendor: 'looker', walk: lookerFields },
  { vendor: 'omni', walk: omniFields },
  { vendor: 'credible', walk: credibleFields },
  { vendor: 'chartbrew', walk: chartbrewFields },
] as const;

/** The fields whose samples have all passed. */
const written = new Set<Field>();
const read = new Set<Field>();

const settingsOf = (row: Row | undefined) => ({ config: row?.config, details: row?.details, secrets: row?.secrets });

describe.each(places)('The fields of $vendor', ({ vendor, walk }) => {
  let sent: ReadonlyMap<unknown, Sent>;
  let reported: ListedSamples;
  beforeAll(async () => {
    [sent, reported] = await Promise.all([sendWriteSamples(vendor, walk), listReadSamples(vendor, walk)]);
  });

  it.each(walk.fields.filter(({ writeSamples }) => writeSamples.length > 0))(
    'the field $wire can be written',
    (field) => {
      for (const take of field.writeSamples) {
        const what = `${field.wire} by ${take.coordinate} on ${take.on}`;
        const { input, result, text, body, files } = sent.get(take) as Sent;
        expect(coordinateOf(schema, 'CreateConnectionInput', Object.keys(take.put)[0] ?? '', input)).toBe(
          take.coordinate,
        );
        expect(result, what).toMatchObject({ __typename: 'CreateConnectionSuccess' });
        expect(take.isFile ? files[field.wire] : valueAt(body, field.wirePath), what).toEqual(take.sends);
        expect(text, what).not.toMatch(SECRET);
      }
      written.add(field);
    },
  );

  const bodiesOf = () => [...sent.values()].map(({ body }) => body);

  it('the read-only fields of $vendor are never sent', () => {
    const onlyRead = walk.fields.filter(({ writeSamples }) => writeSamples.length === 0);
    const paths = new Set(bodiesOf().flatMap(pathsOf));
    expect(paths.has('name')).toBe(true);
    expect(
      onlyRead.filter(({ wirePath: place }) => paths.has(place.replaceAll(/\.\d+/g, ''))).map(({ wire }) => wire),
    ).toEqual([]);
  });

  it('the fields of $vendor that are left out on purpose are never sent', () => {
    const isLeftOutOf = ({ of }: Exception, body: Values) =>
      of === undefined || of.includes(String(body[walk.dialectWirePath]));
    const strays = walk.exceptions.filter((one) =>
      bodiesOf().some((body) => isLeftOutOf(one, body) && isSent(body, one.wire)),
    );
    expect(strays.map(({ wire }) => wire)).toEqual([]);
  });

  it.each(walk.fields.filter(({ readSamples }) => readSamples.length > 0))('the field $wire can be read', (field) => {
    for (const tell of field.readSamples) {
      const what = `${field.wire} by ${tell.coordinate} on ${tell.on}`;
      const row = reported.rows.get(tell);
      expect(row, what).toBeDefined();
      expect(coordinateOf(schema, 'Connection', tell.path, row), what).toBe(tell.coordinate);
      expect(valueAt(row, tell.path), what).toEqual(tell.reported);
      expect(JSON.stringify(row), what).not.toMatch(SECRET);
    }
    read.add(field);
  });

  it('the fields of $vendor that are left out on purpose are not reported', () => {
    for (const one of reported.unread) {
      expect(one.without?.config, one.wire).toBeDefined();
      expect(settingsOf(one.with), one.wire).toEqual(settingsOf(one.without));
    }
  });
});

describe('The fields of a server in the schema', () => {
  it('the schema has the fields of a server with the same names and types in every dialect', () => {
    expect(fieldsOf(schema, 'ServerConfig').toSorted()).toEqual([
      'database: String',
      'host: String',
      'password: MaskedSecret!',
      'port: Int',
      'tls: TlsConfig',
      'username: String',
    ]);
    const server = schema.getType('ServerConfig');
    const members = Object.values(schema.getTypeMap()).filter(
      (type) => 'getInterfaces' in type && type.getInterfaces().some((one) => one === server),
    );
    expect(members.map(({ name }) => name).toSorted()).toEqual([
      'ClickHouseConfig',
      'ExasolConfig',
      'LakebaseConfig',
      'MariaDbConfig',
      'MongoDbConfig',
      'MsSqlConfig',
      'MySqlConfig',
      'OracleConfig',
      'OtherConfig',
      'PostgresConfig',
      'RedshiftConfig',
      'SapHanaConfig',
      'StarRocksConfig',
    ]);
  });
});

interface Count {
  readonly readable: number;
  readonly writable: number;
}

const lineOf = (found: readonly Count[], all: readonly Count[]): string => {
  const sum = (counts: readonly Count[], key: keyof Count) => counts.reduce((total, one) => total + one[key], 0);
  const parts = (['readable', 'writable'] as const).map((key) => `${sum(found, key)} of ${sum(all, key)} ${key}`);
  return `fields: ${parts.join(', ')}`;
};

describe('All fields of all vendors', () => {
  it('every readable field was read and every writable field was written', () => {
    const countOf = ({ fields, exceptions }: (typeof places)[number]['walk']) => ({
      readable: fields.filter((field) => read.has(field)).length,
      writable: fields.filter((field) => written.has(field)).length,
      exceptions: exceptions.length,
    });
    const found = Object.fromEntries(places.map(({ vendor, walk }) => [vendor, countOf(walk)] as const));
    // oxlint-disable-next-line no-console -- the counts are part of the result
    console.info(lineOf(Object.values(found), Object.values(totals)));
    expect(found).toEqual(totals);
  });
});
