// Converts Credible's answers to connections. Only fields that the tables name are read.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { partlyReportedKeys } from '../partly-reported.ts';
import { echoedStatus, readFields, supportOfWord } from '../read-fields.ts';
import { isObject, textOf } from '../read-values.ts';
import { attachmentFields, sourceBlocks, sourceFieldsOf } from './blocks/block-fields.ts';
import { credibleDialects } from './dialects.ts';
import { credibleDetails, credibleDetailsWire } from './fields.ts';
import { hostOfServer, isServerEncrypted } from './trino/trino-server.ts';
import type { CredibleConnectionWire } from './wire.ts';
import { withheldIn } from './stored-blocks/withheld-parts.ts';

/** Returns the status of a secret by its wire name. Reads leave secrets out, so a missing secret may still be stored. */
const secretStatus =
  (wire: Values) =>
  (name: string): SecretStatus =>
    echoedStatus(wire, name, 'UNKNOWN') === 'SET' ? 'SET' : 'UNKNOWN';

const ATTACHMENT_TABLE = { name: 'name' };

/** Returns a database that is attached to a DuckDB. Its source is null when this schema does not know its kind. */
export function readAttachment(wire: Values): Values {
  const kind = textOf(wire['type']);
  const block = Object.hasOwn(sourceBlocks, kind) ? sourceBlocks[kind] : undefined;
  return {
    ...readFields(attachmentFields, ATTACHMENT_TABLE, wire, secretStatus(wire)),
    source: block ? { [kind]: readFields(sourceFieldsOf(kind), block.fields, wire, secretStatus(wire)) } : null,
  };
}

/** For each dialect, the config fields that the table cannot copy one by one. */
const DERIVED: Readonly<Record<string, (wire: Values) => Values>> = {
  trino: (wire) => {
    const server = valueAt(wire, 'trinoConnection.server');
    return { host: hostOfServer(server), tls: { enabled: isServerEncrypted(server) } };
  },
  duckdb: (wire) => {
    const attached = valueAt(wire, 'duckdbConnection.attachedDatabases');
    return { attached: Array.isArray(attached) ? attached.filter(isObject).map(readAttachment) : null };
  },
};

/** Returns the connection in Credible's answer. */
export function fromWire(wire: CredibleConnectionWire): Connection {
  const support = supportOfWord(credibleDialects, textOf(wire['type']));
  const { dialect } = support;
  const config = {
    ...readFields(dialect.reportedFields, support.fields, wire, secretStatus(wire)),
    ...DERIVED[dialect.key]?.(wire),
  };
  const withheld = withheldIn(support, wire, config);
  // Blocks of unknown types are not read.
  const isPartial = support.readOnly === true || withheld.some(({ why }) => why !== 'UNREADABLE');
  return {
    vendorId: wire.name,
    name: wire.name,
    dialect: dialect.key,
    vendorDialect: textOf(wire['type']),
    config,
    details: () => readFields(credibleDetails, credibleDetailsWire, wire, () => 'UNKNOWN'),
    partlyReported: partlyReportedKeys(dialect.reportedFields, support.fields, wire, config),
    completeness: isPartial ? 'PARTIAL' : 'FULL',
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
    ...(withheld.length > 0 && { withheld }),
  };
}
