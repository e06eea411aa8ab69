// A draft, or a change, as Credible's Connection: name, type and that type's block. One of the places where a caller's secret is revealed.
import type { Draft, Patch } from '../../domain/connection.ts';
import { formatConnectionUrl, readAnyConnectionString } from '../../formats/connection-string.ts';
import type { FieldMeta, Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type Values } from '../../fields/values.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { DialectSupport, WireTable } from '../../domain/vendor.ts';
import { writeFields } from '../wire-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';
import { overlay } from './overlay.ts';
import { serverOf } from './server.ts';

/** Credible ends the user at the first @ of a connection string: in user and password everything is percent-encoded. */
function reveal(secret: Secret, { form }: FieldMeta): string {
  if (form !== 'connectionString') return secret.reveal();
  const url = readAnyConnectionString(secret.reveal());
  if (url.problem !== null) throw new Error('A connection string is read before it is written.');
  return formatConnectionUrl(url);
}

const writeBlock = (fields: Fields, table: WireTable, values: Values): Values =>
  writeFields(fields, table, values, reveal);

/** The block of what is attached: BigQuery needs nothing of a caller, so that it may be empty. */
function sourceBlock(source: Values): readonly [kind: string, block: Values] {
  const [kind, values] = onlyEntry(source) ?? ['', {}];
  const written = writeBlock(sourceFieldsOf(kind), sourceBlocks[kind]?.fields ?? {}, values);
  return [kind, (written[`${kind}Connection`] ?? {}) as Values];
}

function writeAttachment({ name, source }: Values): Values {
  const [kind, block] = sourceBlock(source as Values);
  return { name, type: kind, [`${kind}Connection`]: block };
}

/** The keys of a block that more than a copy makes, by the dialect. */
const DERIVED: Readonly<Record<string, (config: Values) => Values>> = {
  trino: ({ host, ...config }) =>
    typeof host === 'string' ? { server: serverOf(host, valueAt(config, 'tls.enabled') !== false) } : {},
  duckdb: ({ attached }) => ({ attachedDatabases: ((attached ?? []) as Values[]).map(writeAttachment) }),
};

/** A type's block as a whole, which must be there even when nothing is in it. */
function blockOf({ dialect, word, fields }: DialectSupport, config: Values): Record<string, unknown> {
  const block = `${word}Connection`;
  const written = writeBlock(dialect.fields, fields, config);
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

/** The settings after a change: a block that is sent takes the place of the one that is there, so all of it goes. */
function changedBlock(patch: Patch, row: Values): Values {
  const { support, config } = patch;
  const block = `${support.word}Connection`;
  const written = writeBlock(support.dialect.fields, support.fields, config)[block];
  const items = ((config['attached'] ?? []) as readonly Values[]).map(({ source }) => sourceBlock(source as Values)[1]);
  return { [block]: overlay(patch, (written ?? {}) as Values, items, row[block]) };
}

/** @param row the connection as Credible tells it now; null where no setting changes. */
export const patchToWire = (patch: Patch, row: Values | null): Record<string, unknown> => ({
  name: patch.current.vendorId,
  type: patch.current.vendorDialect,
  ...(row && changedBlock(patch, row)),
  ...writeFields(credibleOptions, credibleOptionsWire, patch.options, reveal),
  ...cleared(patch.options),
});
