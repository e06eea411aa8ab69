// Rows of DBConnection with only the fields that everything except `details` is read from.
import type { Connection } from '../../../domain/connection.ts';
import { wireFieldOf } from '../../../domain/dialect-support.ts';
import { leavesOf } from '../../../fields/walk-fields.ts';
import { lookerDialects } from '../dialects.ts';
import { fromWire } from '../from-wire.ts';
import type { LookerConnectionWire } from '../wire.ts';

/** The fields that are read without a wire table, or that decide how other fields are read. */
const ALWAYS = [
  'name',
  'dialect_name',
  'created_at',
  'can',
  'host',
  'has_password',
  'uses_key_pair_auth',
  'uses_service_auth',
  'jdbc_additional_params',
];

/** Secrets are left out: Looker never reports them. */
const tableFields = Object.values(lookerDialects).flatMap(({ dialect, fields }) =>
  leavesOf(dialect.reportedFields).flatMap(({ key, meta }) => {
    const entry = fields[key];
    return entry === undefined || meta.kind === 'secret' ? [] : [wireFieldOf(entry).wire.split('.')[0] ?? ''];
  }),
);

/** The value of the query parameter `fields`. */
export const FIELDS_WITHOUT_DETAILS = [...new Set([...ALWAYS, ...tableFields])].toSorted().join(',');

/** Returns the connection that a row without details describes. Its details must not be read. */
export const fromWireWithoutDetails = (row: LookerConnectionWire): Connection => ({
  ...fromWire(row),
  details: () => {
    throw new Error('The details of a connection were read from a list without details.');
  },
});
