// Chartbrew's answer as a Connection: what the tables name, and nothing else. The answer itself is full of secrets.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../fields/fields.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { toldInPart } from '../told-in-part.ts';
import { echoedStatus, readDate, readFields, readHost, supportOfWord, textOf } from '../wire-fields.ts';
import { chartbrewDialects, sslModes, subTypes } from './dialects.ts';
import { chartbrewDetails, chartbrewDetailsWire } from './fields.ts';
import { hostFromWire } from './url-parts.ts';
import { chartbrewEntriesWire, type ChartbrewConnectionWire } from './wire.ts';

/** An SSH secret is told as `hasSshPassword` and its like; any other is echoed where it is told at all. */
const secretStatus =
  (wire: Values) =>
  (name: string): SecretStatus => {
    // Told whole or not at all, so that a part which is missing there is not stored.
    if (name.startsWith('authentication.')) return echoedStatus(wire, name, 'NOT_SET');
    if (!name.startsWith('ssh')) return echoedStatus(wire, name, 'UNKNOWN');
    const has = wire[`has${name[0]?.toUpperCase()}${name.slice(1)}`];
    return has === true ? 'SET' : has === false ? 'NOT_SET' : 'UNKNOWN';
  };

function tlsOf(wire: Values, config: Values): Values {
  const mode = textOf(wire['sslMode']);
  return {
    ...(config['tls'] as Values),
    mode: mode || null,
    verify: Object.hasOwn(sslModes, mode) ? sslModes[mode] : null,
  };
}

/** Whether Chartbrew checks the certificate of ClickHouse: always, whatever mode is stored. */
const tlsOfClickHouse = ({ tls }: Values): Values => ({
  ...(tls as Values),
  verify: valueAt(tls as Values, 'enabled') === true ? true : null,
});

function flavorOf(wire: Values, flavors: Readonly<Record<string, string>>): string | null {
  const subType = textOf(wire['subType']) || textOf(wire['type']);
  return Object.entries(flavors).find(([, word]) => word === subType)?.[0] ?? null;
}

/** Which entries there are; their values may be credentials, whatever their names. */
function entriesOf(raw: unknown): Values[] | null {
  const items = chartbrewEntriesWire.parse(raw);
  return (
    items?.flatMap((item) =>
      Object.keys(item)
        .filter((name) => name !== '')
        .map((name) => ({ name, value: echoedStatus({ value: item[name] }, 'value', 'NOT_SET') })),
    ) ?? null
  );
}

/** Chartbrew's words for how requests sign in; the server takes no word at all for none. */
const KINDS: Readonly<Record<string, string>> = {
  '': 'NONE',
  no_auth: 'NONE',
  none: 'NONE',
  basic_auth: 'BASIC',
  bearer_token: 'BEARER',
};

function kindOf(raw: unknown): string {
  if (raw === undefined || raw === null || raw === '') return 'NONE';
  const word = typeof raw === 'object' ? ((raw as Values)['type'] ?? '') : null;
  return (typeof word === 'string' && Object.hasOwn(KINDS, word) && KINDS[word]) || 'OTHER';
}

function authenticationOf(raw: unknown, { basic, bearer }: Values): Values {
  const kind = kindOf(raw);
  return { kind, basic: kind === 'BASIC' ? basic : null, bearer: kind === 'BEARER' ? bearer : 'NOT_SET' };
}

/** What a table cannot say of a dialect, beside what it did. */
function derived(dialect: string, wire: Values, config: Values): Values {
  switch (dialect) {
    case 'postgres':
    case 'mysql':
      return { flavor: flavorOf(wire, subTypes[dialect] ?? {}), tls: tlsOf(wire, config) };
    case 'clickhouse':
      return { host: hostFromWire(config['host']), tls: tlsOfClickHouse(config) };
    case 'mongodb':
      return { host: hostFromWire(config['host']), options: entriesOf(wire['options']) };
    case 'api':
      return {
        authentication: authenticationOf(wire['authentication'], config['authentication'] as Values),
        headers: entriesOf(wire['options']),
      };
    case 'customerIo':
      // The column is the one that holds hosts and URLs of the other types, and a type may be changed in place.
      return { region: readHost(wire['host']) };
    default:
      return {};
  }
}

export function fromWire(wire: ChartbrewConnectionWire): Connection {
  const support = supportOfWord(chartbrewDialects, wire.type ?? '');
  const { dialect } = support;
  const config = readFields(dialect.told, support.fields, wire, secretStatus(wire));
  return {
    vendorId: String(wire.id),
    name: wire.name ?? '',
    dialect: dialect.key,
    vendorDialect: wire.type ?? '',
    config: { ...config, ...derived(dialect.key, wire, config) },
    details: readFields(chartbrewDetails, chartbrewDetailsWire, wire, secretStatus(wire)),
    toldInPart: toldInPart(dialect.told, support.fields, wire, config),
    // Types outside the table keep more than a server's settings.
    completeness: support.readOnly ? 'PARTIAL' : 'FULL',
    createdAt: readDate(wire['createdAt']),
    updatedAt: readDate(wire['updatedAt']),
    deletedAt: null,
  };
}
