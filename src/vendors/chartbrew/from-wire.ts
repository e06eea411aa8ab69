// Chartbrew's answer as a Connection: what the tables name, and nothing else. The answer itself is full of secrets.
import type { Connection } from '../../domain/connection.ts';
import type { Values } from '../../domain/fields.ts';
import type { SecretStatus } from '../../domain/secret.ts';
import { echoedStatus, readDate, readFields, supportOfWord, textOf } from '../wire-fields.ts';
import { chartbrewDialects, sslModes, subTypes } from './dialects.ts';
import { chartbrewDetails, chartbrewDetailsWire } from './fields.ts';
import type { ChartbrewConnectionWire } from './wire.ts';

/** An SSH secret is told as `hasSshPassword` and its like; any other is echoed where it is told at all. */
const secretStatus =
  (wire: Values) =>
  (name: string): SecretStatus => {
    if (!name.startsWith('ssh')) return echoedStatus(wire, name, 'UNKNOWN');
    const has = wire[`has${name[0]?.toUpperCase()}${name.slice(1)}`];
    return has === true ? 'SET' : has === false ? 'NOT_SET' : 'UNKNOWN';
  };

function sqlConfig(dialect: string, wire: Values, config: Values): Values {
  const flavors = Object.entries(subTypes[dialect] ?? {});
  const subType = textOf(wire['subType']) || textOf(wire['type']);
  const mode = textOf(wire['sslMode']);
  return {
    ...config,
    flavor: flavors.find(([, word]) => word === subType)?.[0] ?? null,
    tls: {
      ...(config['tls'] as Values),
      mode: mode || null,
      verify: Object.hasOwn(sslModes, mode) ? sslModes[mode] : null,
    },
  };
}

export function fromWire(wire: ChartbrewConnectionWire): Connection {
  const support = supportOfWord(chartbrewDialects, wire.type ?? '');
  const { dialect } = support;
  const config = readFields(dialect.fields, support.fields, wire, secretStatus(wire));
  return {
    vendorId: String(wire.id),
    name: wire.name ?? '',
    dialect: dialect.key,
    vendorDialect: wire.type ?? '',
    config: dialect.key in subTypes ? sqlConfig(dialect.key, wire, config) : config,
    details: readFields(chartbrewDetails, chartbrewDetailsWire, wire, secretStatus(wire)),
    // Types outside the table keep more than a server's settings.
    completeness: support.word === null ? 'PARTIAL' : 'FULL',
    createdAt: readDate(wire['createdAt']),
    updatedAt: readDate(wire['updatedAt']),
    deletedAt: null,
  };
}
