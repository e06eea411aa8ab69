// The port: what a vendor is, and what can be asked of one configured place (instance). No HTTP, no GraphQL.
import type { Connection, Draft, Patch, Removed, TestCheck, Warning, Written } from './connection.ts';
import type { Dialect } from '../fields/dialect.ts';
import type { Capability, ValidationIssue } from './errors.ts';
import type { FieldRole, Fields } from '../fields/field-meta.ts';
import type { FieldKey, Values } from '../fields/values.ts';

/** Where a field goes in the vendor's JSON. */
export interface WireField {
  /** The vendor's name of it; steps joined by dots. */
  readonly wire: string;
  /** In another form than the value has here: a number as text, a list joined by commas, a flag turned round. */
  readonly as?: 'text' | 'commaList' | 'not';
  /** Written and read by the adapter's own code, because more than one field, or more than a copy, makes it. */
  readonly derived?: boolean;
  /** Of a list of groups that is only read: where each field of an item is. */
  readonly items?: WireTable;
}

/** Our field to theirs; a text alone is the vendor's name of a field that is copied as it is. */
export type WireTable = Readonly<Record<FieldKey, string | WireField>>;

export const wireFieldOf = (entry: string | WireField): WireField =>
  typeof entry === 'string' ? { wire: entry } : entry;

/** The vendor's names of what a field, or a group of fields, is made of there. */
export const wiresIn = (table: WireTable, unit: FieldKey): string[] =>
  Object.entries(table)
    .filter(([key]) => key === unit || key.startsWith(`${unit}.`))
    .map(([, entry]) => wireFieldOf(entry).wire);

/** Two sets of fields of which only one may be given. */
export type Exclusion = readonly [readonly FieldKey[], readonly FieldKey[]];

/** How one vendor takes and tells a set of fields: data, from which checks, forms and mapping follow. */
export interface FieldSupport {
  /** What the vendor takes and tells; a field that is missing here is refused. */
  readonly fields: WireTable;
  /** Sets of fields of which one must be there whole; `options.x` names a field of the vendor's options. */
  readonly required: readonly (readonly FieldKey[])[];
  readonly exclusive?: readonly Exclusion[];
  /** Stored fields that an update must clear by name before it may set what they exclude; any other is pushed out. */
  readonly staysUntilCleared?: readonly FieldKey[];
  /** The values that the vendor takes, where those are fewer than the field's own. */
  readonly values?: Readonly<Record<FieldKey, readonly (string | boolean)[]>>;
  /** Why a field is refused, or what to do instead. */
  readonly advice?: Readonly<Record<FieldKey, string>>;
}

/** How one vendor takes and tells one dialect. */
export interface DialectSupport extends FieldSupport {
  readonly dialect: Dialect;
  /** The vendor's word for a new connection; null where it has no one word. */
  readonly word: string | null;
  /** Further words of the vendor's that read as this dialect. */
  readonly alsoReads?: readonly string[];
  /** Read from the vendor but never written. */
  readonly readOnly?: boolean;
  /** What of each kind of item the vendor takes, by the key of a list whose items hold one of several kinds. */
  readonly inside?: Readonly<Record<FieldKey, Readonly<Record<string, FieldSupport>>>>;
  /** What else is to be known of the dialect at this vendor. */
  readonly note?: string;
}

/** An option that means something for some dialects alone. */
export interface OptionScope {
  /** Keys of these dialects. */
  readonly dialects: readonly string[];
  /** What becomes of it elsewhere: the vendor takes it and does nothing with it, or it is not sent there at all. */
  readonly elsewhere: 'IGNORED' | 'REFUSED';
}

/** What can be changed of a saved connection. A field is meant by its place in the vendor's JSON. */
export interface UpdateRules {
  readonly canRename: boolean;
  /** What can be changed of what only this vendor takes, and where it goes. */
  readonly options: Fields;
  readonly optionsWire: WireTable;
  changes(wire: string): boolean;
  /** Whether it can be emptied. */
  clears(wire: string): boolean;
  /** A change of one setting replaces them all, and the secrets with them: the vendor never gives those back. */
  readonly replacesAll: boolean;
  /**
   * Settings that must be written along with a change so that what was given has an effect. None of them may lead the
   * connection elsewhere: no secret is asked for because of them.
   * @param given the dialect's settings as the caller sent them; a secret is `{ replace }` or `{ clear }`.
   */
  implies?(current: Connection, given: Values): Values;
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
  /** Options that are not for every dialect, by the start of their key. */
  readonly optionScopes?: Readonly<Record<FieldKey, OptionScope>>;
  /** Missing where nothing can be changed. */
  readonly update?: UpdateRules;
  /** What to do in place of a connection that this vendor does not take, by the dialect. */
  readonly insteadOf?: Readonly<Record<string, string>>;
  /** What this vendor never tells of a connection, whatever its dialect: filters cannot find it there. */
  readonly untold: readonly FieldRole[];
  /** Fields, by their names in GraphQL, that a read by id tells and a list does not. */
  readonly onlyById?: readonly string[];
  /** Whether a text has the form of this vendor's ids. */
  isVendorId(text: string): boolean;
  /** The id of a connection by its name; missing where several may have one name. */
  idOfName?(name: string): string;
  /**
   * What data cannot say of a draft for this vendor; every issue at once.
   * @param given of a change, what it sets of the draft; all of it when left out.
   */
  review?(draft: Draft, given?: Draft): readonly ValidationIssue[];
  /** What stands against a change of settings because of what the vendor holds now; every issue at once. */
  reviewChange?(patch: Patch): readonly ValidationIssue[];
  /** What its maker is to know of a draft that has nothing against it. */
  warningsFor?(draft: Draft): readonly Warning[];
  /** What a delete does beside it, as the vendor's documents say. */
  afterDelete?(removed: Removed): readonly Warning[];
}

export interface Call {
  /** When it must be over, where it is a part of something longer. */
  readonly deadline?: AbortSignal | undefined;
  /** Ends a read when its caller leaves; a write that was sent is finished. */
  readonly signal?: AbortSignal | undefined;
}

export interface ListCall extends Call {
  readonly includeDeleted: boolean;
  /** ETag of the list that the caller has cached; null or missing when it has none. */
  readonly etag?: string | null | undefined;
}

/** All connections of one instance, as the vendor answered. */
export interface ConnectionList {
  readonly rows: readonly Connection[];
  /** The vendor's ETag of this list; null when it sends none. */
  readonly etag: string | null;
}

/** What is known of how many requests a vendor takes. */
export interface RateLimit {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetAt: Date | null;
}

/** What can be asked of one instance. A method that is missing is a capability that is missing. */
export interface InstanceApi {
  /** Returns all connections, or `unchanged` when the list still has the ETag of the call. @throws VendorError */
  list(call: ListCall): Promise<ConnectionList | 'unchanged'>;
  /** @throws VendorError; an unknown id gives null. */
  get(vendorId: string, call: Call): Promise<Connection | null>;
  /** The cheapest call that proves address and credentials. @throws VendorError */
  check(call: Call): Promise<void>;
  /** @throws ValidationError, ConflictError, VendorError */
  readonly create?: (draft: Draft, call: Call) => Promise<Written>;
  /** @throws ValidationError, ConflictError, VendorError; null when it is gone. */
  readonly update?: (patch: Patch, call: Call) => Promise<Written | null>;
  /** @throws VendorError; null when there is none, or none any more. */
  readonly remove?: (vendorId: string, call: Call) => Promise<Removed | null>;
  /**
   * Tests with the secrets that the vendor holds.
   * @param tests names of what to try; null for what the vendor tries by itself.
   * @throws VendorError; null when the connection is gone.
   */
  readonly test?: (
    connection: Connection,
    tests: readonly string[] | null,
    call: Call,
  ) => Promise<readonly TestCheck[] | null>;
  /** Tests what is not saved, with the secrets in it. @throws ValidationError, VendorError */
  readonly testDraft?: (draft: Draft, tests: readonly string[] | null, call: Call) => Promise<readonly TestCheck[]>;
}

/** One configured place where connections live. */
export interface Instance {
  readonly key: string;
  readonly label: string;
  /** Host name (and port) of its base URL. */
  readonly host: string;
  readonly vendor: Vendor;
  readonly api: InstanceApi;
  /** How long a list that was read serves others, and how long it stands in for one that cannot be read. */
  readonly cache: { readonly ttlMs: number; readonly staleMs: number };
  rateLimit(): RateLimit | null;
  /** Begins the time that an operation may take here, whatever it needs of calls. */
  deadline(kind: 'read' | 'write' | 'test'): AbortSignal;
}

export function capabilitiesOf({ api, vendor }: Instance): Capability[] {
  const update = api.update && vendor.update;
  const can: Readonly<Record<Capability, boolean>> = {
    LIST: true,
    READ: true,
    CREATE: api.create !== undefined,
    UPDATE: update !== undefined,
    RENAME: update?.canRename === true,
    DELETE: api.remove !== undefined,
    UPDATE_SECRETS: update !== undefined,
    TEST_SAVED: api.test !== undefined,
    TEST_UNSAVED: api.testDraft !== undefined,
  };
  return (Object.keys(can) as Capability[]).filter((capability) => can[capability]);
}

/** What is done at an instance, with none of its connections. */
const OF_INSTANCES: ReadonlySet<Capability> = new Set(['LIST', 'CREATE', 'TEST_UNSAVED']);

/** What can be done with one connection: what its instance can, its dialect is open to and the vendor does not deny. */
export function capabilitiesWith(instance: Instance, { dialect, deletedAt, denied = [] }: Connection): Capability[] {
  const isReadOnly = instance.vendor.dialects[dialect]?.readOnly === true;
  return capabilitiesOf(instance).filter(
    (one) =>
      !OF_INSTANCES.has(one) &&
      !denied.includes(one) &&
      (deletedAt === null || one === 'READ') &&
      !(isReadOnly && one === 'UPDATE_SECRETS'),
  );
}

export type SupportStatus = 'SUPPORTED' | 'READ_ONLY' | 'UNSUPPORTED';

/** Whether a vendor takes new connections of a dialect, or only tells of those that it has. */
export function supportStatus(vendor: Vendor, dialect: string): SupportStatus {
  const support = vendor.dialects[dialect];
  if (!support) return 'UNSUPPORTED';
  return support.readOnly ? 'READ_ONLY' : 'SUPPORTED';
}

/** What becomes of an option beside a dialect; null where it does what it says. */
export function scopeOf(vendor: Vendor, dialect: string, option: FieldKey): OptionScope | null {
  const scopes = Object.entries(vendor.optionScopes ?? {});
  const found = scopes.find(([key]) => option === key || option.startsWith(`${key}.`));
  return found && !found[1].dialects.includes(dialect) ? found[1] : null;
}

/** Whether a vendor takes a field of a dialect; inside a list, whether it takes it for that kind of item. */
export function takesField(support: DialectSupport, key: FieldKey): boolean {
  if (key in support.fields) return true;
  const [list = '', , , kind = '', ...rest] = key.split('.');
  if (!(list in support.fields)) return false;
  const inside = support.inside?.[list];
  return inside === undefined || rest.join('.') in (inside[kind]?.fields ?? {});
}

/** The support of the dialect of a connection that this vendor told. */
export function toldSupport({ dialects }: Vendor, dialect: string): DialectSupport {
  const support = dialects[dialect];
  if (!support) throw new Error('A vendor tells of a dialect that it has no row for.');
  return support;
}

/** The fields that cannot stand beside a field. */
export const rivalsOf = ({ exclusive = [] }: FieldSupport, key: FieldKey): FieldKey[] =>
  exclusive.flatMap(([ones, others]) => (ones.includes(key) ? others : others.includes(key) ? ones : []));
