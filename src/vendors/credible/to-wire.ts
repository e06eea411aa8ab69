// Builds the bodies of Credible's requests: name, type, and the block of that type. Secrets are revealed here.
import type { Draft, Patch } from '../../domain/connection.ts';
import { formatConnectionUrl, readCheckedConnectionString } from '../../formats/connection-string.ts';
import type { FieldMeta, Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type Values } from '../../fields/values-by-key.ts';
import type { Secret } from '../../secrets/secret.ts';
import type { DialectSupport, WireTable } from '../../domain/dialect-support.ts';
import { writeFields } from '../write-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks/block-fields.ts';
import { credibleOptions, credibleOptionsWire } from './fields.ts';
import { mergeBlock } from './stored-blocks/merge-block.ts';
import { serverOf } from './trino/trino-server.ts';

/** Reveals a secret. In a connection string, Credible ends the user at the first `@`, so user and password are percent-encoded. */
function reveal(secret: Secret, { format: form }: FieldMeta): string {
  if (form !== 'connectionString') return secret.reveal();
  const url = readCheckedConnectionString(secret.reveal());
  if (url.problem !== null) throw new Error('An invalid connection string passed the checks of the input.');
  return formatConnectionUrl(url);
}

const writeBlock = (fields: Fields, table: WireTable, values: Values): Values =>
  writeFields(fields, table, values, reveal);

/** Returns the kind and the block of an attached database. The block of BigQuery may be empty, because it requires no field. */
function sourceBlock(source: Values): readonly [kind: string, block: Values] {
  const [kind, values] = onlyEntry(source) ?? ['', {}];
  const written = writeBlock(sourceFieldsOf(kind), sourceBlocks[kind]?.fields ?? {}, values);
  return [kind, (written[`${kind}Connection`] ?? {}) as Values];
}

function writeAttachment({ name, source }: Values): Values {
  const [kind, block] = sourceBlock(source as Values);
  return { name, type: kind, [`${kind}Connection`]: block };
}

/** For each dialect, the fields of its block that the table cannot copy one by one. */
const DERIVED: Readonly<Record<string, (config: Values) => Values>> = {
  trino: ({ host, ...config }) =>
    typeof host === 'string' ? { server: serverOf(host, valueAt(config, 'tls.enabled') !== false) } : {},
  duckdb: ({ attached }) => ({ attachedDatabases: ((attached ?? []) as Values[]).map(writeAttachment) }),
};

/** Returns the block of a new connection. Credible requires it even when it is empty. */
function blockOf({ dialect, vendorDialect, fields }: DialectSupport, config: Values): Record<string, unknown> {
  const block = `${vendorDialect}Connection`;
  const written = writeBlock(dialect.fields, fields, config);
  return { [block]: { ...(written[block] as Values | undefined), ...DERIVED[dialect.key]?.(config) } };
}

/** Returns the JSON of a create or a test. */
export const toWire = ({ name, support, config, options }: Draft): Record<string, unknown> => ({
  name,
  type: support.vendorDialect,
  ...blockOf(support, config),
  ...writeFields(credibleOptions, credibleOptionsWire, options, reveal),
});

/** Returns `excludeAllTables` when it is cleared. Credible has no null for it, and false is its default. */
const clearedOptions = ({ excludeAllTables }: Values): Values =>
  excludeAllTables === null ? { excludeAllTables: false } : {};

/** Returns the whole block of an update. @param stored the connection as Credible answered it just before. */
function blockOfUpdate(patch: Patch, stored: Values): Values {
  const { support, config } = patch;
  const block = `${support.vendorDialect}Connection`;
  const written = writeBlock(support.dialect.fields, support.fields, config)[block];
  const attachedBlocks = ((config['attached'] ?? []) as readonly Values[]).map(
    ({ source }) => sourceBlock(source as Values)[1],
  );
  return { [block]: mergeBlock(patch, (written ?? {}) as Values, attachedBlocks, stored[block]) };
}

/**
 * Returns the JSON of an update.
 * @param stored the connection as Credible answered it just before; null when the config does not change.
 */
export const patchToWire = (patch: Patch, stored: Values | null): Record<string, unknown> => ({
  name: patch.current.vendorId,
  type: patch.current.vendorDialect,
  ...(stored && blockOfUpdate(patch, stored)),
  ...writeFields(credibleOptions, credibleOptionsWire, patch.options, reveal),
  ...clearedOptions(patch.options),
});
