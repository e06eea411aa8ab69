// Translates Omni's answer to a Connection. Only fields that the tables name are read. A connection of Omni is always PARTIAL: Omni
// reports few of its fields.
import type { Connection, Draft, Patch } from '../../domain/connection.ts';
import { valueAt, type Values } from '../../fields/values-by-key.ts';
import { readFields, supportOfWord } from '../read-fields.ts';
import { readDate, textOf } from '../read-values.ts';
import { omniDialects } from './dialects.ts';
import { environmentAfterUpdate } from './environment/environment-attribute.ts';
import { omniDetails, omniDetailsWire } from './fields.ts';
import type { OmniConnectionWire } from './wire.ts';

const unknownStatus = () => 'UNKNOWN' as const;

function details(wire: OmniConnectionWire): Values {
  const values = readFields(omniDetails, omniDetailsWire, wire, unknownStatus);
  const attributeName = valueAt(values, 'environmentUserAttribute.attributeName');
  const reported = wire['userAttributeValuesForDefaultEnvironment'];
  const texts = [reported].flat().filter((value): value is string => typeof value === 'string' && value !== '');
  // An older Omni has the second name.
  const branches = wire['allowBranchConnectionEnvironments'] ?? wire['branchConnectionEnvironmentOverridesUserAttr'];
  return {
    ...values,
    environmentUserAttribute:
      typeof attributeName === 'string'
        ? { attributeName, defaultValues: reported === null || reported === undefined ? null : texts }
        : null,
    allowsBranchEnvironments: typeof branches === 'boolean' ? branches : null,
  };
}

/** Returns the connection that Omni reports. */
export function fromWire(wire: OmniConnectionWire): Connection {
  const support = supportOfWord(omniDialects, textOf(wire['dialect']));
  return {
    vendorId: wire.id,
    name: textOf(wire['name']),
    dialect: support.dialect.key,
    vendorDialect: textOf(wire['dialect']),
    config: readFields(support.dialect.reportedFields, support.fields, wire, unknownStatus),
    details: () => details(wire),
    completeness: 'PARTIAL',
    createdAt: readDate(wire['createdAt']),
    updatedAt: readDate(wire['updatedAt']),
    deletedAt: readDate(wire['deletedAt']),
  };
}

/** Returns a new connection that cannot be read yet: the fields of the draft that Omni would report. */
export const fromDraft = (id: string, { name, support, config, options }: Draft): Connection => {
  const sent = (wireName: string) => {
    const key = Object.keys(support.fields).find((field) => support.fields[field] === wireName);
    return key ? { [wireName]: valueAt(config, key) } : {};
  };
  return fromWire({
    id,
    name,
    dialect: support.vendorDialect ?? '',
    ...sent('database'),
    ...sent('defaultSchema'),
    baseRole: options['baseRole'],
  });
};

/** Returns a changed connection that cannot be read: the connection before the update, with the changes that Omni would report. */
export const fromPatch = ({ current, options }: Patch): Connection => ({
  ...current,
  details: () => ({
    ...current.details(),
    ...options,
    environmentUserAttribute: environmentAfterUpdate(current.details(), options),
  }),
});
