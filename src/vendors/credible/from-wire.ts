// Credible's answer as a Connection: what the tables name, and nothing else.
import type { Connection } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../domain/fields.ts';
import type { SecretStatus } from '../../domain/secret.ts';
import { toldInPart } from '../told-in-part.ts';
import { echoedStatus, isObject, readFields, readHost, supportOfWord, textOf } from '../wire-fields.ts';
import { attachmentFields, sourceBlocks, sourceFieldsOf } from './blocks.ts';
import { credibleDialects } from './dialects.ts';
import { credibleDetails, credibleDetailsWire } from './fields.ts';
import type { CredibleConnectionWire } from './wire.ts';

/** Reads leave secrets out, so a missing one says nothing; one that is echoed after all is set. */
const statusIn =
  (wire: Values) =>
  (name: string): SecretStatus =>
    echoedStatus(wire, name, 'UNKNOWN') === 'SET' ? 'SET' : 'UNKNOWN';

/** Where the kind is one that this schema does not know, the source is null. */
function readAttachment(wire: Values): Values {
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
    const scheme = /^(https?):\/\//i.exec(textOf(server))?.[1]?.toLowerCase();
    return { host: readHost(server), tls: { enabled: scheme === undefined ? null : scheme === 'https' } };
  },
  duckdb: (wire) => {
    const attached = valueAt(wire, 'duckdbConnection.attachedDatabases');
    return { attached: Array.isArray(attached) ? attached.filter(isObject).map(readAttachment) : null };
  },
};

/** Blocks of unknown types are not read: neither a connection's nor one that is attached. */
const isWhole = (isKnown: boolean, { attached }: Values): boolean =>
  isKnown && !(Array.isArray(attached) && attached.some(({ source }: Values) => source === null));

export function fromWire(wire: CredibleConnectionWire): Connection {
  const support = supportOfWord(credibleDialects, wire.type ?? '');
  const { dialect } = support;
  const config = {
    ...readFields(dialect.told, support.fields, wire, statusIn(wire)),
    ...DERIVED[dialect.key]?.(wire),
  };
  return {
    vendorId: wire.name,
    name: wire.name,
    dialect: dialect.key,
    vendorDialect: wire.type ?? '',
    config,
    details: readFields(credibleDetails, credibleDetailsWire, wire, () => 'UNKNOWN'),
    toldInPart: toldInPart(dialect.told, support.fields, wire, config),
    completeness: isWhole(!support.readOnly, config) ? 'FULL' : 'PARTIAL',
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
  };
}
