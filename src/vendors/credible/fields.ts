// The options and details of Credible: fields that only Credible accepts or reports, with their wire names.
import * as z from 'zod';
import { choice, dateTime, flag, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/dialect-support.ts';

const vendorOnly = { safeToChange: SAFE_REASONS.vendorOnly };

const table = text('A table as `schema.table`, or all tables of a schema as `schema.*`.');

const tables = {
  includeTables: list(
    'The tables that Credible indexes, each as `schema.table` or `schema.*`. Null or left out means all tables.',
    table,
    vendorOnly,
  ),
  excludeTables: list(
    'The tables that Credible does not index, each as `schema.table` or `schema.*`. Null means none.',
    table,
    vendorOnly,
  ),
  excludeAllTables: flag('Whether Credible indexes no table at all.', vendorOnly),
};

export const credibleOptions = z.object(tables);

export const credibleDetails = z.object({
  resource: text("Path of the connection in Credible's API.", { max: 2048 }),
  ...tables,
  dialectName: text("Credible's name of the SQL dialect that the connection uses. Null when Credible reports none."),
  isPool: flag('Whether Credible keeps a pool of several open connections to the database.'),
  canPersist: flag('Whether Credible can store query results as tables in the database.'),
  canStream: flag('Whether Credible can stream query results.'),
  indexing: choice(
    'IndexingStatus',
    "Progress of Credible's indexing of the tables. Null when Credible reports none.",
    {
      UNKNOWN: 'Credible does not know the state of the indexing.',
      PENDING: 'The indexing has not started yet, or is running.',
      INDEXED: 'The indexing is finished.',
      SKIPPED: 'Credible does not index this connection on purpose.',
      FAILED: 'The indexing failed, and Credible does not try again.',
      RETRY: 'The connection changed during the indexing, so Credible starts again.',
    },
  ),
  indexingUpdatedAt: dateTime('Time of the last change of the indexing status. Null when Credible reports none.'),
});

const tablesWire = {
  includeTables: 'includeTables',
  excludeTables: 'excludeTables',
  excludeAllTables: 'excludeAllTables',
} as const satisfies Record<keyof typeof tables, string>;

export const credibleOptionsWire = tablesWire satisfies WireTable;

export const credibleDetailsWire = {
  resource: 'resource',
  ...tablesWire,
  dialectName: 'attributes.dialectName',
  isPool: 'attributes.isPool',
  canPersist: 'attributes.canPersist',
  canStream: 'attributes.canStream',
  indexing: 'indexingStatus',
  indexingUpdatedAt: 'indexingStatusLastUpdated',
} as const satisfies WireTable & Record<keyof typeof credibleDetails.shape, unknown>;
