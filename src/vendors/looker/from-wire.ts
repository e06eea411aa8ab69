// A DBConnection as a Connection: what the tables name, and nothing else.
import type { Connection } from '../../domain/connection.ts';
import type { Capability } from '../../domain/errors.ts';
import { OTHER_DIALECT } from '../../fields/dialect.ts';
import { valueAt, type Values } from '../../fields/fields.ts';
import { snowflakeAccountOf } from '../../formats/host.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { toldInPart } from '../told-in-part.ts';
import {
  echoedStatus,
  isObject,
  readDate,
  readFields,
  readHost,
  readUrl,
  supportOfWord,
  textOf,
} from '../wire-fields.ts';
import { lookerDialects } from './dialects.ts';
import { withoutDriverParameters } from './driver-text.ts';
import { OVERRIDE } from './field-groups.ts';
import { lookerDetails, lookerDetailsWire } from './fields.ts';
import { athenaRegion } from './hosts.ts';
import { hasOwnParams, readParam } from './jdbc-params.ts';
import type { LookerConnectionWire } from './wire.ts';

const told = (flag: unknown): SecretStatus => (typeof flag === 'boolean' ? (flag ? 'SET' : 'NOT_SET') : 'UNKNOWN');

const asObject = (raw: unknown): Values | null => (isObject(raw) ? raw : null);

const paramsOf = (wire: Values): string => textOf(wire['jdbc_additional_params']);

/** Looker keeps a password or the passphrase of a key in one place. Which of the two it is follows from how the connection signs in. */
function snowflakeSecrets(wire: Values): Values {
  const place = told(wire['has_password']);
  const usesKeyPair = wire['uses_key_pair_auth'];
  if (usesKeyPair === true) return { password: 'NOT_SET', privateKeyPassphrase: place };
  if (usesKeyPair === false) return { password: place, privateKeyPassphrase: 'NOT_SET' };
  return { password: place, privateKeyPassphrase: place === 'NOT_SET' ? 'NOT_SET' : 'UNKNOWN' };
}

function snowflake(wire: Values): Values {
  const host = readHost(wire['host']);
  const account = host === null ? null : snowflakeAccountOf(host);
  const param = (key: string) => readParam('snowflake', key, paramsOf(wire));
  return {
    account: account ?? readHost(param('account')),
    hostOverride: account === null ? host : null,
    warehouse: param('warehouse'),
    role: param('role'),
    ...snowflakeSecrets(wire),
  };
}

const athena = (wire: Values): Values => ({
  region: athenaRegion(readHost(wire['host']) ?? ''),
  s3StagingDir: readUrl(readParam('athena', 's3StagingDir', paramsOf(wire))),
});

const databricks = (wire: Values): Values => ({
  // Of a path that someone gave a query, the path alone.
  httpPath: readParam('databricks', 'httpPath', paramsOf(wire))?.replace(/[?#].*$/s, '') ?? null,
});

/** What no table says, by dialect. */
const DERIVED: Readonly<Record<string, (wire: Values) => Values>> = { athena, databricks, snowflake };

/** Of a key file Looker tells little: one that is in use is stored; a key pair of Snowflake that is not may be. */
function keyFileStatus(wire: Values, dialect: string): SecretStatus {
  const uses = [wire['uses_key_pair_auth'], wire['uses_service_auth']];
  if (uses.includes(true)) return 'SET';
  if (dialect === 'bigquery') return told(wire['uses_service_auth']);
  return dialect !== 'snowflake' && uses.every((one) => one === false) ? 'NOT_SET' : 'UNKNOWN';
}

/** The state of a secret in `config`: `has_password` is missing on older hosts. */
const configStatus =
  (wire: Values, dialect: string) =>
  (name: string): SecretStatus =>
    name === 'password' ? told(wire['has_password']) : keyFileStatus(wire, dialect);

const isUnset = (value: unknown): boolean => value === undefined || value === null || value === '';

/** An override by its short names; each has a `pdt_` twin that means the same. */
function readOverride(raw: unknown): Values | null {
  const override = asObject(raw);
  if (!override) return null;
  const twins = Object.entries(override).flatMap(([key, value]) =>
    key.startsWith('pdt_') ? [[key.slice('pdt_'.length), value] as const] : [],
  );
  const missing = twins.filter(([key]) => isUnset(override[key]));
  return { ...override, ...Object.fromEntries(missing) };
}

function detailsStatus(wire: Values, dialect: string): (name: string) => SecretStatus {
  const isInConfig = dialect === 'bigquery' || dialect === 'snowflake';
  const file = keyFileStatus(wire, dialect);
  const states: Readonly<Record<string, SecretStatus>> = {
    // Where `config` shows a key file, Looker does not say which of the two it was given as.
    certificate: isInConfig && file === 'SET' ? 'UNKNOWN' : file,
    [`${OVERRIDE}.password`]: told(valueAt(wire, `${OVERRIDE}.has_password`)),
    [`${OVERRIDE}.certificate`]: 'UNKNOWN',
  };
  return (name) => states[name] ?? echoedStatus(wire, name, 'UNKNOWN');
}

function details(row: Values, dialect: string): Values {
  const wire = withoutDriverParameters(dialect, { ...row, [OVERRIDE]: readOverride(row[OVERRIDE]) });
  const read = readFields(lookerDetails, lookerDetailsWire, wire, detailsStatus(wire, dialect));
  const port = textOf(wire['port']);
  const can = asObject(wire['can']);
  return {
    ...read,
    ...('jdbc_additional_params' in wire
      ? { jdbcAdditionalParams: hasOwnParams(dialect, paramsOf(wire)) ? 'SET' : 'NOT_SET' }
      : {}),
    portUserAttribute: Number.isNaN(Number(port)) ? port : null,
    allowedActions: can && Object.entries(can).flatMap(([action, allowed]) => (allowed === true ? [action] : [])),
    dialectDetails: asObject(wire['dialect']) && read['dialectDetails'],
    pdtOverride: wire[OVERRIDE] && read['pdtOverride'],
  };
}

/** What Looker says that it does not let its user do with this one. */
function deniedBy(wire: Values): Capability[] {
  const can = asObject(wire['can']);
  return [
    ...(can?.['update'] === false ? (['UPDATE', 'UPDATE_SECRETS'] as const) : []),
    ...(can?.['destroy'] === false ? (['DELETE'] as const) : []),
    ...(can?.['test'] === false ? (['TEST_SAVED'] as const) : []),
  ];
}

export function fromWire(row: LookerConnectionWire): Connection {
  const support = supportOfWord(lookerDialects, row.dialect_name ?? '');
  const { key, told: fields } = support.dialect;
  const wire = { ...row, ...withoutDriverParameters(key, row) };
  // Told as vendorDialect alone; it stands here too so that writing it again is seen to be no change.
  const dialectName = { dialectName: row.dialect_name || null };
  const isOther = key === OTHER_DIALECT;
  const config = {
    ...readFields(fields, support.fields, wire, configStatus(wire, key)),
    ...DERIVED[key]?.(wire),
    ...(isOther ? dialectName : {}),
  };
  return {
    vendorId: row.name,
    name: row.name,
    dialect: key,
    vendorDialect: row.dialect_name ?? '',
    config,
    details: { ...details(wire, key), ...(isOther ? {} : dialectName) },
    toldInPart: toldInPart(fields, support.fields, row, config),
    completeness: 'FULL',
    createdAt: readDate(row['created_at']),
    updatedAt: null,
    deletedAt: null,
    denied: deniedBy(row),
  };
}
