// Converts Chartbrew's answers to connections. Only fields that the tables name are read, because an answer contains secrets.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { partlyReportedKeys } from '../partly-reported.ts';
import { echoedStatus, readFields, supportOfWord } from '../read-fields.ts';
import { readDate, readHost, textOf } from '../read-values.ts';
import { chartbrewDialects, sslModes, subTypes } from './dialects.ts';
import { chartbrewDetails, chartbrewDetailsWire } from './fields.ts';
import { hostFromWire } from './hosts/hosts.ts';
import { chartbrewEntriesWire, type ChartbrewConnectionWire } from './wire.ts';

/**
 * Returns the status of a secret by its wire name. For an SSH secret Chartbrew reports a flag such as `hasSshPassword`. Of any
 * other secret it returns the value, or nothing at all.
 */
const secretStatus =
  (wire: Values) =>
  (name: string): SecretStatus => {
    // Chartbrew reports this object whole or not at all, so a missing part is not stored.
    if (name.startsWith('authentication.')) return echoedStatus(wire, name, 'NOT_SET');
    if (!name.startsWith('ssh')) return echoedStatus(wire, name, 'UNKNOWN');
    const has = wire[`has${name[0]?.toUpperCase()}${name.slice(1)}`];
    return has === true ? 'SET' : has === false ? 'NOT_SET' : 'UNKNOWN';
  };

function tlsFromWire(wire: Values, config: Values): Values {
  const mode = textOf(wire['sslMode']);
  return {
    ...(config['tls'] as Values),
    mode: mode || null,
    verify: Object.hasOwn(sslModes, mode) ? sslModes[mode] : null,
  };
}

/** Returns the TLS settings of ClickHouse. Chartbrew always verifies its certificate, whatever mode is stored. */
const clickhouseTls = ({ tls }: Values): Values => ({
  ...(tls as Values),
  verify: valueAt(tls as Values, 'enabled') === true ? true : null,
});

function flavorFromWire(wire: Values, flavors: Readonly<Record<string, string>>): string | null {
  const subType = textOf(wire['subType']) || textOf(wire['type']);
  return Object.entries(flavors).find(([, word]) => word === subType)?.[0] ?? null;
}

/** Returns the names of named values. Their values may be credentials, whatever the names, so only a status is returned. */
function entriesFromWire(raw: unknown): Values[] | null {
  const items = chartbrewEntriesWire.parse(raw);
  return (
    items?.flatMap((item) =>
      Object.keys(item)
        .filter((name) => name !== '')
        .map((name) => ({ name, value: echoedStatus({ value: item[name] }, 'value', 'NOT_SET') })),
    ) ?? null
  );
}

/** Chartbrew's words for the sign-in to an API. The server also accepts no word for no sign-in. */
const SIGN_IN_KINDS: Readonly<Record<string, string>> = {
  '': 'NONE',
  no_auth: 'NONE',
  none: 'NONE',
  basic_auth: 'BASIC',
  bearer_token: 'BEARER',
};

function signInKind(raw: unknown): string {
  if (raw === undefined || raw === null || raw === '') return 'NONE';
  const word = typeof raw === 'object' ? ((raw as Values)['type'] ?? '') : null;
  return (typeof word === 'string' && Object.hasOwn(SIGN_IN_KINDS, word) && SIGN_IN_KINDS[word]) || 'OTHER';
}

function authenticationFromWire(raw: unknown, { basic, bearer }: Values): Values {
  const kind = signInKind(raw);
  return { kind, basic: kind === 'BASIC' ? basic : null, bearer: kind === 'BEARER' ? bearer : 'NOT_SET' };
}

/** Returns the config fields that the table cannot copy one by one. @param config the fields that the table has read. */
function derivedFields(dialect: string, wire: Values, config: Values): Values {
  switch (dialect) {
    case 'postgres':
    case 'mysql':
      return { flavor: flavorFromWire(wire, subTypes[dialect] ?? {}), tls: tlsFromWire(wire, config) };
    case 'clickhouse':
      return { host: hostFromWire(config['host']), tls: clickhouseTls(config) };
    case 'mongodb':
      return { host: hostFromWire(config['host']), options: entriesFromWire(wire['options']) };
    case 'api':
      return {
        authentication: authenticationFromWire(wire['authentication'], config['authentication'] as Values),
        headers: entriesFromWire(wire['options']),
      };
    case 'customerIo':
      // For other types this column holds hosts and URLs. They stay there when the type of a connection is changed.
      return { region: readHost(wire['host']) };
    default:
      return {};
  }
}

/** Returns the connection in Chartbrew's answer. */
export function fromWire(wire: ChartbrewConnectionWire): Connection {
  const support = supportOfWord(chartbrewDialects, textOf(wire['type']));
  const { dialect } = support;
  const config = readFields(dialect.reportedFields, support.fields, wire, secretStatus(wire));
  return {
    vendorId: String(wire.id),
    name: textOf(wire['name']),
    dialect: dialect.key,
    vendorDialect: textOf(wire['type']),
    config: { ...config, ...derivedFields(dialect.key, wire, config) },
    details: () => readFields(chartbrewDetails, chartbrewDetailsWire, wire, secretStatus(wire)),
    partlyReported: partlyReportedKeys(dialect.reportedFields, support.fields, wire, config),
    // Types outside the table have settings that are not read.
    completeness: support.readOnly ? 'PARTIAL' : 'FULL',
    createdAt: readDate(wire['createdAt']),
    updatedAt: readDate(wire['updatedAt']),
    deletedAt: null,
  };
}
