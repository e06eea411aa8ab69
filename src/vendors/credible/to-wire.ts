// A draft, or a change, as Credible's Connection: name, type and that type's block. One of the places where a caller's secret is revealed.
import type { Draft, Patch } from '../../domain/connection.ts';
import { asUrl, readAnyConnectionString } from '../../domain/connection-string.ts';
import { valueAt, type FieldMeta, type Values } from '../../domain/fields.ts';
import type { Secret } from '../../domain/secret.ts';
import type { DialectSupport } from '../../domain/vendor.ts';
import { writeFields } from '../wire-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';

/** Credible ends the user at the first @ of a connection string: in user and password everything is percent-encoded. */
function reveal(secret: Secret, { form }: FieldMeta): string {
  if (form !== 'connectionString') return secret.reveal();
  const url = readAnyConnectionString(secret.reveal());
  if (url.problem !== null) throw new Error('A connection string is read before it is written.');
  return asUrl(url);
}

function writeAttachment({ name, source }: Values): Values {
  const [kind, values] = Object.entries(source as Values)[0] as [string, Values];
  return {
    name,
    type: kind,
    // BigQuery needs nothing of a caller: the block is there even when it is empty.
    [`${kind}Connection`]: {},
    ...writeFields(sourceFieldsOf(kind), sourceBlocks[kind]?.fields ?? {}, values, reveal),
  };
}

/** The keys of a block that more than a copy makes, by the dialect. */
const DERIVED: Readonly<Record<string, (config: Values) => Values>> = {
  trino: (config) => {
    const scheme = valueAt(config, 'tls.enabled') === false ? 'http' : 'https';
    return { server: `${scheme}://${config['host'] as string}` };
  },
  duckdb: ({ attached }) => ({ attachedDatabases: ((attached ?? []) as Values[]).map(writeAttachment) }),
};

/** A type's block as a whole, which must be there even when nothing is in it. */
function blockOf({ dialect, word, fields }: DialectSupport, config: Values): Record<string, unknown> {
  const block = `${word}Connection`;
  const written = writeFields(dialect.fields, fields, config, reveal);
  return { [block]: { ...(written[block] as Values | undefined), ...DERIVED[dialect.key]?.(config) } };
}

export const toWire = ({ name, support, config, options }: Draft): Record<string, unknown> => ({
  name,
  type: support.word,
  ...blockOf(support, config),
  ...writeFields(credibleOptions, credibleOptionsWire, options, reveal),
});

/** Of the options this one has no null: false is what it is when it is left out. */
const cleared = ({ excludeAllTables }: Values): Values =>
  excludeAllTables === null ? { excludeAllTables: false } : {};

/** Credible puts a block that is sent in place of the one that is there: all of it goes, or none. */
export const patchToWire = ({ current, support, whole, config, options }: Patch): Record<string, unknown> => ({
  name: current.vendorId,
  type: current.vendorDialect,
  ...(Object.keys(config).length > 0 ? blockOf(support, whole) : {}),
  ...writeFields(credibleOptions, credibleOptionsWire, options, reveal),
  ...cleared(options),
});
