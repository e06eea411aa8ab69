// Coerces the variables of a request before the execution does. Each error holds the path and the reason, but not the value.
import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import { requestError } from './request-errors.ts';
import { valueReason } from './value-reasons.ts';

export interface CoercedVariables {
  readonly errors: readonly GraphQLError[];
  /** The coerced values of the variables without errors. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Coerced = { readonly errors: readonly GraphQLError[] } | { readonly value: unknown };

function coerceVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  provided: Readonly<Record<string, unknown>>,
): Coerced {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type);
  // A variable may have the name of an inherited property, such as `toString`.
  const value = Object.hasOwn(provided, name) ? provided[name] : undefined;
  if (!isInputType(type)) return { errors: [] };
  if (value === undefined) {
    if (definition.defaultValue) return { value: valueFromAST(definition.defaultValue, type) };
    const message = `Variable $${name}: It is required and was not provided.`;
    return { errors: isNonNullType(type) ? [requestError(message, 'BAD_USER_INPUT', { nodes: definition })] : [] };
  }
  const errors: GraphQLError[] = [];
  const coerced: unknown = coerceInputValue(value, type, (path, _value, error) => {
    const at = [`$${name}`, ...path].join('.');
    const message = `Variable ${at}: ${valueReason(error.message, schema)}`;
    errors.push(requestError(message, 'BAD_USER_INPUT', { nodes: definition }));
  });
  return errors.length > 0 ? { errors } : { value: coerced };
}

/** Returns the coerced variables and an error for each mistake in them. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  provided: Readonly<Record<string, unknown>>,
): CoercedVariables {
  const values: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const errors = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const coerced = coerceVariable(schema, definition, provided);
    if ('errors' in coerced) return coerced.errors;
    values[definition.variable.name.value] = coerced.value;
    return [];
  });
  return { errors, values };
}
