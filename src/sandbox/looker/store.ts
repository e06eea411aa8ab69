// What Looker stores of a create's body, and how it merges the partial body of an update into a connection. rules.ts refuses invalid
// bodies.
import { overrideFields, plainFields, secretFields } from './data.ts';
import type { Secrets, StoredConnection, StoredOverride } from './data.ts';
import { isObject, isText, isUnset, type Json, overridden } from './rules.ts';

const textOrNull = (value: unknown): string | null => (isText(value) ? value : null);

const secretsOf = (read: (key: string) => unknown): Secrets =>
  Object.fromEntries(secretFields.map((key) => [key, read(key)]).filter(([, value]) => !isUnset(value)));

function keepOverride(override: unknown): StoredOverride | undefined {
  if (!isObject(override)) return undefined;
  const fields = Object.fromEntries(overrideFields.map((key) => [key, textOrNull(overridden(override, key))]));
  const pdt_service_name = textOrNull(override['pdt_service_name']);
  return { fields: { ...fields, pdt_service_name }, secrets: secretsOf((key) => overridden(override, key)) };
}

/**
 * Returns the connection that Looker stores for a body.
 * @param fixed the parts that a body cannot set.
 */
export function keep(body: Json, fixed: Pick<StoredConnection, 'upkeep' | 'snippets'>): StoredConnection {
  const sent = Object.entries(plainFields).map(([key, { unset }]) => [key, body[key] ?? unset]);
  // With personal credentials, Looker drops the shared user name and password, also those of the same request.
  const isPersonal = body['user_db_credentials'] === true;
  const { password, ...otherSecrets } = secretsOf((key) => body[key]);
  const override = keepOverride(body['pdt_context_override']);
  return {
    ...fixed,
    name: String(body['name']).toLowerCase(),
    dialectName: String(body['dialect_name']),
    fields: { ...Object.fromEntries(sent), ...(isPersonal && { username: null }) },
    secrets: { ...otherSecrets, ...(password !== undefined && !isPersonal && { password }) },
    ...(override && { override }),
  };
}

/** Merges an override key by key. Null keeps it: only a DELETE of the override is documented to remove it. */
function mergedOverride(stored: StoredOverride | undefined, sent: unknown): unknown {
  const before: Json = stored === undefined ? {} : { context: 'pdt', ...stored.fields, ...stored.secrets };
  if (sent === undefined || sent === null) return stored && before;
  if (!isObject(sent)) return sent;
  const isSent = (key: string): boolean => Object.hasOwn(sent, key) || Object.hasOwn(sent, `pdt_${key}`);
  return { ...Object.fromEntries(Object.entries(before).filter(([key]) => !isSent(key))), ...sent };
}

/** Returns the whole body of a connection after a partial update. */
export const merged = ({ name, dialectName, fields, secrets, override }: StoredConnection, sent: Json): Json => ({
  name,
  dialect_name: dialectName,
  ...fields,
  ...secrets,
  ...sent,
  pdt_context_override: mergedOverride(override, sent['pdt_context_override']),
});

/** Returns the stored secrets by their names in a body. Secrets of the override have the prefix `pdt_`. */
export const secretsIn = ({ secrets, override }: StoredConnection): Json => ({
  ...secrets,
  ...Object.fromEntries(Object.entries(override?.secrets ?? {}).map(([key, value]) => [`pdt_${key}`, value])),
});
