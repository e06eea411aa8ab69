// The update (PATCH) of an Omni connection: its four fields and their effect, from the vendor's documents.
import { isDeepStrictEqual } from 'node:util';
import type { OmniConnection } from './data.ts';
import {
  isMissing,
  isObject,
  isServiceAccountKey,
  isText,
  type Json,
  required,
  typeName,
  unrecognized,
} from './rules.ts';

const settings = ['baseRole', 'environmentUserAttribute'];
const credentials = ['passwordUnencrypted', 'privateKey'];

function textProblem(body: Json, field: string): string | undefined {
  if (body[field] === undefined) return undefined;
  if (!isText(body[field])) return `${field}: Expected string, received ${typeName(body[field])}`;
  return body[field] === '' ? required(field) : undefined;
}

function environmentProblem(environment: unknown): string | undefined {
  const field = 'environmentUserAttribute';
  if (environment === undefined || environment === null) return undefined;
  if (!isObject(environment)) return `${field}: Expected object, received ${typeName(environment)}`;
  const { attributeName, defaultValues, ...strangers } = environment;
  if (Object.keys(strangers).length > 0) return unrecognized(Object.keys(strangers));
  if (isMissing(attributeName)) return required(`${field}.attributeName`);
  if (!isText(attributeName)) return `${field}.attributeName: Expected string, received ${typeName(attributeName)}`;
  // Null means no default values. Both specifications require the field.
  if (defaultValues === undefined) return required(`${field}.defaultValues`);
  const isList = Array.isArray(defaultValues) && defaultValues.every(isText);
  if (defaultValues === null || isList) return undefined;
  return `${field}.defaultValues: Expected array, received ${typeName(defaultValues)}`;
}

function credentialProblem({ passwordUnencrypted, privateKey }: Json, dialect: string): string | undefined {
  if (dialect === 'bigquery' && passwordUnencrypted !== undefined && !isServiceAccountKey(passwordUnencrypted)) {
    return 'passwordUnencrypted: Invalid service account JSON';
  }
  if (privateKey === undefined) return undefined;
  if (dialect !== 'snowflake') return 'privateKey: Only supported for Snowflake connections';
  // A create adds missing PEM lines, an update does not. The body between them is not checked.
  const isPem =
    isText(privateKey) && /^-----BEGIN PRIVATE KEY-----\s[^]+\s-----END PRIVATE KEY-----\s*$/.test(privateKey);
  return isPem ? undefined : 'privateKey: Must be a PEM-encoded PKCS#8 private key';
}

/**
 * Returns the message about the first problem of a body, or undefined.
 * @param acceptsCredentials whether the server can change credentials. Older servers cannot.
 */
export function problemOfUpdate(body: Json, dialect: string, acceptsCredentials: boolean): string | undefined {
  const known = acceptsCredentials ? [...settings, ...credentials] : settings;
  const strangers = Object.keys(body).filter((key) => !known.includes(key));
  if (Object.keys(body).length === 0) return 'Empty request body';
  if (strangers.length > 0) return unrecognized(strangers);
  if (body['baseRole'] === '') return 'baseRole: Invalid enum value';
  return (
    textProblem(body, 'baseRole') ??
    environmentProblem(body['environmentUserAttribute']) ??
    textProblem(body, 'passwordUnencrypted') ??
    textProblem(body, 'privateKey') ??
    credentialProblem(body, dialect)
  );
}

/** Returns the environment settings of a valid body, under the names of a read. */
function environmentOf({ environmentUserAttribute: sent }: Json): Partial<OmniConnection> {
  if (sent === undefined) return {};
  const { attributeName, defaultValues } = isObject(sent) ? sent : {};
  return {
    userAttributeNameForConnectionEnvironments: isText(attributeName) ? attributeName : null,
    userAttributeValuesForDefaultEnvironment: Array.isArray(defaultValues) ? defaultValues.filter(isText) : null,
  };
}

function messageOf(role: boolean, environment: boolean, secret: boolean): string {
  const settingsMessage = role
    ? `Updated connection default role${environment ? ' and user attribute settings' : ''}.`
    : environment && 'Updated environment user attribute settings.';
  // The documents have a message for each kind of change, but none for both together.
  const messages = [settingsMessage, secret && 'Updated connection credentials.'].filter(isText);
  return messages.length === 0 ? 'No updates were made to the connection.' : messages.join(' ');
}

/**
 * Returns the updated connection and the answer's message.
 * @param updatedAt the new time of the last change. It is used only if something changes; a secret always counts as a change.
 */
export function updated(connection: OmniConnection, body: Json, updatedAt: string) {
  const { baseRole } = body;
  const withRole = { ...connection, ...(isText(baseRole) && { baseRole }) };
  const changed = { ...withRole, ...environmentOf(body) };
  const isSecret = credentials.some((key) => body[key] !== undefined);
  const isEnvironment = !isDeepStrictEqual(changed, withRole);
  const isRole = withRole.baseRole !== connection.baseRole;
  return {
    connection: isRole || isEnvironment || isSecret ? { ...changed, updatedAt } : connection,
    message: messageOf(isRole, isEnvironment, isSecret),
  };
}
