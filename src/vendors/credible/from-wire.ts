// Credible's answer as a Connection: what the tables name, and nothing else.
import type { Connection } from '../../domain/connection.ts';
import { echoedStatus, readFields, supportOfWord } from '../wire-fields.ts';
import { credibleDialects } from './dialects.ts';
import { credibleDetails, credibleDetailsWire } from './fields.ts';
import type { CredibleConnectionWire } from './wire.ts';

export function fromWire(wire: CredibleConnectionWire): Connection {
  const support = supportOfWord(credibleDialects, wire.type ?? '');
  return {
    vendorId: wire.name,
    name: wire.name,
    dialect: support.dialect.key,
    vendorDialect: wire.type ?? '',
    // Reads leave secrets out, so a missing one says nothing; one that is echoed after all is set.
    config: readFields(support.dialect.fields, support.fields, wire, (name) =>
      echoedStatus(wire, name, 'UNKNOWN') === 'SET' ? 'SET' : 'UNKNOWN',
    ),
    details: readFields(credibleDetails, credibleDetailsWire, wire, () => 'UNKNOWN'),
    // Of types outside the table no block is read.
    completeness: support.word === null ? 'PARTIAL' : 'FULL',
    createdAt: null,
    updatedAt: null,
    deletedAt: null,
  };
}
