// The static description of a vendor: its dialects, its own fields and its rules. It holds no HTTP and no GraphQL.
import type { FieldRole, Fields } from '../fields/field-meta.ts';
import type { FieldKey, Values } from '../fields/values-by-key.ts';
import type { Connection, Draft, Patch, RemoveResult, Warning } from './connection.ts';
import type { DialectSupport, WireTable } from './dialect-support.ts';
import type { ValidationIssue } from './issue.ts';

/** An option that has an effect for some dialects only. */
export interface OptionScope {
  /** Keys of these dialects. */
  readonly dialects: readonly string[];
  /** For other dialects: whether the vendor accepts the option without effect, or the gateway refuses it. */
  readonly inOtherDialects: 'IGNORED' | 'REFUSED';
}

/** What an update may change of a stored connection. A field is named by its wire name. */
export interface UpdateRules {
  readonly canRename: boolean;
  /** The options that an update accepts. */
  readonly options: Fields;
  /** Where those options go in the vendor's JSON. */
  readonly optionsWire: WireTable;
  /** Checks whether the field can be changed. */
  canChange(wire: string): boolean;
  /** Checks whether the field can be cleared. */
  canClear(wire: string): boolean;
  /** Whether a change of one setting replaces all settings and secrets, because the vendor never returns the secrets. */
  readonly replacesAll: boolean;
  /**
   * Returns settings that must be written together with a change for it to take effect. None of them may redirect the
   * connection: no secret is asked for because of them.
   * @param provided the dialect's settings as the caller sent them; a secret is `{ replace }` or `{ clear }`.
   */
  impliedConfig?(current: Connection, provided: Values): Values;
}

/** What an operator should check when an instance refuses the gateway. Each is one or two sentences. */
export interface SetupAdvice {
  /** What the base URL looks like, and what else of the address may be wrong. */
  readonly baseUrl: string;
  /** Why the credential may be refused. */
  readonly credential: string;
  /** What the credential must be allowed to do at the vendor. */
  readonly permission: string;
}

export interface Vendor {
  /** The name in the configuration, such as `looker`; its upper case is the GraphQL enum value. */
  readonly kind: string;
  /** Stem of the GraphQL names: `Looker` gives LookerDetails and LookerOptionsInput. */
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly documentationUrl: string;
  readonly setupAdvice: SetupAdvice;
  /** By the key of the dialect. */
  readonly dialects: Readonly<Record<string, DialectSupport>>;
  /** The output fields that only this vendor has. */
  readonly details: Fields;
  /** The input fields that only this vendor has. */
  readonly options: Fields;
  /** Options that are not for every dialect, by the key of the option or of a group above it. */
  readonly optionScopes?: Readonly<Record<FieldKey, OptionScope>>;
  /** Missing when nothing can be changed. */
  readonly update?: UpdateRules;
  /** What to do instead of creating a connection of a dialect that this vendor does not accept, by the key of the dialect. */
  readonly unsupportedAdvice?: Readonly<Record<string, string>>;
  /** The roles that this vendor reports for no dialect: filters cannot search them. */
  readonly notReported: readonly FieldRole[];
  /** Fields, by their names in GraphQL, that a read by id reports and a list does not. */
  readonly reportedOnlyById?: readonly string[];
  /** Checks whether a text has the form of this vendor's ids. */
  isVendorId(text: string): boolean;
  /** Returns the id of the connection with a name; missing when several connections may have one name. */
  idOfName?(name: string): string;
  /**
   * Returns all issues of a draft that the support tables cannot express.
   * @param provided for an update, the part of the draft that the update sets; the whole draft when left out.
   */
  review?(draft: Draft, provided?: Draft): readonly ValidationIssue[];
  /** Returns all issues of a change of settings that follow from the stored settings. */
  reviewChange?(patch: Patch): readonly ValidationIssue[];
  /** Returns the warnings of a draft without issues. */
  warningsFor?(draft: Draft): readonly Warning[];
  /** Returns warnings about what the vendor keeps or changes on a delete, according to its documentation. */
  afterDelete?(removed: RemoveResult): readonly Warning[];
}

export type SupportStatus = 'SUPPORTED' | 'READ_ONLY' | 'UNSUPPORTED';

/** Returns whether a vendor accepts new connections of a dialect, or only reports those that it has. */
export function supportStatus(vendor: Vendor, dialect: string): SupportStatus {
  const support = vendor.dialects[dialect];
  if (!support) return 'UNSUPPORTED';
  return support.readOnly ? 'READ_ONLY' : 'SUPPORTED';
}

/** Returns the scope of an option that has no effect for a dialect; null when the option has its effect there. */
export function scopeOf(vendor: Vendor, dialect: string, option: FieldKey): OptionScope | null {
  const scopes = Object.entries(vendor.optionScopes ?? {});
  const found = scopes.find(([key]) => option === key || option.startsWith(`${key}.`));
  return found && !found[1].dialects.includes(dialect) ? found[1] : null;
}

/** Returns the support of the dialect of a connection that this vendor reported. @throws Error when the table has none */
export function supportOf({ dialects }: Vendor, dialect: string): DialectSupport {
  const support = dialects[dialect];
  if (!support) throw new Error('A vendor reports a dialect that its table does not have.');
  return support;
}
