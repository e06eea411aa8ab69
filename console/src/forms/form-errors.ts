// Puts the issues of a refused mutation at the fields of the form.
import { ERRORS_KEY, type ErrorSchema, type RJSFSchema } from '@rjsf/utils';
import type { RefusalFragment } from '../generated/graphql.ts';
import { alternativesOf, propertiesOf } from './form-schema.ts';

export type Issue = Extract<RefusalFragment, { __typename: 'ValidationError' }>['issues'][number];

/** The issues at the fields, and those that are about no field of the form. */
export interface PlacedIssues {
  readonly atFields: ErrorSchema;
  readonly others: readonly string[];
}

/** What the form shows when it has not been refused. */
export const NO_ISSUES: PlacedIssues = { atFields: {}, others: [] };

const isIndex = (step: string): boolean => /^\d+$/.test(step);

/** Returns the place in the form of a path in the input: `config.host` for `input.config.postgres.host`. */
function placeOf(path: readonly string[]): readonly string[] {
  const [, ...steps] = path;
  const [side = '', ...rest] = steps[0] === 'targets' ? steps.slice(2) : steps;
  const inner = side === 'config' ? rest.slice(1) : rest;
  const isSecretPatch = ['replace', 'clear'].includes(inner.at(-1) ?? '');
  return [side, ...(isSecretPatch ? inner.slice(0, -1) : inner)];
}

/** Returns the schema of a step; undefined when the form has no such field. */
function stepInto(schema: RJSFSchema, step: string): RJSFSchema | undefined {
  if (schema.type === 'array') return isIndex(step) ? (schema.items as RJSFSchema) : undefined;
  return [schema, ...alternativesOf(schema)].map((one) => propertiesOf(one)[step]).find((found) => found !== undefined);
}

const isDrawn = (schema: RJSFSchema, place: readonly string[]): boolean =>
  place.reduce<RJSFSchema | undefined>((found, step) => found && stepInto(found, step), schema) !== undefined;

const textOf = ({ message, vendorMessage }: Issue): string =>
  vendorMessage ? `${message} “${vendorMessage}”` : message;

/** Adds an error at a place. The type of the library has no field for the errors of an unknown form. */
function withError(errors: ErrorSchema, [step, ...rest]: readonly string[], text: string): ErrorSchema {
  if (step === undefined)
    return { ...errors, [ERRORS_KEY]: [...new Set([...(errors[ERRORS_KEY] ?? []), text])] } as ErrorSchema;
  return { ...errors, [step]: withError(errors[step] ?? {}, rest, text) };
}

/** Returns where the form shows the issues. */
export function placeIssues(schema: RJSFSchema, issues: readonly Issue[]): PlacedIssues {
  return issues.reduce<PlacedIssues>((placed, issue) => {
    const place = placeOf(issue.path);
    return isDrawn(schema, place)
      ? { ...placed, atFields: withError(placed.atFields, place, textOf(issue)) }
      : { ...placed, others: [...placed.others, `${issue.path.slice(1).join('.')}: ${textOf(issue)}`] };
  }, NO_ISSUES);
}
