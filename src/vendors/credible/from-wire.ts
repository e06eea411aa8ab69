// Credible's answer as a Connection: what the tables name, and nothing else.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../fields/values.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { toldInPart } from '../told-in-part.ts';
import { echoedStatus, isObject, readFields, supportOfWord, textOf } from '../wire-fields.ts';
import { attachmentFields, sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { credibleDialects } from './dialects.ts';
import { credibleDetails, credibleDetailsWire } from './fields.ts';
import { hostOfServer, isServerEncrypted } from './server.ts';
import type { CredibleConnectionWire } from './wire.ts';
import { withheldIn } from './withheld.ts';

/** Reads leave secrets out, so a missing one says nothing; one that is echoed after all is set. */
const statusIn =
  (wire: Values) =>
  (name: string): SecretStatus =>
    echoedStatus(wire, name, 'UNKNOWN') === 'SET' ? 'SET' : 'UNKNOWN';

/** What is attached to a DuckDB. Where the kind is one that this schema does not know, the source is null. */
export function readAttachment(wire: Values): Values {
  const kind = textOf(wire['type']);
  const block = Object.hasOwn(sourceBlocks, kind) ? sourceBlocks[kind] : undefined;
  return {
    ...readFields(attachmentFields, { name: 'name' }, wire, statusIn(wire)),
    source: block ? { [kind]: readFields(sourceFieldsOf(kind), block.fields, wire, statusIn(wire)) } : null,
  };
}

/** What more than a copy makes, by the dialect. */
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

export function fromWire(wire: CredibleConnectionWire): Connection {
  const support = supportOfWord(credibleDialects, wire.type ?? '');
  const { dialect } = support;
  const config = {
    ...readFields(dialect.reportedFields, support.fields, wire, statusIn(wire)),
    ...DERIVED[dialect.key]?.(wire),
  };
  const withheld = withheldIn(support, wire, config);
  // Blocks of unknown types are not read at all.
  const isPart = support.readOnly === true || withheld.some(({ why }) => why !== 'UNREADABLE');
  return {
    vendorId: wire.name,
    name: wire.name,
    dialect: dialect.key,
    vendorDialect: wire.type ?? '',
    config,
    details: readFields(credibleDetails, credibleDetailsWire, wire, () => 'UNKNOWN'),
    toldInPart: toldInPart(dialect.reportedFields, support.fields, wire, config),
    completeness: isPart ? 'PARTIAL' : 'FULL',
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
    ...(withheld.length > 0 && { withheld }),
  };
}
