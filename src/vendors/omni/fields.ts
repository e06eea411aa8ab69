// The fields that only Omni has: options (input) and details (output), with their wire names.
import * as z from 'zod';
import { flag, group, integer, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/dialect-support.ts';

const baseRole = text(
  'Minimum role of every user on the connection, such as VIEWER or QUERIER, or the name of a custom role. Null means that Omni reports none.',
  { safeToChange: SAFE_REASONS.vendorOnly },
);

export const omniOptions = z.object({
  baseRole,
  includeSchemas: list(
    'Schemas that Omni offers to its users. Omni offers all schemas when it is left out.',
    text('Schema name, without a comma.'),
  ),
  includeOtherCatalogs: list(
    'Further catalogs or databases that Omni offers to its users.',
    text('Catalog name, without a comma.'),
  ),
  offloadedSchemas: list(
    'Schemas whose structure Omni does not keep in memory.',
    text('Schema name, without a comma.'),
  ),
  scratchSchema: text('Schema in which Omni may create tables.'),
  queryTimeoutSeconds: integer(
    'Maximum time in seconds that one query may take. Omni uses 900 seconds when it is left out.',
    {
      min: 1,
      max: 3600,
    },
  ),
  systemTimezone: text('Time zone of the times in the database. Omni uses UTC when it is left out.'),
  queryTimezone: text(
    'Time zone in which Omni shows query results, or NONE for no conversion. Omni uses NONE when it is left out.',
  ),
  allowsUserSpecificTimezones: flag('Whether each user may select a time zone for query results.'),
  authenticationType: text(
    "Omni's name of the sign-in method, such as snowflake-keypair or bigquery-oauth-user. When it is left out, the method follows from the provided secrets.",
  ),
  workloadIdentityAudience: text(
    'For BigQuery with workload identity federation: full resource name of the workload identity pool provider.',
    {
      max: 1024,
    },
  ),
  workloadIdentityServiceAccount: text(
    'For BigQuery with workload identity federation: email address of the service account that Omni impersonates.',
  ),
  inferRelationshipsFromForeignKeys: flag('Whether Omni derives relationships between tables from foreign keys.'),
  inferRelationshipsFromColumnNames: flag(
    'Whether Omni derives relationships between tables from the names of columns.',
  ),
  alwaysScopeViewNames: flag('Whether the names of views always include their schema.'),
  semanticLayerIntegration: flag('Whether Omni uses the semantic layer of the database.'),
  semanticLayerTopics: flag('Whether Omni creates topics from the semantic layer of the database.'),
});

export type OmniOption = keyof typeof omniOptions.shape;

const ENVIRONMENT =
  'User attribute whose value selects the connection environment. Null means that no attribute selects it.';
const ATTRIBUTE_NAME = 'Name of the user attribute.';
const defaultValues = list(
  'Values of the attribute that select this connection itself. Null means that Omni reports none.',
  text('Value of the user attribute.'),
  {
    safeToChange: SAFE_REASONS.environment,
  },
);

/** The options of an update. Omni does not accept the user attribute for a new connection. */
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
  allowsBranchEnvironments: flag(
    'Whether a branch may select its own connection environment. Null means that Omni does not report it.',
  ),
  switchesSchemaModel: flag(
    'Whether each connection environment has its own schema model. Null means that Omni does not report it.',
  ),
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
  // An update always sends both parts.
  'environmentUserAttribute.attributeName': { wire: 'environmentUserAttribute.attributeName', derived: true },
  'environmentUserAttribute.defaultValues': { wire: 'environmentUserAttribute.defaultValues', derived: true },
} as const satisfies WireTable;

export const omniDetailsWire = {
  baseRole: 'baseRole',
  'environmentUserAttribute.attributeName': 'userAttributeNameForConnectionEnvironments',
  // A list. An older Omni reports a single text.
  'environmentUserAttribute.defaultValues': { wire: 'userAttributeValuesForDefaultEnvironment', derived: true },
  // An older Omni reports `branchConnectionEnvironmentOverridesUserAttr`.
  allowsBranchEnvironments: { wire: 'allowBranchConnectionEnvironments', derived: true },
  switchesSchemaModel: 'environmentConnectionSwitchesSchemaModel',
} as const satisfies WireTable;
