// What stands against a connection at Credible that its table cannot say: its names. It knows no requests.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import type { Values } from '../../domain/fields.ts';
import { configPath, issue, optionPath } from '../../domain/support.ts';

/** Organizations, projects and connections alike. */
export const NAME = /^[a-zA-Z0-9_-]+$/;
/** Of the DuckDB that each package has. */
const RESERVED = 'duckdb';
const ATTACHMENT = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TABLE = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

/** The names by which the queries of a DuckDB know what is attached to it. */
function reviewAttached({ dialect, config }: Draft): ValidationIssue[] {
  const attached = (config['attached'] ?? []) as readonly Values[];
  const names = attached.map(({ name }) => name as string);
  return names.flatMap((name, at) => {
    const path = configPath(dialect, `attached.${at}.name`);
    if (!ATTACHMENT.test(name)) {
      return [issue(path, 'INVALID', 'Must begin with a letter or _ and go on with letters, digits and _.')];
    }
    // To DuckDB capitals and small letters in a name are the same.
    const isTaken = names.slice(0, at).some((other) => other.toLowerCase() === name.toLowerCase());
    return isTaken ? [issue(path, 'INVALID', 'Another one in this list has the same name; choose another.')] : [];
  });
}

/** @param given of a change, what it sets of the draft. */
export function review({ name }: Draft, given: Draft): ValidationIssue[] {
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
