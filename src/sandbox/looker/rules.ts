// The checks of Looker for the body of a connection: types, required fields and the messages of its 422, from the vendor's documents.
import { dialects, type Kind, overrideFields, plainFields, secretFields } from './data.ts';
import type { SandboxResponse } from '../server.ts';

export type Json = Readonly<Record<string, unknown>>;
type Complain = (field: string, code: 'missing_field' | 'invalid', message?: string) => void;

export const documentation_url = 'https://cloud.google.com/looker/docs/';

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

const kinds = {
  text: { fits: isText, message: 'Must be text.' },
  integer: { fits: Number.isInteger, message: 'Must be a whole number.' },
  flag: { fits: (value: unknown) => typeof value === 'boolean', message: 'Must be true or false.' },
  texts: { fits: (value: unknown) => Array.isArray(value) && value.every(isText), message: 'Must be a list of text.' },
} satisfies Record<Kind, { fits: (value: unknown) => boolean; message: string }>;

const decoded = (text: string): Buffer | undefined => {
  const packed = text.replaceAll(/\s/g, '');
  const isBase64 = packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
  return isBase64 ? Buffer.from(packed, 'base64') : undefined;
};

export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** @param isAttribute whether the port is the name of a user attribute instead of a number. */
function checkPort(port: unknown, field: string, complain: Complain, isAttribute = false): void {
  if (isText(port) && !isAttribute && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    complain(field, 'invalid', 'Must be the number of a port, as text.');
  }
}

function checkCertificate(body: Json, fileTypes: readonly string[], prefix: string, complain: Complain): void {
  const { certificate, file_type: fileType } = body;
  if (isText(fileType) && !fileTypes.includes(fileType)) {
    complain(`${prefix}file_type`, 'invalid', `Must be one of ${fileTypes.join(', ')}.`);
  }
  if (!isText(certificate)) return;
  const bytes = decoded(certificate);
  if (bytes === undefined) complain(`${prefix}certificate`, 'invalid', 'Must be base64.');
  else if (fileType === '.json' && !isObject(parsed(bytes.toString()))) {
    complain(`${prefix}certificate`, 'invalid', 'Must be base64 of a JSON key file.');
  }
}

function checkTypes(body: Json, complain: Complain): void {
  for (const [field, { kind, unset }] of Object.entries(plainFields)) {
    const value = body[field];
    const isAllowedNull = value === null && typeof unset !== 'boolean';
    if (value !== undefined && !isAllowedNull && !kinds[kind].fits(value)) {
      complain(field, 'invalid', kinds[kind].message);
    }
  }
  for (const field of ['name', 'dialect_name', ...secretFields]) {
    if (!isUnset(body[field]) && !isText(body[field])) complain(field, 'invalid', kinds.text.message);
  }
}

/** Returns a key of an override. Each key has a synonym with the prefix `pdt_`; if both are sent, the short key wins. */
export const overridden = (override: Json, key: string): unknown => override[key] ?? override[`pdt_${key}`];

function checkOverride(override: unknown, complain: Complain): void {
  if (override === undefined || override === null) return;
  if (!isObject(override)) return complain('pdt_context_override', 'invalid', 'Must be an object.');
  const prefix = 'pdt_context_override.';
  if (isUnset(override['context'])) complain(`${prefix}context`, 'missing_field');
  else if (override['context'] !== 'pdt') complain(`${prefix}context`, 'invalid', 'Must be pdt.');
  const keys = [...overrideFields, ...secretFields].flatMap((key) => [key, `pdt_${key}`]);
  for (const field of [...keys, 'pdt_service_name']) {
    if (!isUnset(override[field]) && !isText(override[field])) complain(prefix + field, 'invalid', kinds.text.message);
  }
  checkPort(overridden(override, 'port'), `${prefix}port`, complain);
  const key = { certificate: overridden(override, 'certificate'), file_type: overridden(override, 'file_type') };
  checkCertificate(key, ['.json', '.p12'], prefix, complain);
}

function checkRequired(body: Json, complain: Complain): void {
  const { name, dialect_name: dialectName, host, certificate, file_type: fileType } = body;
  if (isUnset(name)) complain('name', 'missing_field');
  else if (isText(name) && /\s/.test(name)) complain('name', 'invalid', 'Must not hold spaces.');

  if (isUnset(dialectName)) complain('dialect_name', 'missing_field');
  else if (isText(dialectName) && !dialects.has(dialectName)) complain('dialect_name', 'invalid', 'Unknown dialect.');

  const isNamedByTns = body['uses_tns'] === true && !isUnset(body['service_name']);
  if (isUnset(host) && !isNamedByTns) complain('host', 'missing_field');

  const isBigQuery = isText(dialectName) && dialectName.startsWith('bigquery');
  if (isBigQuery && !isUnset(certificate) && isUnset(fileType)) complain('file_type', 'missing_field');
  checkCertificate(body, isBigQuery ? ['.json', '.p12'] : ['.json', '.p8', '.p12'], '', complain);
}

/** Returns the 422 for a body, or undefined if Looker accepts it. Unknown keys are ignored. */
export function refusalOf(body: Json): SandboxResponse | undefined {
  const errors = new Map<string, Json>();
  const complain: Complain = (field, code, message = 'This field is required.') => {
    if (!errors.has(field)) errors.set(field, { field, code, message, documentation_url });
  };
  checkTypes(body, complain);
  checkRequired(body, complain);
  const attributes = body['user_attribute_fields'];
  checkPort(body['port'], 'port', complain, Array.isArray(attributes) && attributes.includes('port'));
  checkOverride(body['pdt_context_override'], complain);
  if (errors.size === 0) return undefined;
  return { status: 422, body: { message: 'Validation Failed', errors: [...errors.values()], documentation_url } };
}

/** Returns the 422 for a single error. */
export const refusal = (field: string, code: 'missing_field' | 'invalid', message: string): SandboxResponse => ({
  status: 422,
  body: { message: 'Validation Failed', errors: [{ field, code, message, documentation_url }], documentation_url },
});
