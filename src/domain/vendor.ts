// The port: what a vendor is, and what can be asked of one configured place (instance). No HTTP, no GraphQL.
import type { Connection, Created, Draft } from './connection.ts';
import type { Dialect } from './dialect.ts';
import type { Capability, ValidationIssue } from './errors.ts';
import type { FieldKey, FieldRole, Fields } from './fields.ts';

/** Where a field goes in the vendor's JSON. */
export interface WireField {
  /** The vendor's name of it; steps joined by dots. */
  readonly wire: string;
  /** Sent in another form than the value has here: a number as text, a list joined by commas. */
  readonly as?: 'text' | 'commaList';
  /** Written and read by the adapter's own code, because more than one field, or more than a copy, makes it. */
  readonly derived?: boolean;
}

/** Our field to theirs; a text alone is the vendor's name of a field that is copied as it is. */
export type WireTable = Readonly<Record<FieldKey, string | WireField>>;

export const wireFieldOf = (entry: string | WireField): WireField =>
  typeof entry === 'string' ? { wire: entry } : entry;

/** Two sets of fields of which only one may be given. */
export type Exclusion = readonly [readonly FieldKey[], readonly FieldKey[]];

/** How one vendor takes and tells one dialect: data, from which routing, checks and mapping follow. */
export interface DialectSupport {
  readonly dialect: Dialect;
  /** The vendor's word for a new connection; null where it is only read. */
  readonly word: string | null;
  /** Further words of the vendor's that read as this dialect. */
  readonly alsoReads?: readonly string[];
  /** What the vendor takes and tells; a field that is missing here is refused. */
  readonly fields: WireTable;
  /** Sets of fields of which one must be there whole; `options.x` names a field of the vendor's options. */
  readonly required: readonly (readonly FieldKey[])[];
  readonly exclusive?: readonly Exclusion[];
  /** Why a field is refused, or what to do instead. */
  readonly advice?: Readonly<Record<FieldKey, string>>;
}

export interface Vendor {
  /** `looker`: the word in configuration; its upper case is the GraphQL enum value. */
  readonly kind: string;
  /** Stem of the GraphQL names: `Looker` gives LookerDetails and LookerOptionsInput. */
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly documentationUrl: string;
  readonly dialects: Readonly<Record<string, DialectSupport>>;
  /** What only this vendor reports. */
  readonly details: Fields;
  /** What only this vendor takes. */
  readonly options: Fields;
  /** What this vendor never tells of a connection, whatever its dialect: filters cannot find it there. */
  readonly untold: readonly FieldRole[];
  /** Whether a text has the form of this vendor's ids. */
  isVendorId(text: string): boolean;
  /** What data cannot say of a draft for this vendor; every issue at once. */
  review?(draft: Draft): readonly ValidationIssue[];
}

export interface Call {
  /** Ends a read when its caller leaves; a write that was sent is finished. */
  readonly signal?: AbortSignal | undefined;
}

/** What can be asked of one instance. A method that is missing is a capability that is missing. */
export interface InstanceApi {
  /** @throws VendorError */
  list(call: Call & { readonly includeDeleted: boolean }): Promise<readonly Connection[]>;
  /** @throws VendorError; an unknown id gives null. */
  get(vendorId: string, call: Call): Promise<Connection | null>;
  /** The cheapest call that proves address and credentials. @throws VendorError */
  check(call: Call): Promise<void>;
  /** @throws ValidationError, ConflictError, VendorError */
  create?(draft: Draft): Promise<Created>;
}

/** One configured place where connections live. */
export interface Instance {
  readonly key: string;
  readonly label: string;
  /** Host name (and port) of its base URL. */
  readonly host: string;
  readonly vendor: Vendor;
  readonly api: InstanceApi;
}

export const capabilitiesOf = ({ api }: Instance): Capability[] =>
  api.create ? ['LIST', 'READ', 'CREATE'] : ['LIST', 'READ'];

/** Whether a vendor takes new connections of a dialect. */
export const takesDialect = (vendor: Vendor, dialect: string): boolean => vendor.dialects[dialect]?.word != null;
