// Limits how many requests, connection tests and rotations a caller may send per minute. A request above a limit is refused as a whole
// before anything of it runs.
import { getOperationAST, GraphQLError, OperationTypeNode, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '../graphql/context.ts';
import { measureOperations } from './measure-document.ts';
import { MinuteLimit, type MinuteCounters } from './minute-limit.ts';
import type { ServerContext } from './request-id.ts';

/** How much a caller may do per minute. */
export interface CallerLimits {
  readonly requests: number;
  readonly tests: number;
  readonly rotations: number;
  /** Each finds out whether a secret was sent before, so that many would be a way to guess it. */
  readonly secretSearches: number;
}

/** The root fields of mutations that are counted, by their limit. */
const COUNTED_FIELDS = {
  tests: ['testConnection', 'testConnectionConfig'],
  rotations: ['rotateConnectionSecret'],
} as const;

const callerLimit = (
  counters: MinuteCounters,
  name: keyof CallerLimits,
  value: number,
  what: string = name,
): MinuteLimit =>
  new MinuteLimit(counters, { name, value, what: `This caller sent more than ${value} ${what} in a minute` });

/** Returns the limit of searches of the audit by a secret. A resolver counts them, because a variable may hold the secret. */
export const secretSearchLimit = (counters: MinuteCounters, { secretSearches }: CallerLimits): MinuteLimit =>
  callerLimit(counters, 'secretSearches', secretSearches, 'searches by a secret');

/** Returns how often an operation selects root fields, with those in fragments; 0 for a query. */
function countFields(
  document: DocumentNode,
  operationName: string | null | undefined,
  names: readonly string[],
): number {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return 0;
  const rootFields = measureOperations(document).get(operation)?.rootFields;
  return names.reduce((total, name) => total + (rootFields?.get(name) ?? 0), 0);
}

/** Refuses requests of a caller that exceed the limits per minute. It must come after the checks of the document. */
export function useCallerLimits(
  { requests, tests, rotations }: Omit<CallerLimits, 'secretSearches'>,
  counters: MinuteCounters,
): Plugin<RequestContext, ServerContext> {
  const requestLimit = callerLimit(counters, 'requests', requests);
  const testLimit = callerLimit(counters, 'tests', tests);
  const rotationLimit = callerLimit(counters, 'rotations', rotations);
  return {
    onRequestParse: async ({ serverContext }) => requestLimit.count(serverContext.caller.id, 1),
    onExecute: async ({ args: { document, operationName, contextValue }, setResultAndStopExecution }) => {
      const { id } = contextValue.caller;
      const tested = countFields(document, operationName, COUNTED_FIELDS.tests);
      const rotated = countFields(document, operationName, COUNTED_FIELDS.rotations);
      try {
        await testLimit.count(id, tested);
        await rotationLimit.count(id, rotated).catch(async (refusal: unknown) => {
          await testLimit.giveBack(id, tested);
          throw refusal;
        });
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        setResultAndStopExecution({ errors: [error] });
      }
    },
  };
}
