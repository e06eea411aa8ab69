// The block of a change: what Credible tells of it now, with the changes laid over it. What does not change goes back exactly as
// it was told, also where this schema cannot read it or has no field for it; secrets go back only when they were given.
import type { Patch } from '../../domain/connection.ts';
import type { Fields } from '../../fields/field-meta.ts';
import { onlyEntry, valueAt, type Values } from '../../fields/values.ts';
import { leavesOf } from '../../fields/walk-fields.ts';
import type { WireTable } from '../../domain/vendor.ts';
import { isObject } from '../wire-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { readAttachment } from './from-wire.ts';
import { serverByScheme, serverOf } from './server.ts';
import { nameInBlock, withoutBlocks } from './withheld.ts';

const copyOf = (raw: unknown): Record<string, unknown> => (isObject(raw) ? structuredClone(raw) : {});

/** A block without the secrets that this schema knows. */
function withoutSecrets(raw: unknown, fields: Fields, table: WireTable): Record<string, unknown> {
  const block = copyOf(raw);
  for (const { key, meta } of leavesOf(fields)) {
    const entry = table[key];
    if (entry !== undefined && meta.kind === 'secret') delete block[nameInBlock(entry)];
  }
  return block;
}

/** Null takes a field out. */
function put(block: Record<string, unknown>, changes: Values): Record<string, unknown> {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined) delete block[name];
    else block[name] = value;
  }
  return block;
}

/** Both of its parts are in one value; what changes of neither is left as it is told. */
function changedServer({ config, whole }: Patch, raw: unknown): Values {
  const isEncrypted = valueAt(whole, 'tls.enabled') !== false;
  if (typeof config['host'] === 'string') return { server: serverOf(config['host'], isEncrypted) };
  return valueAt(config, 'tls.enabled') === undefined ? {} : { server: serverByScheme(raw, isEncrypted) };
}

type Item = readonly [item: Values, written: Values];

/** An item of the list over the one of its name and kind that is there. */
function overItem([{ name, source }, written]: Item, list: readonly Record<string, unknown>[]): Values {
  const [kind, values] = onlyEntry(source as Values) ?? ['', {}];
  const block = `${kind}Connection`;
  const isSame = (one: Values) => String(one['name']).toLowerCase() === String(name).toLowerCase();
  const stored = list.find((one) => isSame(one) && one['type'] === kind);
  if (!stored) return { name, type: kind, [block]: written };
  const fields = sourceFieldsOf(kind);
  const table = sourceBlocks[kind]?.fields ?? {};
  const told = valueAt(readAttachment(stored), `source.${kind}`) as Values;
  const after = withoutSecrets(stored[block], fields, table);
  for (const { key, meta } of leavesOf(fields)) {
    const entry = table[key];
    const isKept = meta.kind !== 'secret' && (valueAt(values, key) ?? null) === (valueAt(told, key) ?? null);
    if (entry !== undefined && !isKept) put(after, { [nameInBlock(entry)]: written[nameInBlock(entry)] ?? null });
  }
  return { ...withoutBlocks(structuredClone(stored)), name, type: kind, [block]: after };
}

/**
 * @param written the changes as Credible has them: a block by its fields, of a list one block for each item.
 * @param raw the block as it is told now.
 */
export function overlay(patch: Patch, written: Values, items: readonly Values[], raw: unknown): Values {
  const { support, config } = patch;
  const block = put(withoutSecrets(raw, support.dialect.fields, support.fields), written);
  if (patch.current.dialect === 'trino') return put(block, changedServer(patch, block['server']));
  const attached = config['attached'] as readonly Values[] | undefined;
  if (!attached) return block;
  const list = Array.isArray(block['attachedDatabases']) ? block['attachedDatabases'].filter(isObject) : [];
  return { ...block, attachedDatabases: attached.map((item, at) => overItem([item, items[at] ?? {}], list)) };
}
