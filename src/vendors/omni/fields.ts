// What only Omni takes and tells of a connection, and its name in the API.
import * as z from 'zod';
import { flag, group, integer, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { Values } from '../../fields/values.ts';
import type { WireTable } from '../../domain/vendor.ts';

const baseRole = text('Role that everyone has on the connection at least: VIEWER, QUERIER, … or a custom one.', {
  safeToChange: SAFE_REASONS.vendorOnly,
});

export const omniOptions = z.object({
  baseRole,
  includeSchemas: list('Schemas to offer; all when left out.', text('A schema name, without a comma.')),
  includeOtherCatalogs: list('Further catalogs or databases to offer.', text('A catalog name, without a comma.')),
  offloadedSchemas: list('Schemas whose structure is not kept in memory.', text('A schema name, without a comma.')),
  scratchSchema: text('Schema in which Omni may create tables.'),
  queryTimeoutSeconds: integer('Longest time that one query may take, in seconds; Omni takes 900 when left out.', {
    min: 1,
    max: 3600,
  }),
  systemTimezone: text('Time zone of the database; Omni takes UTC when left out.'),
  queryTimezone: text('Time zone in which results are shown, or NONE for no conversion.'),
  allowsUserSpecificTimezones: flag('Whether users may pick a time zone of their own.'),
  authenticationType: text(
    "How to sign in, in Omni's own word, as snowflake-keypair or bigquery-oauth-user. Left out, it follows from the secrets given.",
  ),
  workloadIdentityAudience: text('BigQuery by workload identity federation: full name of the pool provider.', {
    max: 1024,
  }),
  workloadIdentityServiceAccount: text('BigQuery by workload identity federation: service account to act as.'),
  inferRelationshipsFromForeignKeys: flag('Whether relationships are read from foreign keys.'),
  inferRelationshipsFromColumnNames: flag('Whether relationships are guessed from column names.'),
  alwaysScopeViewNames: flag('Whether view names always carry their schema.'),
  semanticLayerIntegration: flag("Whether the database's own semantic layer is used."),
  semanticLayerTopics: flag("Whether topics are made from the database's semantic layer."),
});

export type OmniOption = keyof typeof omniOptions.shape;

const ENVIRONMENT = 'User attribute that picks the environment of a connection.';
const ATTRIBUTE_NAME = 'Name of the user attribute.';
const defaultValues = list('Values that pick this connection itself.', text('A value of the user attribute.'), {
  safeToChange: SAFE_REASONS.environment,
});

/** What of them Omni lets one change; the attribute cannot be given to a new connection. */
export const omniChanges = z.object({
  baseRole,
  environmentUserAttribute: group(
    'OmniEnvironment',
    ENVIRONMENT,
    {
      attributeName: text(ATTRIBUTE_NAME, { isRequired: true, safeToChange: SAFE_REASONS.environment }),
      defaultValues,
    },
    { isRemovable: true, safeToChange: SAFE_REASONS.environment },
  ),
});

export const omniDetails = z.object({
  baseRole,
  environmentUserAttribute: group('OmniEnvironment', ENVIRONMENT, {
    attributeName: text(ATTRIBUTE_NAME, { isAlwaysReported: true }),
    defaultValues,
  }),
  allowsBranchEnvironments: flag('Whether a branch may pick an environment of its own.'),
  switchesSchemaModel: flag('Whether an environment brings a schema model of its own.'),
});

export const omniOptionsWire = {
  baseRole: 'baseRole',
  includeSchemas: { wire: 'includeSchemas', as: 'commaList' },
  includeOtherCatalogs: { wire: 'includeOtherCatalogs', as: 'commaList' },
  offloadedSchemas: { wire: 'offloadedSchemas', as: 'commaList' },
  scratchSchema: 'scratchSchema',
  queryTimeoutSeconds: 'queryTimeoutSeconds',
  systemTimezone: 'systemTimezone',
  queryTimezone: 'queryTimezone',
  allowsUserSpecificTimezones: 'allowsUserSpecificTimezones',
  authenticationType: 'authenticationType',
  workloadIdentityAudience: 'wifAudience',
  workloadIdentityServiceAccount: 'wifServiceAccountEmail',
  inferRelationshipsFromForeignKeys: 'inferRelationshipsFromForeignKeys',
  inferRelationshipsFromColumnNames: 'inferRelationshipsFromColumnNames',
  alwaysScopeViewNames: 'alwaysScopeViewNames',
  semanticLayerIntegration: 'enableDbSemanticLayerIntegration',
  semanticLayerTopics: 'enableDbSemanticLayerTopics',
} as const satisfies WireTable & Record<OmniOption, unknown>;

export const omniChangesWire = {
  baseRole: 'baseRole',
  environmentUserAttribute: { wire: 'environmentUserAttribute', derived: true },
  // Both are always sent.
  'environmentUserAttribute.attributeName': { wire: 'environmentUserAttribute.attributeName', derived: true },
  'environmentUserAttribute.defaultValues': { wire: 'environmentUserAttribute.defaultValues', derived: true },
} as const satisfies WireTable;

export const omniDetailsWire = {
  baseRole: 'baseRole',
  'environmentUserAttribute.attributeName': 'userAttributeNameForConnectionEnvironments',
  // A list; a plain text on older servers.
  'environmentUserAttribute.defaultValues': { wire: 'userAttributeValuesForDefaultEnvironment', derived: true },
  // Newer servers; `branchConnectionEnvironmentOverridesUserAttr` is the older name of the same.
  allowsBranchEnvironments: { wire: 'allowBranchConnectionEnvironments', derived: true },
  switchesSchemaModel: 'environmentConnectionSwitchesSchemaModel',
} as const satisfies WireTable;

/** The attribute once a change is made: what of it stays is as it is told. Null when there is none. */
export function environmentAfter(told: Values, changes: Values): Values | null {
  const key = 'environmentUserAttribute';
  const [before, change] = [told[key], changes[key]] as (Values | null | undefined)[];
  if (change === undefined) return before ?? null;
  return change && { attributeName: null, defaultValues: null, ...before, ...change };
}
