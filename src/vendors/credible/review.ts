// Reviews drafts for Credible beyond what the tables can say: names, lists of tables, and databases attached to a DuckDB.
import type { Draft } from '../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { optionPath } from '../../domain/input-paths.ts';
import { reviewAttached } from './duckdb/review-attached.ts';

export { reviewChange, warningsForUpdate } from './stored-blocks/review-withheld.ts';

/** The form of the names of organizations, projects and connections. */
export const NAME = /^[a-zA-Z0-9_-]+$/;
/** Name of the DuckDB connection that each package has. */
const RESERVED_NAME = 'duckdb';
const TABLE_PATTERN = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

/**
 * Returns all issues of a draft.
 * @param draft the connection as it would be saved.
 * @param provided the part of it that the caller provided; all of it for a create or a test.
 */
export function review(draft: Draft, provided = draft): ValidationIssue[] {
  const { name } = draft;
  const { options } = provided;
  const issues = reviewAttached(provided);
  // A draft that is only tested needs no name.
  if (name !== '' && !NAME.test(name)) {
    issues.push(issue(['input', 'name'], 'INVALID', 'Credible accepts only letters, digits, _ and - in a name.'));
  }
  if (name === RESERVED_NAME) {
    issues.push(
      issue(['input', 'name'], 'INVALID', `Credible reserves the name ${RESERVED_NAME}. Choose another name.`),
    );
  }
  for (const list of ['includeTables', 'excludeTables']) {
    const tables = (options[list] ?? []) as string[];
    if (tables.every((table) => TABLE_PATTERN.test(table))) continue;
    issues.push(issue(optionPath('credible', list), 'INVALID', 'Each entry must be schema.table or schema.*.'));
  }
  return issues;
}
