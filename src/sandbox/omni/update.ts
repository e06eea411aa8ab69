// Omni's PATCH: the four keys that it takes, and what they make of a connection, from the vendor's documents. It must not
// know routes or adapters.
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
  // Null says that there are none; leaving it out says nothing, which both specifications refuse.
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
  // A create adds the PEM lines where they are missing, an update does not. What is between them is not looked at.
  const isPem =
    isText(privateKey) && /^-----BEGIN PRIVATE KEY-----\s[^]+\s-----END PRIVATE KEY-----\s*$/.test(privateKey);
  return isPem ? undefined : 'privateKey: Must be a PEM-encoded PKCS#8 private key';
}

/** @param knowsCredentials an older server takes none. */
export function problemOfUpdate(body: Json, dialect: string, knowsCredentials: boolean): string | undefined {
  const known = knowsCredentials ? [...settings, ...credentials] : settings;
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

/** What a body without a problem asks of the environment, in the words of a read. */
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
  // Only each alone is documented.
  const told = [settingsMessage, secret && 'Updated connection credentials.'].filter(isText);
  return told.length === 0 ? 'No updates were made to the connection.' : told.join(' ');
}

/** @param updatedAt counts only when something changes; a secret always does, for it is not compared. */
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
