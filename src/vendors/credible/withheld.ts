// What Credible holds beside what this schema tells of a connection: it replaces a block as a whole, so a change must send all
// of it back, or must be refused.
import type { Withheld } from '../../domain/connection.ts';
import { metaOf, type Fields, type FieldSchema } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { leavesOf } from '../../fields/walk-fields.ts';
import { bareHost } from '../../formats/host.ts';
import { wireFieldOf, type DialectSupport, type WireTable } from '../../domain/vendor.ts';
import { isObject, textOf } from '../wire-fields.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { isMask, secretsIn } from './foreign.ts';
import { restOfServer } from './server.ts';

/** A block as Credible tells it, with what is read of it. */
interface Block {
  /** What stands before its fields in `config`; '' at the top. */
  readonly place: FieldKey;
  readonly fields: Fields;
  readonly table: WireTable;
  readonly raw: Values;
  readonly told: Values;
}

const within = (place: FieldKey, key: FieldKey): FieldKey => (place === '' ? key : `${place}.${key}`);

/** The name that a field has inside its block. */
export const nameInBlock = (entry: WireTable[string]): string => wireFieldOf(entry).wire.split('.').slice(1).join('.');

const unknownFields = (place: FieldKey, name: string, value: unknown): Withheld[] => {
  const secrets = secretsIn(name, value).map((one): Withheld => ({ place, name: one, why: 'SECRET' }));
  return secrets.length > 0 ? secrets : [{ place, name, why: isObject(value) ? 'GROUP' : 'UNKNOWN' }];
};

/** What a text holds beside what is told of it. */
function restOf(schema: FieldSchema, name: string, raw: string, told: unknown): Withheld['why'] | null {
  const { isHost } = metaOf(schema);
  if (told === null || told === undefined) return isHost ? 'UNREADABLE' : 'REST';
  if (name === 'server') return restOfServer(raw);
  const isWhole = isHost ? bareHost(textOf(told)) === bareHost(raw) : told === raw;
  return isWhole ? null : 'REST';
}

function knownField({ place, fields, told }: Block, key: FieldKey, name: string, raw: unknown): Withheld[] {
  const leaf = leavesOf(fields).find((one) => one.key === key);
  if (!leaf || leaf.meta.kind === 'secret' || leaf.meta.kind === 'list') return [];
  if (isMask(raw)) return [{ place: within(place, key), name, why: 'MASKED' }];
  if (leaf.meta.kind !== 'text' || textOf(raw) === '') return [];
  const why = restOf(leaf.schema, name, textOf(raw), valueAt(told, key));
  return why === null ? [] : [{ place: within(place, key), name, why }];
}

function withheldInBlock(block: Block): Withheld[] {
  const { place, table, raw } = block;
  const keys = new Map(
    Object.entries(table)
      .map(([key, entry]) => [nameInBlock(entry), key] as const)
      .toReversed(),
  );
  return Object.entries(raw).flatMap(([name, value]) => {
    const key = keys.get(name);
    return key === undefined ? unknownFields(place, name, value) : knownField(block, key, name, value);
  });
}

/** The blocks of all kinds. Credible uses that of the item's kind and does nothing with another. */
const ITEM_BLOCKS: readonly string[] = Object.keys(sourceBlocks).map((kind) => `${kind}Connection`);
const KNOWN_IN_ITEM: ReadonlySet<string> = new Set(['name', 'type', 'attributes', ...ITEM_BLOCKS]);

/** An item without the blocks of its kinds. */
export const withoutBlocks = (item: Values): Values =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !ITEM_BLOCKS.includes(name)));

/** An item of the list, and what stands in it beside its name, its kind and the block of that kind. */
function withheldInItem(raw: Values, told: Values, at: number): Withheld[] {
  const place = `attached.${at}`;
  const kind = textOf(raw['type']);
  const support = Object.hasOwn(sourceBlocks, kind) ? sourceBlocks[kind] : undefined;
  if (!support) return [{ place, name: `attachedDatabases.${at}`, why: 'SECRET' }];
  if (typeof told['name'] !== 'string') {
    return [{ place: 'attached', name: `attachedDatabases.${at}.name`, why: 'UNREADABLE' }];
  }
  const block = raw[`${kind}Connection`];
  const source = `${place}.source.${kind}`;
  const foreign = Object.entries(raw).filter(([name]) => !KNOWN_IN_ITEM.has(name));
  return [
    ...foreign.flatMap(([name, value]) => unknownFields(source, name, value)),
    ...(isObject(block)
      ? withheldInBlock({
          place: source,
          fields: sourceFieldsOf(kind),
          table: support.fields,
          raw: block,
          told: (valueAt(told, `source.${kind}`) ?? {}) as Values,
        })
      : []),
  ];
}

function withheldInList(raw: unknown, told: unknown): Withheld[] {
  if (!Array.isArray(raw)) {
    const isNothing = raw === undefined || raw === null;
    return isNothing ? [] : [{ place: 'attached', name: 'attachedDatabases', why: 'UNREADABLE' }];
  }
  const items = raw.filter(isObject);
  const isPart = items.length < raw.length;
  return [
    ...(isPart ? [{ place: 'attached', name: 'attachedDatabases', why: 'UNREADABLE' } as const] : []),
    ...items.flatMap((item, at) => withheldInItem(item, (told as readonly Values[])[at] ?? {}, at)),
  ];
}

/** What stands in a connection's block beside what is told of it. */
export function withheldIn({ dialect, word, fields }: DialectSupport, wire: Values, told: Values): Withheld[] {
  const block = wire[`${word}Connection`];
  if (block === undefined || block === null) return [];
  if (!isObject(block)) return [{ place: '', name: `${word}Connection`, why: 'UNREADABLE' }];
  return [
    ...withheldInBlock({ place: '', fields: dialect.fields, table: fields, raw: block, told }),
    ...('attached' in fields ? withheldInList(block['attachedDatabases'], told['attached']) : []),
  ];
}
