// Reviews the databases that are attached to a DuckDB. Credible's engine puts their settings into SQL text, and those of PostgreSQL
// also into a libpq connection string, without escaping. A character that ends a value there could start another setting, such as
// another host, so it is refused.
import type { Draft } from '../../../domain/connection.ts';
import { issue, type ValidationIssue } from '../../../domain/issue.ts';
import { leavesOf } from '../../../fields/walk-fields.ts';
import { onlyEntry, valueAt, type Values } from '../../../fields/values-by-key.ts';
import { Secret } from '../../../secrets/secret.ts';
import { configPath } from '../../../domain/input-paths.ts';
import { sourceBlocks, sourceFieldsOf } from '../blocks/block-fields.ts';

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

interface Rule {
  /** Matches a value that is refused. */
  readonly refuses: RegExp;
  readonly message: string;
}

const IN_SQL: Rule = {
  refuses: /['"`\\;]/,
  message: 'Credible writes it into an SQL text, where quotes, \\ and ; would end it: leave them out.',
};
/** For an identifier, which also has no blanks. */
const AS_IDENTIFIER: Rule = {
  refuses: /[\s'"`\\;=]/,
  message: 'Credible writes it into an SQL text, where blanks, quotes, \\, ; and = would end it: leave them out.',
};
const IN_LIBPQ: Rule = {
  refuses: /[\s'"`\\;=]/,
  message:
    'Credible writes it into a libpq string without quotes, where blanks, quotes, \\, ; and = would end it: leave them out.',
};
const PASSWORD: Rule = {
  refuses: /[\s'\\]/,
  message:
    "Credible writes it into a libpq string without quotes, where blanks, ' and \\ would end it: choose another password for this user.",
};
const CONNECTION_STRING: Rule = {
  refuses: /'/,
  message: "Credible writes it into an SQL text, where ' would end it: write %27 in its place.",
};

/** For each kind of source: rules by field, and the rule of all other texts. A secret without a rule is not reviewed. */
const RULES: Readonly<Record<string, { readonly fields?: Readonly<Record<string, Rule>>; readonly others: Rule }>> = {
  postgres: { fields: { password: PASSWORD, connectionString: CONNECTION_STRING }, others: IN_LIBPQ },
  bigquery: { others: AS_IDENTIFIER },
  snowflake: { fields: { account: AS_IDENTIFIER }, others: IN_SQL },
  gcs: { others: AS_IDENTIFIER },
  s3: { others: AS_IDENTIFIER },
};

const violates = (value: unknown, { refuses }: Rule): boolean =>
  value instanceof Secret ? value.matches(refuses) : typeof value === 'string' && refuses.test(value);

function reviewSource(kind: string, values: Values, pathOf: (key: string) => string[]): ValidationIssue[] {
  const { fields = {}, others } = RULES[kind] ?? { others: AS_IDENTIFIER };
  const supported = leavesOf(sourceFieldsOf(kind)).filter(({ key }) => key in (sourceBlocks[kind]?.fields ?? {}));
  return supported.flatMap(({ key, meta }) => {
    const rule = fields[key] ?? (meta.kind === 'text' ? others : null);
    return rule && violates(valueAt(values, key), rule) ? [issue(pathOf(key), 'INVALID', rule.message)] : [];
  });
}

/** Returns the issues of the name at an index of the list. */
function reviewName(names: readonly string[], index: number, path: readonly string[]): ValidationIssue[] {
  const name = names[index] ?? '';
  if (!NAME.test(name)) {
    return [issue(path, 'INVALID', 'Must begin with a letter or _ and contain only letters, digits and _.')];
  }
  // DuckDB ignores case in names.
  const isTaken = names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase());
  return isTaken
    ? [issue(path, 'INVALID', 'Another attachment in this list has the same name. Choose another name.')]
    : [];
}

/** Returns the issues of all attached databases. */
export function reviewAttached({ dialect, config }: Draft): ValidationIssue[] {
  const attached = (config['attached'] ?? []) as readonly Values[];
  const names = attached.map(({ name }) => name as string);
  return attached.flatMap(({ source }, index) => {
    const path = configPath(dialect, `attached.${index}`);
    const [kind, values] = onlyEntry((source ?? {}) as Values) ?? ['', {}];
    const inSource =
      kind === '' ? [] : reviewSource(kind, values, (key) => [...path, 'source', kind, ...key.split('.')]);
    return [...reviewName(names, index, [...path, 'name']), ...inSource];
  });
}
