// What stands against a change because of what Credible holds now. It puts a block that is sent in place of the whole one: what
// cannot be sent back would be lost, and what is sent back unseen must not follow the connection to another place.
import type { Patch, Warning, Withheld } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Fields } from '../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../fields/values.ts';
import { leavesOf, leavesWithItems } from '../../fields/walk-fields.ts';
import { configPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { sourceFieldsOf } from './blocks.ts';

const ELSEWHERE = 'change the connection in Credible itself.';
const replaces = (name: string): string =>
  `Credible replaces all of this at once and gives no secret back, and this schema has no field for \`${name}\`, which is or may be one: ${ELSEWHERE}`;
const MASKED = 'Credible shows a mask in place of what it holds here, and would store that: give the value again.';
const HAS_PATH = `The server that Credible holds has a path, for which this schema has no field: ${ELSEWHERE}`;
const UNSEEN = `Credible holds more here than is told, and it may be a secret, which must not follow the connection to another place: ${ELSEWHERE}`;

/** Whether the change gives the field another value, or takes it away. */
type Changes = (key: FieldKey) => boolean;

/** Whether a plain field changes that may lead the connection elsewhere. */
const leadsElsewhere = (fields: Fields, changes: Changes): boolean =>
  leavesOf(fields).some(({ key, meta }) => meta.kind !== 'secret' && meta.safeToChange === undefined && changes(key));

/** Why a field of a block, or the block, cannot be changed; null where it can. */
function problemOf({ name, why }: Withheld, isChanged: boolean, leads: () => boolean): string | null {
  if (why === 'SECRET') return replaces(name);
  if (why === 'MASKED') return isChanged ? null : MASKED;
  if (why === 'PATH') return isChanged ? HAS_PATH : null;
  return why === 'REST' && !isChanged && leads() ? UNSEEN : null;
}

const codeOf = ({ why }: Withheld) => (why === 'MASKED' ? 'REQUIRED' : 'NOT_ALLOWED');

/** An item of the list as it was, and where it stands in the list that is given; null when it is not there any more. */
function itemOf({ current, config }: Patch, at: number) {
  const told = valueAt(current.config, `attached.${at}`) as Values | undefined;
  const name = String(told?.['name']).toLowerCase();
  const given = (config['attached'] ?? []) as readonly Values[];
  const place = given.findIndex((one) => String(one['name']).toLowerCase() === name);
  return place < 0 ? null : { told, place, given: given[place] as Values };
}

/** Of what stands in an item of the list: an item that is not given again is taken away on purpose, or is another kind now. */
function inItem(patch: Patch, withheld: Withheld): ValidationIssue[] {
  const [, at = '', source, kind = '', ...key] = withheld.place.split('.');
  const list = configPath(patch.current.dialect, 'attached');
  // A kind that this schema does not know cannot be given, so leaving it out says nothing.
  if (source === undefined) return [issue(list, 'NOT_ALLOWED', replaces(withheld.name))];
  const item = itemOf(patch, Number(at));
  const given = item && (valueAt(item.given, `source.${kind}`) as Values | undefined);
  if (!item || !given) return [];
  const before = (valueAt(item.told ?? {}, `source.${kind}`) ?? {}) as Values;
  const changes: Changes = (one) => (valueAt(given, one) ?? null) !== (valueAt(before, one) ?? null);
  const isChanged = key.length > 0 && changes(key.join('.'));
  const problem = problemOf(withheld, isChanged, () => leadsElsewhere(sourceFieldsOf(kind), changes));
  const path = [...list, String(item.place), 'source', kind, ...key];
  return problem === null ? [] : [issue(path, codeOf(withheld), problem)];
}

/** Trino's host and encryption are one value at Credible: one that cannot be read cannot be changed in part. */
function serverInPart({ current, config, whole }: Patch): ValidationIssue[] {
  if (current.dialect !== 'trino' || valueAt(config, 'tls.enabled') === undefined || whole['host']) return [];
  const message = 'Credible keeps this and the host as one value, which cannot be read: give `host` as well.';
  return [issue(configPath('trino', 'host'), 'REQUIRED', message)];
}

export function reviewChange(patch: Patch): ValidationIssue[] {
  const { current, support, config } = patch;
  const changes: Changes = (key) => valueAt(config, key) !== undefined;
  const issues = (current.withheld ?? []).flatMap((withheld) => {
    if (withheld.place.startsWith('attached.')) return inItem(patch, withheld);
    const isChanged = changes(withheld.place);
    const problem = problemOf(withheld, isChanged, () => leadsElsewhere(support.dialect.fields, changes));
    const path = ['input', 'config', current.dialect, ...(withheld.place === '' ? [] : withheld.place.split('.'))];
    return problem === null ? [] : [issue(path, codeOf(withheld), problem)];
  });
  return [...issues, ...serverInPart(patch)];
}

const REPLACED = 'Credible held more here than could be told; what was given took the place of all of it.';
const sentBack = (name: string): string =>
  `\`${name}\`, for which this schema has no field, was sent back as Credible told it. If it has a secret, which reads leave out, set that in Credible again.`;

/** Where in the change it is; null for an item of a list that is taken away. */
function pathIn(patch: Patch, { place }: Withheld): string[] | null {
  const path = ['input', 'config', patch.current.dialect];
  if (place === '') return path;
  const [list = '', at = '', ...rest] = place.split('.');
  if (at === '' || !/^\d+$/.test(at)) return [...path, ...place.split('.')];
  const item = itemOf(patch, Number(at));
  return item && [...path, list, String(item.place), ...rest];
}

/** What a change does not keep of what Credible held, and what it may not have kept. */
export function warningsForUpdate(patch: Patch): Warning[] {
  const { current, support, config } = patch;
  // Where secrets are echoed, one that is not there is not left out.
  const isEchoed = leavesWithItems(support.dialect.fields, current.config).some(
    ({ key, meta }) => meta.kind === 'secret' && valueAt(current.config, key) === 'SET',
  );
  return (current.withheld ?? []).flatMap((one): Warning[] => {
    const path = pathIn(patch, one);
    if (!path) return [];
    if (one.why === 'GROUP' && !isEchoed) return [{ path, code: 'SECRET_MAY_BE_LOST', message: sentBack(one.name) }];
    const isReplaced = one.place === '' || valueAt(config, one.place) !== undefined;
    const isLost = (one.why === 'REST' || one.why === 'UNREADABLE') && isReplaced;
    return isLost ? [{ path, code: 'FIELD_LEFT_OUT', message: REPLACED }] : [];
  });
}
