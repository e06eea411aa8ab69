// Executes queries by plans. Where a plan ends, the executor of Yoga executes the same query from the start, so each error is the one
// of graphql-js. The loaders of the request keep what was read, so the second execution calls no vendor again.
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isPromise, Plan, Run, type Values } from './execution-plan.ts';
import { coerceVariables } from './variable-errors.ts';

/** Returns whether the document has a directive, such as @include. It may select other fields for other variables. */
const hasDirective = ({ loc }: DocumentNode): boolean => loc === undefined || loc.source.body.includes('@');

interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: unknown;
  readonly contextValue: unknown;
}

/** Executes queries by plans. Documents are cached, so the plan of an operation is kept with it. */
class Planner {
  readonly #plans = new WeakMap<OperationDefinitionNode, Plan>();

  /** Plans an operation. The plan is kept when it is the same for all variables. */
  #plan(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, values: Values): Plan {
    if (hasDirective(document)) return new Plan(schema, document, operation, values);
    const plan = new Plan(schema, document, operation, {});
    this.#plans.set(operation, plan);
    return plan;
  }

  /**
   * Returns the result of a query; null for any other operation, and for variables with errors.
   * @throws where the plan ends. A promise rejects then.
   */
  execute({ schema, document, operationName, variableValues, contextValue }: Execution) {
    const operation = getOperationAST(document, operationName);
    if (operation?.operation !== OperationTypeNode.QUERY) return null;
    const { errors, values } = coerceVariables(schema, operation, (variableValues ?? {}) as Values);
    if (errors.length > 0) return null;
    const plan = this.#plans.get(operation) ?? this.#plan(schema, document, operation, values);
    const data = new Run(plan, contextValue, values).data();
    return isPromise(data) ? data.then((awaited) => ({ data: awaited })) : { data };
  }
}

/** Executes queries by plans, and by the executor of Yoga what a plan cannot. */
export function usePlannedExecution(): Plugin {
  const planner = new Planner();
  return {
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args) => {
        const reference = () => executeFn(args) as ExecutionResult | Promise<ExecutionResult>;
        try {
          const result = planner.execute(args as Execution);
          return isPromise(result) ? result.catch(reference) : (result ?? reference());
        } catch {
          return reference();
        }
      });
    },
  };
}
