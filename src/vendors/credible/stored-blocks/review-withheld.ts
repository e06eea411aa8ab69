// Reviews an update against the stored block. Credible replaces the whole block, so a part that cannot be sent back would be lost.
// A part that is sent back but not reported may be a secret, so it must not follow the connection to another server.
import type { Patch, Warning, Withheld } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { leavesOf, leavesWithItems } from '../../../fields/walk-fields.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import type { Fields } from '../../../fields/field-meta.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { sourceFieldsOf } from '../blocks/block-fields.ts';

const IN_CREDIBLE = 'change the connection in Credible itself.';
const wouldBeLost = (name: string): string =>
  `Credible replaces these settings as a whole and returns no secrets. \`${name}\` is or may be a secret, and this schema has no field for it: ${IN_CREDIBLE}`;
const MASKED =
  'Credible shows a mask in place of the stored value, and an update would store the mask: provide the value again.';
const HAS_PATH = `The server that Credible stores has a path, for which this schema has no field: ${IN_CREDIBLE}`;
const NOT_REPORTED = `Credible stores more here than a read reports. It may be a secret, which must not follow the connection to another server: ${IN_CREDIBLE}`;

/** Checks whether the update sets or clears the field. */
type Changes = (key: FieldKey) => boolean;

/** Checks whether a field changes that may redirect the connection. */
const isRedirected = (fields: Fields, changes: Changes): boolean =>
  leavesOf(fields).some(({ key, meta }) => meta.kind !== 'secret' && meta.safeToChange === undefined && changes(key));

/**
 * Returns why an update is refused because of a part that is not reported; null when it is not.
 * @param isChanged whether the update sets or clears that part.
 */
function problemOf({ name, why }: Withheld, isChanged: boolean, redirects: () => boolean): string | null {
  if (why === 'SECRET') return wouldBeLost(name);
  if (why === 'MASKED') return isChanged ? null : MASKED;
  if (why === 'PATH') return isChanged ? HAS_PATH : null;
  return why === 'REST' && !isChanged && redirects() ? NOT_REPORTED : null;
}

const codeOf = ({ why }: Withheld) => (why === 'MASKED' ? 'REQUIRED' : 'NOT_ALLOWED');

/** Returns a stored attached database, and the provided one of the same name with its index; null when none is provided. */
function matchAttached({ current, config }: Patch, storedIndex: number) {
  const stored = valueAt(current.config, `attached.${storedIndex}`) as Values | undefined;
  const name = String(stored?.['name']).toLowerCase();
  const attached = (config['attached'] ?? []) as readonly Values[];
  const index = attached.findIndex((item) => String(item['name']).toLowerCase() === name);
  return index < 0 ? null : { stored, index, provided: attached[index] as Values };
}

/**
 * Returns the issue of a part of an attached database. There is none when the update removes that database or changes its kind.
 */
function reviewAttachedPart(patch: Patch, withheld: Withheld): ValidationIssue[] {
  const [, storedIndex = '', source, kind = '', ...key] = withheld.key.split('.');
  const list = configPath(patch.current.dialect, 'attached');
  // A caller cannot provide a kind that this schema does not know, so leaving it out does not mean to remove it.
  if (source === undefined) return [issue(list, 'NOT_ALLOWED', wouldBeLost(withheld.name))];
  const item = matchAttached(patch, Number(storedIndex));
  const provided = item && (valueAt(item.provided, `source.${kind}`) as Values | undefined);
  if (!item || !provided) return [];
  const stored = (valueAt(item.stored ?? {}, `source.${kind}`) ?? {}) as Values;
  const changes: Changes = (field) => (valueAt(provided, field) ?? null) !== (valueAt(stored, field) ?? null);
  const isChanged = key.length > 0 && changes(key.join('.'));
  const problem = problemOf(withheld, isChanged, () => isRedirected(sourceFieldsOf(kind), changes));
  const path = [...list, String(item.index), 'source', kind, ...key];
  return problem === null ? [] : [issue(path, codeOf(withheld), problem)];
}

/** Credible stores Trino's host and encryption in one value. When that cannot be read, one half cannot be changed alone. */
function reviewTrinoServer({ current, config, mergedConfig }: Patch): ValidationIssue[] {
  if (current.dialect !== 'trino' || valueAt(config, 'tls.enabled') === undefined || mergedConfig['host']) return [];
  const message = 'Credible stores this and the host as one value, which cannot be read: provide `host` as well.';
  return [issue(configPath('trino', 'host'), 'REQUIRED', message)];
}

/** Returns the issues of an update that follow from the stored block. */
export function reviewChange(patch: Patch): ValidationIssue[] {
  const { current, support, config } = patch;
  const changes: Changes = (key) => valueAt(config, key) !== undefined;
  const issues = (current.withheld ?? []).flatMap((withheld) => {
    if (withheld.key.startsWith('attached.')) return reviewAttachedPart(patch, withheld);
    const isChanged = changes(withheld.key);
    const problem = problemOf(withheld, isChanged, () => isRedirected(support.dialect.fields, changes));
    const path = ['input', 'config', current.dialect, ...(withheld.key === '' ? [] : withheld.key.split('.'))];
    return problem === null ? [] : [issue(path, codeOf(withheld), problem)];
  });
  return [...issues, ...reviewTrinoServer(patch)];
}

const WAS_REPLACED = 'Credible stored more here than a read reports. The provided value replaced all of it.';
const wasSentBack = (name: string): string =>
  `\`${name}\`, for which this schema has no field, was sent back as Credible reported it. If it contains a secret, which reads leave out, set that secret in Credible again.`;

/** Returns the input path of a part that is not reported; null when it belongs to an attached database that is removed. */
function inputPath(patch: Patch, { key }: Withheld): string[] | null {
  const path = ['input', 'config', patch.current.dialect];
  if (key === '') return path;
  const [list = '', storedIndex = '', ...rest] = key.split('.');
  if (!/^\d+$/.test(storedIndex)) return [...path, ...key.split('.')];
  const item = matchAttached(patch, Number(storedIndex));
  return item && [...path, list, String(item.index), ...rest];
}

/** Returns the warnings of an update: parts of the stored block that it lost or may have lost. */
export function warningsForUpdate(patch: Patch): Warning[] {
  const { current, support, config } = patch;
  // When Credible returns the values of secrets, a read has left out none.
  const returnsSecrets = leavesWithItems(support.dialect.fields, current.config).some(
    ({ key, meta }) => meta.kind === 'secret' && valueAt(current.config, key) === 'SET',
  );
  return (current.withheld ?? []).flatMap((part): Warning[] => {
    const path = inputPath(patch, part);
    if (!path) return [];
    if (part.why === 'GROUP' && !returnsSecrets)
      return [{ path, code: 'SECRET_MAY_BE_LOST', message: wasSentBack(part.name) }];
    const isReplaced = part.key === '' || valueAt(config, part.key) !== undefined;
    const isLost = (part.why === 'REST' || part.why === 'UNREADABLE') && isReplaced;
    return isLost ? [{ path, code: 'FIELD_LEFT_OUT', message: WAS_REPLACED }] : [];
  });
}
