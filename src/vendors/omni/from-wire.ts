// Omni's answer as a Connection: what the tables name, and nothing else. Always PARTIAL: Omni tells few fields.
import type { Connection, Draft, Patch } from '../../domain/connection.ts';
import { valueAt } from '../../fields/values.ts';
import { readDate, readFields, supportOfWord } from '../wire-fields.ts';
import { omniDialects } from './dialects.ts';
import { environmentAfter, omniDetails, omniDetailsWire } from './fields.ts';
import type { OmniConnectionWire } from './wire.ts';

const unknown = () => 'UNKNOWN' as const;

function details(wire: OmniConnectionWire): Connection['details'] {
  const values = readFields(omniDetails, omniDetailsWire, wire, unknown);
  const attributeName = valueAt(values, 'environmentUserAttribute.attributeName');
  const given = wire['userAttributeValuesForDefaultEnvironment'];
  const texts = [given].flat().filter((value): value is string => typeof value === 'string' && value !== '');
  const branches = wire['allowBranchConnectionEnvironments'] ?? wire['branchConnectionEnvironmentOverridesUserAttr'];
  return {
    ...values,
    environmentUserAttribute:
      typeof attributeName === 'string'
        ? { attributeName, defaultValues: given === null || given === undefined ? null : texts }
        : null,
    allowsBranchEnvironments: typeof branches === 'boolean' ? branches : null,
  };
}

export function fromWire(wire: OmniConnectionWire): Connection {
  const support = supportOfWord(omniDialects, wire.dialect ?? '');
  return {
    vendorId: wire.id,
    name: wire.name ?? '',
    dialect: support.dialect.key,
    vendorDialect: wire.dialect ?? '',
    config: readFields(support.dialect.reportedFields, support.fields, wire, unknown),
    details: details(wire),
    completeness: 'PARTIAL',
    createdAt: readDate(wire['createdAt']),
    updatedAt: readDate(wire['updatedAt']),
    deletedAt: readDate(wire['deletedAt']),
  };
}

/** What is known of a connection that was created but cannot be read yet: of what was sent, that which Omni tells. */
export const fromDraft = (id: string, { name, support, config, options }: Draft): Connection => {
  const told = (key: string, wireName: string) => ({ [wireName]: valueAt(config, key) });
  const [database, schema] = ['database', 'defaultSchema'].map((wireName) =>
    Object.keys(support.fields).find((key) => support.fields[key] === wireName),
  );
  return fromWire({
    id,
    name,
    dialect: support.word ?? '',
    ...(database ? told(database, 'database') : {}),
    ...(schema ? told(schema, 'defaultSchema') : {}),
    baseRole: options['baseRole'],
  });
};

/** What is known of a connection that was changed but cannot be read: as it was, with what Omni tells of the change. */
export const fromPatch = ({ current, options }: Patch): Connection => ({
  ...current,
  details: {
    ...current.details,
    ...options,
    environmentUserAttribute: environmentAfter(current.details, options),
  },
});
