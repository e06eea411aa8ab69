// A DBConnection as a Connection: what the tables name, and nothing else.
import type { Connection } from '../../domain/connection.ts';
import type { Values } from '../../domain/fields.ts';
import type { SecretStatus } from '../../domain/secret.ts';
import { echoedStatus, readDate, readFields, readHost, supportOfWord, textOf } from '../wire-fields.ts';
import { lookerDialects } from './dialects.ts';
import { lookerDetails, lookerDetailsWire } from './fields.ts';
import { paramNames, readParam } from './jdbc-params.ts';
import type { LookerConnectionWire } from './wire.ts';

const STANDARD_HOST = '.snowflakecomputing.com';
/** Parameters that `config` shows. */
const KNOWN_PARAMS = ['account', 'warehouse', 'role'];

const told = (flag: unknown): SecretStatus => (typeof flag === 'boolean' ? (flag ? 'SET' : 'NOT_SET') : 'UNKNOWN');

function snowflake(wire: Values): Values {
  const host = readHost(wire['host']) ?? '';
  const params = textOf(wire['jdbc_additional_params']);
  const isStandard = host.endsWith(STANDARD_HOST);
  return {
    account: isStandard ? host.slice(0, -STANDARD_HOST.length) : readHost(readParam(params, 'account')),
    hostOverride: isStandard || host === '' ? null : host,
    warehouse: readParam(params, 'warehouse'),
    role: readParam(params, 'role'),
  };
}

/** Statuses of the write-only fields: `has_password` is missing on older hosts, of a key file Looker tells little. */
const secretStatus =
  (wire: Values) =>
  (name: string): SecretStatus => {
    if (name === 'password') return told(wire['has_password']);
    // A key pair that is in use is stored; one that is not may be.
    if (wire['uses_key_pair_auth'] === true) return 'SET';
    return wire['dialect_name'] === 'bigquery_standard_sql' ? told(wire['uses_service_auth']) : 'UNKNOWN';
  };

function details(wire: Values, isSnowflake: boolean): Values {
  const known = isSnowflake ? KNOWN_PARAMS : [];
  const own = [...paramNames(textOf(wire['jdbc_additional_params']))].filter((name) => !known.includes(name));
  const can = wire['can'];
  return {
    ...readFields(lookerDetails, lookerDetailsWire, wire, (name) => echoedStatus(wire, name, 'UNKNOWN')),
    ...('jdbc_additional_params' in wire ? { jdbcAdditionalParams: own.length > 0 ? 'SET' : 'NOT_SET' } : {}),
    allowedActions:
      can !== null && typeof can === 'object'
        ? Object.entries(can).flatMap(([action, allowed]) => (allowed === true ? [action] : []))
        : null,
  };
}

export function fromWire(wire: LookerConnectionWire): Connection {
  const support = supportOfWord(lookerDialects, wire.dialect_name ?? '');
  const isSnowflake = support.dialect.key === 'snowflake';
  return {
    vendorId: wire.name,
    name: wire.name,
    dialect: support.dialect.key,
    vendorDialect: wire.dialect_name ?? '',
    config: {
      ...readFields(support.dialect.fields, support.fields, wire, secretStatus(wire)),
      ...(isSnowflake ? snowflake(wire) : {}),
    },
    details: details(wire, isSnowflake),
    completeness: 'FULL',
    createdAt: readDate(wire['created_at']),
    updatedAt: null,
    deletedAt: null,
  };
}
