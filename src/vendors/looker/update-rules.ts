// The fields of a stored connection that Looker lets an update change and clear, by their wire names in DBConnection.
import type { WireTable } from '../../domain/dialect-support.ts';
import type { UpdateRules } from '../../domain/vendor.ts';
import { lookerOptions, lookerOptionsWire } from './fields.ts';

/** The fields of DBConnection that cannot be null. */
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

// An update may write another name of the same dialect, but not the name of another dialect. Both are `dialect_name` at Looker, so
// the option has a wire name of its own here.
const NAME_OF_SAME_DIALECT = 'dialect_name of the same dialect';

export const updateRules: UpdateRules = {
  canRename: false,
  options: lookerOptions,
  optionsWire: {
    ...lookerOptionsWire,
    dialectName: { wire: NAME_OF_SAME_DIALECT, derived: true },
  } satisfies WireTable,
  canChange: (wire) => wire !== 'dialect_name',
  canClear: (wire) => wire !== NAME_OF_SAME_DIALECT && !NEVER_NULL.has(wire),
  replacesAll: false,
};
