// Limits how many requests, connection tests and rotations a caller may send per minute. A request above a limit is refused as a whole
// before anything of it runs.
import { getOperationAST, GraphQLError, OperationTypeNode, type DocumentNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestContext } from '../graphql/context.ts';
import { measureOperations } from './measure-document.ts';
import type { ServerContext } from './request-id.ts';

/** How much a caller may do per minute. */
export interface CallerLimits {
  readonly requests: number;
  readonly tests: number;
  readonly rotations: number;
}

/** The root fields of mutations that are counted, by their limit. */
const COUNTED_FIELDS = {
  tests: ['testConnection', 'testConnectionConfig'],
  rotations: ['rotateConnectionSecret'],
} as const;

const SECONDS_PER_MINUTE = 60;
const MS_PER_SECOND = 1000;

/** The status is 429 for every client: proxies and clients wait because of the status, not because of the body. */
function rateLimited(name: keyof CallerLimits, value: number, retryAfterMs: number): GraphQLError {
  const seconds = Math.ceil(retryAfterMs / MS_PER_SECOND);
  const message = `This caller sent more than ${value} ${name} in a minute: the limit is \`limits.perMinute.${name}\`. Try again in ${seconds} s.`;
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      limit: { name: `perMinute.${name}`, value },
      retryAfterMs,
      http: { status: 429, headers: { 'retry-after': String(seconds) } },
    },
  });
}

/** A limit per caller. What it knows of a caller is dropped after a minute. */
class CallerLimit {
  readonly #name: keyof CallerLimits;
  readonly #value: number;
  readonly #counter: RateLimiterMemory;

  constructor(name: keyof CallerLimits, value: number) {
    this.#name = name;
    this.#value = value;
    this.#counter = new RateLimiterMemory({ points: value, duration: SECONDS_PER_MINUTE });
  }

  /**
   * Counts for a caller. What is refused is not counted.
   * @throws GraphQLError with status 429 above the limit.
   */
  async count(callerId: string, points: number): Promise<void> {
    if (points === 0) return;
    let refusal: RateLimiterRes;
    try {
      await this.#counter.consume(callerId, points);
      return;
    } catch (exceeded) {
      refusal = exceeded as RateLimiterRes;
    }
    await this.giveBack(callerId, points);
    throw rateLimited(this.#name, this.#value, refusal.msBeforeNext);
  }

  /** Takes back what was counted for a request that is refused after all. */
  async giveBack(callerId: string, points: number): Promise<void> {
    if (points > 0) await this.#counter.reward(callerId, points);
  }
}

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
export function useCallerLimits({ requests, tests, rotations }: CallerLimits): Plugin<RequestContext, ServerContext> {
  const requestLimit = new CallerLimit('requests', requests);
  const testLimit = new CallerLimit('tests', tests);
  const rotationLimit = new CallerLimit('rotations', rotations);
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
