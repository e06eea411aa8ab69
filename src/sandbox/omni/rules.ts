// The checks of Omni for the body of a create, and its error messages, from the vendor's documents.
import { createFields, dialects, type Kind, type Substitute } from './data.ts';
import type { SandboxRequest, SandboxResponse } from '../server.ts';

export type Json = Readonly<Record<string, unknown>>;

export const fail = (status: number, detail: string): SandboxResponse => ({ status, body: { detail, status } });
export const badRequest = (problem: string): SandboxResponse => fail(400, `Bad Request: ${problem}`);
export const required = (field: string): string => `${field}: Required`;
export const unrecognized = (keys: readonly string[]): string =>
  `formErrors: Unrecognized key(s) in object: ${keys.map((key) => `'${key}'`).join(', ')}`;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isMissing = (value: unknown): boolean => value === undefined || value === '';

export const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Returns the JSON object in the body, or the refusal of a body that has none. */
export function bodyOf({
  headers,
  body,
}: SandboxRequest): { readonly body: Json } | { readonly refusal: SandboxResponse } {
  const isJson = /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');
  const sent = isJson ? parsed(body.toString()) : undefined;
  if (sent === undefined) return { refusal: badRequest('Invalid JSON') };
  if (!isObject(sent)) return { refusal: badRequest(`formErrors: Expected object, received ${typeName(sent)}`) };
  return { body: sent };
}

const kindProblems = {
  string: (value) => (isText(value) ? undefined : `Expected string, received ${typeName(value)}`),
  boolean: (value) => (typeof value === 'boolean' ? undefined : `Expected boolean, received ${typeName(value)}`),
  integer: (value) => {
    if (typeof value !== 'number') return `Expected number, received ${typeName(value)}`;
    return Number.isInteger(value) ? undefined : 'Expected integer, received float';
  },
  list: (value) => (isText(value) || (Array.isArray(value) && value.every(isText)) ? undefined : 'Invalid input'),
} satisfies Record<Kind, (value: unknown) => string | undefined>;

// Omni reports one problem at a time, so this check and the next two return only the first problem.
function typeProblem(body: Json): string | undefined {
  const unknownKeys = Object.keys(body).filter((key) => !Object.hasOwn(createFields, key));
  if (unknownKeys.length > 0) return unrecognized(unknownKeys);
  for (const [field, kind] of Object.entries(createFields)) {
    const problem = body[field] === undefined ? undefined : kindProblems[kind](body[field]);
    if (problem !== undefined) return `${field}: ${problem}`;
  }
  return undefined;
}

function valueProblem(body: Json): string | undefined {
  if (Number(body['queryTimeoutSeconds'] ?? 0) > 3600) {
    return 'queryTimeoutSeconds: Number must be less than or equal to 3600';
  }
  for (const field of ['externalOauthAuthorizationUrl', 'externalOauthTokenUrl']) {
    const url = body[field];
    if (isText(url) && !(url.startsWith('https://') && URL.canParse(url))) return `${field}: Invalid url`;
  }
  if (!isMissing(body['host']) && !isMissing(body['hostOverride'])) {
    return 'hostOverride: Please provide either host or hostOverride, not both';
  }
  const isFullHost = isText(body['host']) && /snowflakecomputing/i.test(body['host']);
  if (body['dialect'] === 'snowflake' && isFullHost) {
    return 'host: Please only include your Snowflake account identifier';
  }
  return undefined;
}

const substitutes = {
  privateKey: (body) => !isMissing(body['privateKey']),
  oauth: (body) =>
    !isMissing(body['oauthClientId']) || /oauth|workload-identity/.test(String(body['authenticationType'])),
  machine: (body) => body['useMachineAuth'] === true,
  role: (body) => !isMissing(body['awsRoleArn']),
} satisfies Record<Substitute, (body: Json) => boolean>;

export function isServiceAccountKey(text: unknown): boolean {
  const key = isText(text) ? parsed(text) : undefined;
  if (!isObject(key) || key['type'] !== 'service_account') return false;
  return ['project_id', 'private_key', 'client_email'].every((field) => isText(key[field]) && key[field] !== '');
}

/** Returns the first required field that is missing. An empty password is accepted; only a missing password is documented as an error. */
function requirementProblem(body: Json, dialect: string): string | undefined {
  const { needs = [], instead = [], withPassword = [], unlessOauth = [] } = dialects[dialect] ?? {};
  const hasSubstitute = instead.some((substitute) => substitutes[substitute](body));
  const isOauth = instead.includes('oauth') && substitutes.oauth(body);
  const wanted = ['name', ...needs, ...(hasSubstitute ? [] : withPassword), ...(isOauth ? [] : unlessOauth)];
  const lacks = (field: string): boolean =>
    isMissing(body[field]) && !(field === 'host' && dialect === 'snowflake' && !isMissing(body['hostOverride']));
  const missing = wanted.find(lacks);
  if (missing !== undefined) return required(missing);

  const password = body['passwordUnencrypted'];
  if (password === undefined && !hasSubstitute) return required('passwordUnencrypted');
  if (dialect === 'bigquery' && password !== undefined && !isServiceAccountKey(password)) {
    return 'passwordUnencrypted: Invalid service account JSON';
  }
  const isUnlicensed = dialect === 'oracle' && body['acceptsLicense'] !== true;
  return isUnlicensed ? 'acceptsLicense: The license terms must be accepted' : undefined;
}

export function refusalOfBody(body: Json): SandboxResponse | undefined {
  const { dialect } = body;
  if (isMissing(dialect)) return badRequest(required('dialect'));
  if (!isText(dialect) || !Object.hasOwn(dialects, dialect)) return fail(400, 'Invalid connection dialect');
  const problem = typeProblem(body) ?? valueProblem(body) ?? requirementProblem(body, dialect);
  return problem === undefined ? undefined : badRequest(problem);
}
