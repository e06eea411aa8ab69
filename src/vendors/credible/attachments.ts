// What is attached to a DuckDB. Credible's engine writes it into SQL texts, and a PostgreSQL into a libpq string as well, without
// quotes: what would end a value there would begin another one, another host among them.
import type { Draft } from '../../domain/connection.ts';
import type { ValidationIssue } from '../../domain/errors.ts';
import { onlyEntry, valueAt, type Values } from '../../fields/values.ts';
import { leavesOf } from '../../fields/walk-fields.ts';
import { Secret } from '../../secrets/secret.ts';
import { configPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import { sourceBlocks, sourceFieldsOf } from './blocks.ts';

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

interface Rule {
  /** What a value must not hold. */
  readonly refuses: RegExp;
  readonly message: string;
}

const IN_SQL: Rule = {
  refuses: /['"`\\;]/,
  message: 'Credible writes it into an SQL text, where quotes, \\ and ; would end it: leave them out.',
};
/** Of what is an identifier, which has no blanks either. */
const AS_WORD: Rule = {
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

/** By the kind of source: the rule of each field, and that of its other texts. A secret without a rule is taken as it is. */
const RULES: Readonly<Record<string, { readonly of?: Readonly<Record<string, Rule>>; readonly others: Rule }>> = {
  postgres: { of: { password: PASSWORD, connectionString: CONNECTION_STRING }, others: IN_LIBPQ },
  bigquery: { others: AS_WORD },
  snowflake: { of: { account: AS_WORD }, others: IN_SQL },
  gcs: { others: AS_WORD },
  s3: { others: AS_WORD },
};

const breaks = (value: unknown, { refuses }: Rule): boolean =>
  value instanceof Secret ? value.matches(refuses) : typeof value === 'string' && refuses.test(value);

function reviewSource(kind: string, values: Values, pathOf: (key: string) => string[]): ValidationIssue[] {
  const { of = {}, others } = RULES[kind] ?? { others: AS_WORD };
  const taken = leavesOf(sourceFieldsOf(kind)).filter(({ key }) => key in (sourceBlocks[kind]?.fields ?? {}));
  return taken.flatMap(({ key, meta }) => {
    const rule = of[key] ?? (meta.kind === 'text' ? others : null);
    return rule && breaks(valueAt(values, key), rule) ? [issue(pathOf(key), 'INVALID', rule.message)] : [];
  });
}

function reviewName(names: readonly string[], at: number, path: readonly string[]): ValidationIssue[] {
  const name = names[at] ?? '';
  if (!NAME.test(name)) {
    return [issue(path, 'INVALID', 'Must begin with a letter or _ and go on with letters, digits and _.')];
  }
  // To DuckDB capitals and small letters in a name are the same.
  const isTaken = names.slice(0, at).some((other) => other.toLowerCase() === name.toLowerCase());
  return isTaken ? [issue(path, 'INVALID', 'Another one in this list has the same name; choose another.')] : [];
}

export function reviewAttached({ dialect, config }: Draft): ValidationIssue[] {
  const attached = (config['attached'] ?? []) as readonly Values[];
  const names = attached.map(({ name }) => name as string);
  return attached.flatMap(({ source }, at) => {
    const path = configPath(dialect, `attached.${at}`);
    const [kind, values] = onlyEntry((source ?? {}) as Values) ?? ['', {}];
    const inSource =
      kind === '' ? [] : reviewSource(kind, values, (key) => [...path, 'source', kind, ...key.split('.')]);
    return [...reviewName(names, at, [...path, 'name']), ...inSource];
  });
}
