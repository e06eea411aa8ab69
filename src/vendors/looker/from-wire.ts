// Translates a DBConnection to a Connection. Only fields that the tables name are read.
import type { Connection } from '../../domain/connection.ts';
import type { Capability } from '../../domain/capability.ts';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import type { Values } from '../../fields/values-by-key.ts';
import { partlyReportedKeys } from '../partly-reported.ts';
import { readFields, supportOfWord } from '../read-fields.ts';
import { isObject, readDate, textOf } from '../read-values.ts';
import { configStatus, derivedOnRead, detailsStatus, paramsOf } from './derived/derived-on-read.ts';
import { lookerDialects } from './dialects.ts';
import { lookerDetails, lookerDetailsWire } from './fields.ts';
import { OVERRIDE } from './fields/field-groups.ts';
import { withoutDriverParameters } from './jdbc/driver-text.ts';
import { hasCallerParams } from './jdbc/driver-params.ts';
import type { LookerConnectionWire } from './wire.ts';

const asObject = (raw: unknown): Values | null => (isObject(raw) ? raw : null);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Returns a row whose override has the short field names. Looker may report a field as `pdt_<name>` instead. */
function withReadOverride(row: Values): Values {
  const override = asObject(row[OVERRIDE]);
  if (!override) return row;
  const prefixed = Object.entries(override).flatMap(([key, value]) =>
    key.startsWith('pdt_') ? [[key.slice('pdt_'.length), value] as const] : [],
  );
  const missing = prefixed.filter(([key]) => isEmpty(override[key]));
  return { ...row, [OVERRIDE]: { ...override, ...Object.fromEntries(missing) } };
}

/** The details that the table cannot copy one by one. `read` is what the table has read. */
const DERIVED_DETAILS: Readonly<Record<string, (wire: Values, dialect: string, read: Values) => unknown>> = {
  portUserAttribute: (wire) => {
    const port = textOf(wire['port']);
    return Number.isNaN(Number(port)) ? port : null;
  },
  allowedActions: (wire) => {
    const can = asObject(wire['can']);
    return can && Object.entries(can).flatMap(([action, allowed]) => (allowed === true ? [action] : []));
  },
  jdbcAdditionalParams: (wire, dialect, read) => {
    if (!('jdbc_additional_params' in wire)) return read['jdbcAdditionalParams'];
    return hasCallerParams(dialect, paramsOf(wire)) ? 'SET' : 'NOT_SET';
  },
  dialectDetails: (wire, _dialect, read) => asObject(wire['dialect']) && read['dialectDetails'],
  pdtOverride: (wire, _dialect, read) => asObject(wire[OVERRIDE]) && read['pdtOverride'],
  // It is reported as vendorDialect. It is an option too, so that an update with the same value is seen as no change.
  dialectName: (wire, dialect, read) =>
    dialect === OTHER_DIALECT ? read['dialectName'] : textOf(wire['dialect_name']) || null,
};

const DERIVED_DETAILS_LIST = Object.entries(DERIVED_DETAILS);

/** Returns the details of a row; only the selected details when a selection is provided. */
function readDetails(wire: Values, dialect: string, selected?: ReadonlySet<string>): Values {
  const read = readFields(lookerDetails, lookerDetailsWire, wire, detailsStatus(wire, dialect), selected);
  for (const [name, derive] of DERIVED_DETAILS_LIST) {
    if (!selected || selected.has(name)) read[name] = derive(wire, dialect, read);
  }
  return read;
}

/** Returns the capabilities that Looker denies the gateway's user for this connection. */
function deniedBy(wire: Values): Capability[] {
  const can = asObject(wire['can']);
  return [
    ...(can?.['update'] === false ? (['UPDATE', 'UPDATE_SECRETS'] as const) : []),
    ...(can?.['destroy'] === false ? (['DELETE'] as const) : []),
    ...(can?.['test'] === false ? (['TEST_SAVED'] as const) : []),
  ];
}

/** Returns the connection that a DBConnection describes. */
export function fromWire(row: LookerConnectionWire): Connection {
  const word = textOf(row['dialect_name']);
  const support = supportOfWord(lookerDialects, word);
  const { key, reportedFields: fields } = support.dialect;
  const wire = withoutDriverParameters(key, withReadOverride(row));
  const config = Object.assign(
    readFields(fields, support.fields, wire, configStatus(wire, key)),
    derivedOnRead(key, wire),
    key === OTHER_DIALECT ? { dialectName: word || null } : null,
  );
  return {
    vendorId: row.name,
    name: row.name,
    dialect: key,
    vendorDialect: word,
    config,
    details: (selected) => readDetails(wire, key, selected),
    partlyReported: partlyReportedKeys(fields, support.fields, row, config),
    completeness: 'FULL',
    createdAt: readDate(row['created_at']),
    updatedAt: null,
    deletedAt: null,
    denied: deniedBy(row),
  };
}
