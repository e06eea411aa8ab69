// Reads a box as a Connection: only the fields in the tables.
import type { Connection } from '../../../src/domain/connection.ts';
import { echoedStatus, readFields, supportOfWord } from '../../../src/vendors/read-fields.ts';
import { readDate } from '../../../src/vendors/read-values.ts';
import { toyDialects } from './dialects.ts';
import { toyDetails, toyDetailsWire } from './fields.ts';
import type { ToyBoxWire } from './wire.ts';

export function fromWire(wire: ToyBoxWire): Connection {
  const { dialect, fields } = supportOfWord(toyDialects, wire.kind);
  const statusOf = (name: string) => echoedStatus(wire, name, 'NOT_SET');
  return {
    vendorId: wire.id,
    name: wire.name,
    dialect: dialect.key,
    vendorDialect: wire.kind,
    config: readFields(dialect.reportedFields, fields, wire, statusOf),
    details: () => readFields(toyDetails, toyDetailsWire, wire, statusOf),
    completeness: 'FULL',
    createdAt: readDate(wire['made']),
    updatedAt: null,
    deletedAt: null,
  };
}
