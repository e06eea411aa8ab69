// A vendor's OpenAPI file, read for the requests alone and made strict on a copy in memory: no key that it does not name,
// and none that only the vendor writes. It must not know any adapter.
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

/** Keys that only the notes call the vendor's own: looker.md 1.3, credible.md "Connection", chartbrew.md 3. */
const VENDORS_OWN: Readonly<Record<VendorName, Readonly<Record<string, readonly string[]>>>> = {
  looker: { DBConnection: ['dialect'] },
  omni: {},
  credible: {
    Connection: ['resource', 'attributes', 'indexingStatus', 'indexingStatusLastUpdated'],
    AttachedDatabase: ['attributes'],
  },
  chartbrew: { NewConnection: ['id'] },
};

const present = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The vendor's file has no ${what} any more.`);
  return value;
};

function flagVendorsOwn({ components }: SpecFile, vendor: VendorName): void {
  for (const [name, keys] of Object.entries(VENDORS_OWN[vendor])) {
    const { properties = {} } = present(components.schemas[name], name);
    for (const key of keys) {
      present(properties[key], `${name}.${key}`);
      properties[key] = { readOnly: true };
    }
  }
}

/** The file gives the login's keys as parameters of the query and says in prose that they belong into the form. */
function moveLoginIntoForm({ paths }: SpecFile): void {
  const login = present(paths['/login']?.['post'], 'POST /login');
  const form = present(login.requestBody?.content['application/x-www-form-urlencoded'], 'form of POST /login');
  const fields = present(login.parameters, 'parameters of POST /login');
  form.schema = {
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    required: fields.map(({ name }) => name),
  };
  login.parameters = [];
}

/** The file requires it; its prose lets it be left out for a key pair and the like (omni.md 2.2). */
function letPasswordBeLeftOut({ components }: SpecFile): void {
  const body = present(components.schemas['ConnectionsCreateBody'], 'ConnectionsCreateBody');
  body.required = present(body.required, 'required keys of a create').filter((key) => key !== 'passwordUnencrypted');
}

function close(schema: SchemaObject): void {
  const { properties } = schema;
  if (properties) {
    // Looker's schemas name no type.
    schema.type ??= 'object';
    schema.additionalProperties ??= false;
    for (const [key, one] of Object.entries(properties)) if (one.readOnly) properties[key] = { not: {} };
  }
  const { items, additionalProperties, anyOf = [], oneOf = [] } = schema;
  for (const inner of [...Object.values(properties ?? {}), items, additionalProperties, ...anyOf, ...oneOf]) {
    if (typeof inner === 'object') close(inner);
  }
}

export interface SpecOptions {
  /** Without it the file says what the vendor wrote, and is strict all the same. */
  readonly patched?: boolean;
}

/** @throws Error when the folder has no file of that vendor, or one that lost what is named here. */
export function readSpecFile(folder: string, vendor: VendorName, { patched = true }: SpecOptions = {}): SpecFile {
  const file = JSON.parse(readFileSync(join(folder, `${vendor}.openapi.json`), 'utf8')) as SpecFile;
  flagVendorsOwn(file, vendor);
  if (vendor === 'looker') moveLoginIntoForm(file);
  if (vendor === 'omni' && patched) letPasswordBeLeftOut(file);
  Object.values(file.components.schemas).forEach(close);
  for (const { requestBody } of Object.values(file.paths).flatMap((methods) => Object.values(methods))) {
    for (const { schema } of Object.values(requestBody?.content ?? {})) close(schema);
  }
  return file;
}
