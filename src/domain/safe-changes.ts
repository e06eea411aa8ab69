// The fields that can be changed without sending the stored secrets again, with the reasons, as the table of docs/secrets.md.
import { metaOf, type FieldMeta, type Fields } from '../fields/field-meta.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { wiresIn, type Vendor } from './vendor.ts';

interface Row {
  readonly field: string;
  readonly reason: string;
  readonly where: Set<string>;
}

/** Every unit of a definition, and every group that null takes away. */
const placesIn = (fields: Fields): (readonly [string, FieldMeta])[] => [
  ...unitsOf(fields).map(({ key, meta }) => [key, meta] as const),
  ...Object.entries(fields.shape).flatMap(([key, schema]) => {
    const meta = metaOf(schema);
    return meta.isRemovable ? [[`${key}: null`, meta] as const] : [];
  }),
];

function collect(vendors: readonly Vendor[]): Row[] {
  const rows = new Map<string, Row>();
  const add = (field: string, meta: FieldMeta, where: string) => {
    const reason = meta.safeToChange ?? meta.safeToTurnOn;
    if (reason === undefined) return;
    const name = meta.safeToChange === undefined ? `${field}: true` : field;
    const row = rows.get(`${name} ${reason}`) ?? { field: name, reason, where: new Set() };
    row.where.add(where);
    rows.set(`${name} ${reason}`, row);
  };
  for (const { kind, dialects, update } of vendors) {
    if (!update) continue;
    const isChangeable = (wires: readonly string[]) => wires.length > 0 && wires.every((wire) => update.changes(wire));
    for (const { dialect, fields, readOnly } of Object.values(dialects)) {
      // Where all settings are replaced at once, every change asks for the secrets.
      for (const [key, meta] of readOnly || update.replacesAll ? [] : placesIn(dialect.fields)) {
        if (isChangeable(wiresIn(fields, key))) add(`config.<dialect>.${key}`, meta, dialect.key);
      }
    }
    for (const [key, meta] of placesIn(update.options)) add(`options.${kind}.${key}`, meta, 'any');
  }
  return [...rows.values()].toSorted((one, other) => one.field.localeCompare(other.field));
}

const BEGIN = '<!-- begin: fields that are safe to change -->';
const END = '<!-- end: fields that are safe to change -->';

function tableOf(vendors: readonly Vendor[]): string {
  const lines = collect(vendors).map(
    ({ field, reason, where }) => `| \`${field}\` | ${[...where].toSorted().join(', ')} | ${reason} |`,
  );
  return ['<!-- prettier-ignore -->', '| field | dialects | why |', '| --- | --- | --- |', ...lines].join('\n');
}

/**
 * The page with the table as the definitions say it.
 * @param page Markdown with the two marks between which the table stands.
 */
export function withSafeChanges(page: string, vendors: readonly Vendor[]): string {
  const [before = '', after = ''] = [page.split(BEGIN)[0], page.split(END)[1]];
  return `${before}${BEGIN}\n\n${tableOf(vendors)}\n\n${END}${after}`;
}
