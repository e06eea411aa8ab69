// Builds the block of an update: the stored block with the changes applied. Fields that do not change are sent back exactly as
// Credible answered them, including fields that this schema does not know. Secrets are sent only when the caller provided them.
import type { Patch } from '../../../domain/connection.ts';
import { leavesOf } from '../../../fields/walk-fields.ts';
import { onlyEntry, valueAt, type Values } from '../../../fields/values-by-key.ts';
import type { Fields } from '../../../fields/field-meta.ts';
import type { WireTable } from '../../../domain/dialect-support.ts';
import { isObject } from '../../read-values.ts';
import { sourceBlocks, sourceFieldsOf } from '../blocks/block-fields.ts';
import { readAttachment } from '../from-wire.ts';
import { serverWithScheme, serverOf } from '../trino/trino-server.ts';
import { nameInBlock, withoutBlocks } from './withheld-parts.ts';

const copyOf = (raw: unknown): Record<string, unknown> => (isObject(raw) ? structuredClone(raw) : {});

/** Returns a copy of a block without the secrets that this schema knows. */
function withoutSecrets(raw: unknown, fields: Fields, table: WireTable): Record<string, unknown> {
  const block = copyOf(raw);
  for (const { key, meta } of leavesOf(fields)) {
    const entry = table[key];
    if (entry !== undefined && meta.kind === 'secret') delete block[nameInBlock(entry)];
  }
  return block;
}

/** Sets fields of a block in place and returns it. Null removes a field. */
function applyChanges(block: Record<string, unknown>, changes: Values): Record<string, unknown> {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) delete block[name];
    else block[name] = value;
  }
  return block;
}

/** Returns Trino's `server` when host or encryption change; empty when neither does. */
function changedServer({ config, mergedConfig }: Patch, stored: unknown): Values {
  const isEncrypted = valueAt(mergedConfig, 'tls.enabled') !== false;
  if (typeof config['host'] === 'string') return { server: serverOf(config['host'], isEncrypted) };
  return valueAt(config, 'tls.enabled') === undefined ? {} : { server: serverWithScheme(stored, isEncrypted) };
}

/**
 * Returns an attached database: the stored one of the same name and kind with the changes applied, or a new one.
 * @param attached the attached database as it would be saved.
 * @param written its block, which the table has written.
 */
function mergeAttached(
  { name, source }: Values,
  written: Values,
  storedList: readonly Record<string, unknown>[],
): Values {
  const [kind, values] = onlyEntry(source as Values) ?? ['', {}];
  const block = `${kind}Connection`;
  const hasName = (item: Values) => String(item['name']).toLowerCase() === String(name).toLowerCase();
  const stored = storedList.find((item) => hasName(item) && item['type'] === kind);
  if (!stored) return { name, type: kind, [block]: written };
  const fields = sourceFieldsOf(kind);
  const table = sourceBlocks[kind]?.fields ?? {};
  const reported = valueAt(readAttachment(stored), `source.${kind}`) as Values;
  const merged = withoutSecrets(stored[block], fields, table);
  for (const { key, meta } of leavesOf(fields)) {
    const entry = table[key];
    const isUnchanged = meta.kind !== 'secret' && (valueAt(values, key) ?? null) === (valueAt(reported, key) ?? null);
    if (entry !== undefined && !isUnchanged)
      applyChanges(merged, { [nameInBlock(entry)]: written[nameInBlock(entry)] ?? null });
  }
  return { ...withoutBlocks(structuredClone(stored)), name, type: kind, [block]: merged };
}

/**
 * Returns the block that an update sends.
 * @param written the changed fields of the block, which the table has written.
 * @param attachedBlocks for each attached database, the block that the table has written.
 * @param stored the block as Credible answered it just before.
 */
export function mergeBlock(patch: Patch, written: Values, attachedBlocks: readonly Values[], stored: unknown): Values {
  const { support, config } = patch;
  const block = applyChanges(withoutSecrets(stored, support.dialect.fields, support.fields), written);
  if (patch.current.dialect === 'trino') return applyChanges(block, changedServer(patch, block['server']));
  const attached = config['attached'] as readonly Values[] | undefined;
  if (!attached) return block;
  const storedList = Array.isArray(block['attachedDatabases']) ? block['attachedDatabases'].filter(isObject) : [];
  return {
    ...block,
    attachedDatabases: attached.map((item, index) => mergeAttached(item, attachedBlocks[index] ?? {}, storedList)),
  };
}
