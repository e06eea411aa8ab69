// Writes the table of docs/secrets.md: the fields that can be changed without sending the stored secrets again, with the reasons.
import { configPlaces, updateOptionPlaces, type FieldPlace, type SidePlaces } from '../domain/field-places.ts';
import type { Vendor } from '../domain/vendor.ts';

interface Row {
  readonly field: string;
  readonly reason: string;
  /** Keys of the dialects in which the field is safe to change. */
  readonly dialects: Set<string>;
}

/** A field, or the removal of a group, that may be safe to change. */
interface Change {
  readonly place: FieldPlace;
  readonly name: string;
}

const changesOf = ({ units, removableGroups }: SidePlaces, start: string): Change[] => [
  ...units.map((place) => ({ place, name: `${start}.${place.key}` })),
  ...removableGroups.map((place) => ({ place, name: `${start}.${place.key}: null` })),
];

/** Returns the changes that a vendor allows, each with the dialect in which it does. */
function allowedChanges(vendor: Vendor): (Change & { readonly dialect: string })[] {
  const { kind, dialects, update } = vendor;
  if (!update) return [];
  // A vendor that replaces all settings at once needs the secrets with every change.
  const changeable = Object.values(dialects).filter(({ readOnly }) => !readOnly && !update.replacesAll);
  const inConfig = changeable.flatMap((support) =>
    changesOf(configPlaces(support), 'config.<dialect>')
      .filter(({ place: { wireNames } }) => wireNames.length > 0 && wireNames.every((wire) => update.canChange(wire)))
      .map((change) => ({ ...change, dialect: support.dialect.key })),
  );
  const inOptions = changesOf(updateOptionPlaces(vendor), `options.${kind}`);
  return [...inConfig, ...inOptions.map((change) => ({ ...change, dialect: 'any' }))];
}

function rowsOf(vendors: readonly Vendor[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { place, name, dialect } of vendors.flatMap(allowedChanges)) {
    const { safeToChange, safeToTurnOn } = place.meta;
    const reason = safeToChange ?? safeToTurnOn;
    if (reason === undefined) continue;
    const field = safeToChange === undefined ? `${name}: true` : name;
    const row = rows.get(`${field} ${reason}`) ?? { field, reason, dialects: new Set() };
    row.dialects.add(dialect);
    rows.set(`${field} ${reason}`, row);
  }
  return [...rows.values()].toSorted((first, second) => first.field.localeCompare(second.field));
}

const TABLE_BEGIN = '<!-- begin: fields that are safe to change -->';
const TABLE_END = '<!-- end: fields that are safe to change -->';

function tableOf(vendors: readonly Vendor[]): string {
  const lines = rowsOf(vendors).map(
    ({ field, reason, dialects }) => `| \`${field}\` | ${[...dialects].toSorted().join(', ')} | ${reason} |`,
  );
  return ['<!-- prettier-ignore -->', '| field | dialects | why |', '| --- | --- | --- |', ...lines].join('\n');
}

/**
 * Returns the page with a new table.
 * @param page Markdown with two comments, between which the table is written.
 */
export function withSafeChanges(page: string, vendors: readonly Vendor[]): string {
  const [before = '', after = ''] = [page.split(TABLE_BEGIN)[0], page.split(TABLE_END)[1]];
  return `${before}${TABLE_BEGIN}\n\n${tableOf(vendors)}\n\n${TABLE_END}${after}`;
}
