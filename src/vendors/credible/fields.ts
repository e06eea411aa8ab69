// What only Credible takes and tells of a connection, and its name in the admin API.
import * as z from 'zod';
import { choice, dateTime, flag, list, text } from '../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../fields/safe-reasons.ts';
import type { WireTable } from '../../domain/vendor.ts';

const vendorOnly = { safeToChange: SAFE_REASONS.vendorOnly };

const tables = {
  includeTables: list(
    'Tables to index, as schema.table or schema.*; all when left out.',
    text('schema.table'),
    vendorOnly,
  ),
  excludeTables: list('Tables not to index, as schema.table or schema.*.', text('schema.table'), vendorOnly),
  excludeAllTables: flag('Whether no table is indexed.', vendorOnly),
};

export const credibleOptions = z.object(tables);

export const credibleDetails = z.object({
  resource: text('Path of the connection in the API.', { max: 2048 }),
  ...tables,
  dialectName: text("Credible's name of the SQL dialect."),
  isPool: flag('Whether several connections are held open.'),
  canPersist: flag('Whether results can be stored as tables.'),
  canStream: flag('Whether results can be streamed.'),
  indexing: choice('IndexingStatus', 'How far the indexing of the tables is.', {
    UNKNOWN: 'Credible does not know.',
    PENDING: 'Not begun yet, or under way.',
    INDEXED: 'Finished; nothing is left to do.',
    SKIPPED: 'Left out on purpose.',
    FAILED: 'Given up.',
    RETRY: 'Changed while it was under way: begins again.',
  }),
  indexingUpdatedAt: dateTime('When the indexing status last changed.'),
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
