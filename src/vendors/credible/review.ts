// What stands against a connection at Credible that its table cannot say: its names, and what is attached. It knows no requests.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { optionPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { reviewAttached } from './attachments.ts';

export { reviewChange, warningsForUpdate } from './review-change.ts';

/** Organizations, projects and connections alike. */
export const NAME = /^[a-zA-Z0-9_-]+$/;
/** Of the DuckDB that each package has. */
const RESERVED = 'duckdb';
const TABLE = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

/** @param given of a change, what it sets of the draft. */
export function review(draft: Draft, given = draft): ValidationIssue[] {
  const { name } = draft;
  const { options } = given;
  const issues = reviewAttached(given);
  // What is only tested needs none.
  if (name !== '' && !NAME.test(name)) {
    issues.push(issue(['input', 'name'], 'INVALID', 'Credible takes letters, digits, _ and - in a name.'));
  }
  if (name === RESERVED) {
    issues.push(issue(['input', 'name'], 'INVALID', `Credible keeps the name ${RESERVED} for itself; choose another.`));
  }
  for (const list of ['includeTables', 'excludeTables']) {
    const tables = (options[list] ?? []) as string[];
    if (tables.every((table) => TABLE.test(table))) continue;
    issues.push(issue(optionPath('credible', list), 'INVALID', 'Each must be schema.table or schema.*.'));
  }
  return issues;
}
