// What Looker lets one change and clear of a saved connection, by its names in DBConnection.
import { type UpdateRules, type WireTable } from '../../domain/vendor.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';

/** DBConnection has these without null. */
const NEVER_NULL: ReadonlySet<string> = new Set([
  'name',
  'dialect_name',
  'ssl',
  'verify_ssl',
  'uses_key_pair_auth',
  'sql_runner_precache_tables',
  'sql_writing_with_info_schema',
  'connection_pooling',
  'query_holding_disabled',
]);

// Another word for the same dialect can be written, another dialect cannot; both are `dialect_name`, so that the word has
// a name of its own among the options here.
const VARIETY = 'dialect_name of the dialect';

export const lookerUpdate: UpdateRules = {
  canRename: false,
  options: lookerOptions,
  optionsWire: { ...lookerOptionsWire, dialectName: { wire: VARIETY, derived: true } } satisfies WireTable,
  changes: (wire) => wire !== 'dialect_name',
  clears: (wire) => wire !== VARIETY && !NEVER_NULL.has(wire),
  replacesAll: false,
};
