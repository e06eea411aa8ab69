// Finds the parts of a stored block that a read does not report. Credible replaces a block as a whole, so an update must send these
// parts back or must be refused.
import type { Withheld } from '../../../domain/connection.ts';
import { leavesOf } from '../../../fields/walk-fields.ts';
import { metaOf, type Fields, type FieldSchema } from '../../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { bareHost } from '../../../formats/host.ts';
import { wireFieldOf, type DialectSupport, type WireTable } from '../../../domain/dialect-support.ts';
import { isObject, textOf } from '../../read-values.ts';
import { sourceBlocks, sourceFieldsOf } from '../blocks/block-fields.ts';
import { isMask, secretsIn } from './secrets-in-unknown-fields.ts';
import { restOfServer } from '../trino/trino-server.ts';

/** A stored block, and the part of it that is reported. */
interface Block {
  /** The key of the group in `config` that has the block's fields; '' for the config itself. */
  readonly groupKey: FieldKey;
  readonly fields: Fields;
  readonly table: WireTable;
  /** The block as Credible answered it. */
  readonly raw: Values;
  /** The values that were read from it. */
  readonly reported: Values;
}

const keyIn = (groupKey: FieldKey, key: FieldKey): FieldKey => (groupKey === '' ? key : `${groupKey}.${key}`);

/** Returns the wire name of a field inside its block. */
export const nameInBlock = (entry: WireTable[string]): string => wireFieldOf(entry).wire.split('.').slice(1).join('.');

/** Returns what a field contains that this schema does not know. */
const unknownField = (groupKey: FieldKey, name: string, value: unknown): Withheld[] => {
  const secrets = secretsIn(name, value).map((path): Withheld => ({ key: groupKey, name: path, why: 'SECRET' }));
  return secrets.length > 0 ? secrets : [{ key: groupKey, name, why: isObject(value) ? 'GROUP' : 'UNKNOWN' }];
};

/** Returns why a text is not reported whole; null when it is. */
function whyPartial(schema: FieldSchema, name: string, raw: string, reported: unknown): Withheld['why'] | null {
  const { isHost } = metaOf(schema);
  if (reported === null || reported === undefined) return isHost ? 'UNREADABLE' : 'REST';
  if (name === 'server') return restOfServer(raw);
  const isWhole = isHost ? bareHost(textOf(reported)) === bareHost(raw) : reported === raw;
  return isWhole ? null : 'REST';
}

function knownField({ groupKey, fields, reported }: Block, key: FieldKey, name: string, raw: unknown): Withheld[] {
  const leaf = leavesOf(fields).find((field) => field.key === key);
  if (!leaf || leaf.meta.kind === 'secret' || leaf.meta.kind === 'list') return [];
  if (isMask(raw)) return [{ key: keyIn(groupKey, key), name, why: 'MASKED' }];
  if (leaf.meta.kind !== 'text' || textOf(raw) === '') return [];
  const why = whyPartial(leaf.schema, name, textOf(raw), valueAt(reported, key));
  return why === null ? [] : [{ key: keyIn(groupKey, key), name, why }];
}

/** Returns the parts of a block that are not reported. */
function withheldInBlock(block: Block): Withheld[] {
  const { groupKey, table, raw } = block;
  const keys = new Map(
    Object.entries(table)
      .map(([key, entry]) => [nameInBlock(entry), key] as const)
      .toReversed(),
  );
  return Object.entries(raw).flatMap(([name, value]) => {
    const key = keys.get(name);
    return key === undefined ? unknownField(groupKey, name, value) : knownField(block, key, name, value);
  });
}

/** Wire names of the blocks of all kinds. Credible uses only the block of the item's own kind. */
const ITEM_BLOCKS: readonly string[] = Object.keys(sourceBlocks).map((kind) => `${kind}Connection`);
const KNOWN_NAMES: ReadonlySet<string> = new Set(['name', 'type', 'attributes', ...ITEM_BLOCKS]);

/** Returns an attached database without its blocks. */
export const withoutBlocks = (item: Values): Values =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !ITEM_BLOCKS.includes(name)));

/** Returns the parts of an attached database that are not reported. */
function withheldInItem(raw: Values, reported: Values, index: number): Withheld[] {
  const groupKey = `attached.${index}`;
  const kind = textOf(raw['type']);
  const support = Object.hasOwn(sourceBlocks, kind) ? sourceBlocks[kind] : undefined;
  if (!support) return [{ key: groupKey, name: `attachedDatabases.${index}`, why: 'SECRET' }];
  if (typeof reported['name'] !== 'string') {
    return [{ key: 'attached', name: `attachedDatabases.${index}.name`, why: 'UNREADABLE' }];
  }
  const block = raw[`${kind}Connection`];
  const source = `${groupKey}.source.${kind}`;
  const unknown = Object.entries(raw).filter(([name]) => !KNOWN_NAMES.has(name));
  return [
    ...unknown.flatMap(([name, value]) => unknownField(source, name, value)),
    ...(isObject(block)
      ? withheldInBlock({
          groupKey: source,
          fields: sourceFieldsOf(kind),
          table: support.fields,
          raw: block,
          reported: (valueAt(reported, `source.${kind}`) ?? {}) as Values,
        })
      : []),
  ];
}

function withheldInList(raw: unknown, reported: unknown): Withheld[] {
  if (!Array.isArray(raw)) {
    const isAbsent = raw === undefined || raw === null;
    return isAbsent ? [] : [{ key: 'attached', name: 'attachedDatabases', why: 'UNREADABLE' }];
  }
  const items = raw.filter(isObject);
  const hasUnreadable = items.length < raw.length;
  return [
    ...(hasUnreadable ? [{ key: 'attached', name: 'attachedDatabases', why: 'UNREADABLE' } as const] : []),
    ...items.flatMap((item, index) => withheldInItem(item, (reported as readonly Values[])[index] ?? {}, index)),
  ];
}

/**
 * Returns the parts of a connection's block that a read does not report.
 * @param wire the connection as Credible answered it.
 * @param reported the config that was read from it.
 */
export function withheldIn(
  { dialect, vendorDialect, fields }: DialectSupport,
  wire: Values,
  reported: Values,
): Withheld[] {
  const block = wire[`${vendorDialect}Connection`];
  if (block === undefined || block === null) return [];
  if (!isObject(block)) return [{ key: '', name: `${vendorDialect}Connection`, why: 'UNREADABLE' }];
  return [
    ...withheldInBlock({ groupKey: '', fields: dialect.fields, table: fields, raw: block, reported }),
    ...('attached' in fields ? withheldInList(block['attachedDatabases'], reported['attached']) : []),
  ];
}
