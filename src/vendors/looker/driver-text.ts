// Plain fields that Looker puts into the URL of a driver. In that URL the signs ; ? & # end a value and begin driver parameters, and a
// parameter may be a password. Writes refuse such a value; reads tell it without its parameters.
import type { Draft } from '../../domain/connection.ts';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { leavesOf, putAt, valueAt, type FieldKey, type Fields, type Values } from '../../fields/fields.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';
import { wireFieldOf, type WireTable } from '../../domain/vendor.ts';
import { isObject } from '../wire-fields.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';

/** Looker's fields that name a place: a host, a database, a service. */
const PLACES: readonly string[] = [
  'host',
  // A text where it is the name of a user attribute.
  'port',
  'database',
  'schema',
  'service_name',
  'tmp_db_host',
  'tmp_db_name',
  'bq_storage_project_id',
  `${OVERRIDE}.host`,
  `${OVERRIDE}.database`,
  `${OVERRIDE}.schema`,
  `${OVERRIDE}.pdt_service_name`,
];

/** Looker's fields that name a user. */
const USERS: readonly string[] = ['username', 'impersonated_service_account', `${OVERRIDE}.username`];

/** Parameters that MongoDB's BI Connector reads in a user name; Looker has it among its other dialects. */
const USER_PARAMETERS = 'source|mechanism';

/** Signs that a user name of one dialect may hold, though they end it elsewhere: C##BI is a common user of Oracle. */
const IN_USER_NAMES: Readonly<Record<string, RegExp>> = {
  oracle: /#/g,
  [OTHER_DIALECT]: new RegExp(`[?&](?:${USER_PARAMETERS})=`, 'gi'),
};

const message = (what: string, ends: string): string =>
  `Must be ${what} alone: in the URL of a driver ${ends} end it and begin driver parameters, which go into options.looker.jdbcAdditionalParams.`;

/** Why a value is refused for one of Looker's fields; null when it is not. */
function faultOf(dialect: string, wire: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (PLACES.includes(wire)) return /[;?&#]/.test(value) ? message('a name', '; ? & and #') : null;
  if (!USERS.includes(wire)) return null;
  const allowed = IN_USER_NAMES[dialect];
  const rest = allowed ? value.replaceAll(allowed, '') : value;
  return /[;?&#]/.test(rest) ? message('a user name', dialect === 'oracle' ? '; ? and &' : '; ? & and #') : null;
}

function reviewSide(
  dialect: string,
  [fields, table, values]: readonly [Fields, WireTable, Values],
  pathOf: (key: FieldKey) => string[],
): ValidationIssue[] {
  return leavesOf(fields).flatMap(({ key }) => {
    const entry = table[key];
    const fault = entry === undefined ? null : faultOf(dialect, wireFieldOf(entry).wire, valueAt(values, key));
    return fault === null ? [] : [issue(pathOf(key), 'INVALID', fault)];
  });
}

/** Issues of values that would be more than one value in the URL of a driver. */
export const reviewDriverText = ({ dialect, support, config, options }: Draft): ValidationIssue[] => [
  ...reviewSide(dialect, [support.dialect.fields, support.fields, config], (key) => configPath(dialect, key)),
  ...reviewSide(dialect, [lookerOptions, lookerOptionsWire, options], (key) => optionPath('looker', key)),
];

// A parameter begins at ; and ? anywhere, at & and # where a name and = follow: R&D and C##BI are names.
const PARAMETERS = /[;?].*|[&#]\s*[\w.$-]+\s*=.*/s;
const PARAMETERS_OF_USER = /;.*|[?&#]\s*[\w.$-]+\s*=.*/s;
const PARAMETERS_BUT_OF_USER = new RegExp(`;.*|#\\s*[\\w.$-]+\\s*=.*|[?&](?!(?:${USER_PARAMETERS})=).*`, 'is');

/** The host before its parameters; null where a password may have begun before them. */
function hostBeforeParameters(host: string): string | null {
  const at = host.search(/[;&]/);
  if (at < 0) return host;
  const start = host.slice(0, at);
  return !host.includes('@') || /^[\w.\\-]+$/.test(start) ? start : null;
}

function alone(dialect: string, wire: string, value: string): string | null {
  if (wire.endsWith('host')) return hostBeforeParameters(value);
  if (PLACES.includes(wire)) return value.replace(PARAMETERS, '');
  return value.replace(dialect === OTHER_DIALECT ? PARAMETERS_BUT_OF_USER : PARAMETERS_OF_USER, '');
}

/** A row of Looker's without driver parameters in its places and user names. */
export function withoutDriverParameters(dialect: string, row: Values): Values {
  const override = row[OVERRIDE];
  const cleaned: Record<string, unknown> = { ...row };
  if (isObject(override)) cleaned[OVERRIDE] = { ...override };
  for (const wire of [...PLACES, ...USERS]) {
    const value = valueAt(row, wire);
    if (typeof value === 'string') putAt(cleaned, wire, alone(dialect, wire, value));
  }
  return cleaned;
}
