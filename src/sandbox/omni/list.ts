// The filters and the sorting of Omni's list of connections.
import { dialects, type OmniConnection, readOnlyDialects } from './data.ts';
import { badRequest, fail, unrecognized } from './rules.ts';
import type { SandboxResponse } from '../server.ts';

const choices: Readonly<Record<string, readonly string[]>> = {
  sortField: ['database', 'dialect', 'name'],
  sortDirection: ['asc', 'desc'],
  includeDeleted: ['true', 'false'],
};
const queryKeys = new Set([...Object.keys(choices), 'name', 'database', 'dialect']);

const wantedDialects = (query: URLSearchParams): readonly string[] =>
  (query.get('dialect') ?? '')
    .split(',')
    .map((dialect) => dialect.trim())
    .filter((dialect) => dialect !== '');

export function refusalOfQuery(query: URLSearchParams): SandboxResponse | undefined {
  const unknownKeys = [...new Set(query.keys())].filter((key) => !queryKeys.has(key));
  if (unknownKeys.length > 0) return badRequest(unrecognized(unknownKeys));
  for (const [key, allowed] of Object.entries(choices)) {
    const value = query.get(key);
    if (value === null || allowed.includes(value)) continue;
    const expected = allowed.map((choice) => `'${choice}'`).join(' | ');
    return badRequest(`${key}: Invalid enum value. Expected ${expected}, received '${value}'`);
  }
  const unknown = wantedDialects(query).filter(
    (dialect) => !Object.hasOwn(dialects, dialect) && !readOnlyDialects.includes(dialect),
  );
  return unknown.length > 0 ? fail(400, `Invalid dialect(s): ${unknown.join(', ')}`) : undefined;
}

const holds = (value: string | null, part: string | null): boolean =>
  part === null || (value ?? '').toLowerCase().includes(part.toLowerCase());

/** Sorts by one field, ignoring case, with empty values last. Without a field the order of creation stays. */
function sorted(found: readonly OmniConnection[], query: URLSearchParams): readonly OmniConnection[] {
  const field = query.get('sortField');
  if (field !== 'database' && field !== 'dialect' && field !== 'name') return found;
  const key = (connection: OmniConnection): string => (connection[field] ?? '\uffff').toLowerCase();
  const ascending = found.toSorted((a, b) => Number(key(a) > key(b)) - Number(key(a) < key(b)));
  return query.get('sortDirection') === 'desc' ? ascending.toReversed() : ascending;
}

export function select(all: readonly OmniConnection[], query: URLSearchParams): readonly OmniConnection[] {
  const wanted = wantedDialects(query);
  const found = all.filter(
    ({ name, database, dialect, deletedAt }) =>
      (deletedAt === null || query.get('includeDeleted') === 'true') &&
      holds(name, query.get('name')) &&
      holds(database, query.get('database')) &&
      (wanted.length === 0 || wanted.includes(dialect)),
  );
  return sorted(found, query);
}
