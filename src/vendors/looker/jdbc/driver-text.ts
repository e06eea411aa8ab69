// Text fields that Looker puts into the URL of a driver. In that URL the characters ; ? & # end a value and start driver
// parameters, and a parameter may be a password. A write with such a value is refused; a read removes the parameters.
import type { Draft } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { configPath, optionPath } from '../../../domain/input-paths.ts';
import { wireFieldOf, type WireTable } from '../../../domain/dialect-support.ts';
import { OTHER_DIALECT } from '../../../fields/dialect.ts';
import type { Fields } from '../../../fields/field-meta.ts';
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import { leavesOf } from '../../../fields/walk-fields.ts';
import { isObject } from '../../read-values.ts';
import { lookerOptions, lookerOptionsWire } from '../fields.ts';
import { OVERRIDE } from '../fields/field-groups.ts';

/** The fields of DBConnection that name a host, a database or a service. */
const SERVER_FIELDS: readonly string[] = [
  'host',
  // It is a text when it is the name of a user attribute.
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

/** The fields of DBConnection that name a user. */
const USER_FIELDS: readonly string[] = ['username', 'impersonated_service_account', `${OVERRIDE}.username`];

const DRIVER_FIELDS = [...SERVER_FIELDS, ...USER_FIELDS];
const IN_OVERRIDE = `${OVERRIDE}.`;
const ROW_FIELDS = DRIVER_FIELDS.filter((name) => !name.startsWith(IN_OVERRIDE));
/** The fields of an override, without its name before them. */
const OVERRIDE_FIELDS = DRIVER_FIELDS.filter((name) => name.startsWith(IN_OVERRIDE)).map((name) =>
  name.slice(IN_OVERRIDE.length),
);

/** Parameters that MongoDB's BI Connector reads in a user name. At Looker it is one of the other dialects. */
const USER_PARAMETERS = 'source|mechanism';

/** Text that a user name of one dialect may contain, though it ends other values: C##BI is a common user of Oracle. */
const ALLOWED_IN_USER_NAME: Readonly<Record<string, RegExp>> = {
  oracle: /#/g,
  [OTHER_DIALECT]: new RegExp(`[?&](?:${USER_PARAMETERS})=`, 'gi'),
};

const message = (what: string, characters: string): string =>
  `Must be only ${what}. In the URL of a driver, ${characters} end it and begin driver parameters; provide those in options.looker.jdbcAdditionalParams.`;

/** Returns why a value is refused for a field of DBConnection; null where it is accepted. */
function problemOf(dialect: string, wire: string, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (SERVER_FIELDS.includes(wire)) return /[;?&#]/.test(value) ? message('a name', '; ? & and #') : null;
  if (!USER_FIELDS.includes(wire)) return null;
  const allowed = ALLOWED_IN_USER_NAME[dialect];
  const rest = allowed ? value.replaceAll(allowed, '') : value;
  return /[;?&#]/.test(rest) ? message('a user name', dialect === 'oracle' ? '; ? and &' : '; ? & and #') : null;
}

function reviewFields(
  dialect: string,
  [fields, table, values]: readonly [Fields, WireTable, Values],
  pathOf: (key: FieldKey) => string[],
): ValidationIssue[] {
  return leavesOf(fields).flatMap(({ key }) => {
    const entry = table[key];
    const problem = entry === undefined ? null : problemOf(dialect, wireFieldOf(entry).wire, valueAt(values, key));
    return problem === null ? [] : [issue(pathOf(key), 'INVALID', problem)];
  });
}

/** Returns the issues of values that would start driver parameters in the URL of a driver. */
export const reviewDriverText = ({ dialect, support, config, options }: Draft): ValidationIssue[] => [
  ...reviewFields(dialect, [support.dialect.fields, support.fields, config], (key) => configPath(dialect, key)),
  ...reviewFields(dialect, [lookerOptions, lookerOptionsWire, options], (key) => optionPath('looker', key)),
];

// ; and ? always start a parameter. & and # start one where a name and = follow: R&D and C##BI are names.
const PARAMETERS = /[;?].*|[&#]\s*[\w.$-]+\s*=.*/s;
const PARAMETERS_AFTER_USER = /;.*|[?&#]\s*[\w.$-]+\s*=.*/s;
const PARAMETERS_AFTER_OTHER_USER = new RegExp(`;.*|#\\s*[\\w.$-]+\\s*=.*|[?&](?!(?:${USER_PARAMETERS})=).*`, 'is');

/** Returns the host before its parameters; null where a password may have started before them. */
function hostBeforeParameters(host: string): string | null {
  const at = host.search(/[;&]/);
  if (at < 0) return host;
  const start = host.slice(0, at);
  return !host.includes('@') || /^[\w.\\-]+$/.test(start) ? start : null;
}

function withoutParameters(dialect: string, wire: string, value: string): string | null {
  if (wire.endsWith('host')) return hostBeforeParameters(value);
  if (SERVER_FIELDS.includes(wire)) return value.replace(PARAMETERS, '');
  return value.replace(dialect === OTHER_DIALECT ? PARAMETERS_AFTER_OTHER_USER : PARAMETERS_AFTER_USER, '');
}

/** Returns an object without driver parameters in its fields with these names; the object itself where it has none. */
function withoutParametersIn(dialect: string, values: Values, names: readonly string[], prefix: string): Values {
  let cleaned: Record<string, unknown> | null = null;
  for (const name of names) {
    const value = values[name];
    if (typeof value !== 'string' || !/[;?&#]/.test(value)) continue;
    cleaned ??= { ...values };
    cleaned[name] = withoutParameters(dialect, prefix + name, value);
  }
  return cleaned ?? values;
}

/** Returns a DBConnection without driver parameters in the fields that name a server or a user; the row itself where it has none. */
export function withoutDriverParameters(dialect: string, row: Values): Values {
  const cleaned = withoutParametersIn(dialect, row, ROW_FIELDS, '');
  const override = row[OVERRIDE];
  if (!isObject(override)) return cleaned;
  const cleanedOverride = withoutParametersIn(dialect, override, OVERRIDE_FIELDS, IN_OVERRIDE);
  return cleanedOverride === override ? cleaned : { ...cleaned, [OVERRIDE]: cleanedOverride };
}
