// Reads the requests of a vendor's OpenAPI file and makes them strict in memory: unknown keys, and keys that only the vendor
// writes, are refused. This file must not import an adapter.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VendorName } from './gateway.ts';

export interface SchemaObject {
  type?: string | string[];
  properties?: Record<string, SchemaObject>;
  required?: string[];
  additionalProperties?: boolean | SchemaObject;
  readOnly?: boolean;
  items?: SchemaObject;
  not?: SchemaObject;
  anyOf?: SchemaObject[];
  oneOf?: SchemaObject[];
}

interface SpecOperation {
  parameters?: { name: string; schema: SchemaObject }[];
  requestBody?: { content: Record<string, { schema: SchemaObject }> };
}

export interface SpecFile {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Record<string, Record<string, SpecOperation>>;
  readonly components: { readonly schemas: Record<string, SchemaObject> };
}

/** Keys that only the vendor writes, according to its documentation, but not according to its OpenAPI file. */
const READ_ONLY_KEYS: Readonly<Record<VendorName, Readonly<Record<string, readonly string[]>>>> = {
  looker: { DBConnection: ['dialect'] },
  omni: {},
  credible: {
    Connection: ['resource', 'attributes', 'indexingStatus', 'indexingStatusLastUpdated'],
    AttachedDatabase: ['attributes'],
  },
  chartbrew: { NewConnection: ['id'] },
};

const requirePart = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) throw new Error(`The vendor's file has no ${name}.`);
  return value;
};

function markReadOnlyKeys({ components }: SpecFile, vendor: VendorName): void {
  for (const [name, keys] of Object.entries(READ_ONLY_KEYS[vendor])) {
    const { properties = {} } = requirePart(components.schemas[name], name);
    for (const key of keys) {
      requirePart(properties[key], `${name}.${key}`);
      properties[key] = { readOnly: true };
    }
  }
}

/** Moves the login's keys into the form. The file lists them as query parameters, but its text says that they belong in the form. */
function moveLoginIntoForm({ paths }: SpecFile): void {
  const login = requirePart(paths['/login']?.['post'], 'POST /login');
  const form = requirePart(login.requestBody?.content['application/x-www-form-urlencoded'], 'form of POST /login');
  const fields = requirePart(login.parameters, 'parameters of POST /login');
  form.schema = {
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: fields.map(({ name }) => name),
  };
  login.parameters = [];
}

/** Makes the password optional. The file requires it, but Omni's documentation allows other sign-in methods, such as a key pair. */
function makePasswordOptional({ components }: SpecFile): void {
  const body = requirePart(components.schemas['ConnectionsCreateBody'], 'ConnectionsCreateBody');
  body.required = requirePart(body.required, 'required keys of a create').filter(
    (key) => key !== 'passwordUnencrypted',
  );
}

function close(schema: SchemaObject): void {
  const { properties } = schema;
  if (properties) {
    // Looker's schemas have no type.
    schema.type ??= 'object';
    schema.additionalProperties ??= false;
    for (const [key, property] of Object.entries(properties)) if (property.readOnly) properties[key] = { not: {} };
  }
  const { items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  for (const inner of [...Object.values(properties ?? {}), items, additionalProperties, ...anyOf, ...oneOf]) {
    if (typeof inner === 'object') close(inner);
  }
}

export interface SpecOptions {
  /** Whether known errors of the file are corrected. Default: true. */
  readonly patched?: boolean;
}

/** Reads the file of a vendor. @throws Error when the folder has no such file, or when the file lacks a part that is named here. */
export function readSpecFile(folder: string, vendor: VendorName, { patched = true }: SpecOptions = {}): SpecFile {
  const file = JSON.parse(readFileSync(join(folder, `${vendor}.openapi.json`), 'utf8')) as SpecFile;
  markReadOnlyKeys(file, vendor);
  if (vendor === 'looker') moveLoginIntoForm(file);
  if (vendor === 'omni' && patched) makePasswordOptional(file);
  Object.values(file.components.schemas).forEach(close);
  for (const { requestBody } of Object.values(file.paths).flatMap((methods) => Object.values(methods))) {
    for (const { schema } of Object.values(requestBody?.content ?? {})) close(schema);
  }
  return file;
}
