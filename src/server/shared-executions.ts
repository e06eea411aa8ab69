// Executes equal queries that arrive at the same time once. Their callers get the same result, which is serialized once.
import { createHmac, randomBytes } from 'node:crypto';
import { getOperationAST, OperationTypeNode, type DocumentNode, type ExecutionResult } from 'graphql';
import type { Plugin, YogaInitialContext } from 'graphql-yoga';
import { VendorError } from '../domain/errors.ts';
import type { RequestContext } from '../graphql/context.ts';
import type { CachedReads } from '../services/cached-reads.ts';

type Context = RequestContext & YogaInitialContext;

/** An execution in flight. */
interface SharedExecution {
  readonly result: Promise<ExecutionResult>;
  /** The context of the request that began it. */
  readonly context: Context;
}

interface Execution {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: unknown;
  readonly contextValue: Context;
}

/** The id of the request is the only part of an answer that depends on the request itself. */
const selectsRequestId = ({ loc }: DocumentNode): boolean => loc === undefined || /\brequestId\b/.test(loc.source.body);

/** Returns the variables that the operation declares. All others have no effect. */
function declaredVariables({ document, operationName, variableValues }: Execution): unknown[] {
  const { variableDefinitions = [] } = getOperationAST(document, operationName) ?? {};
  const values = (variableValues ?? {}) as Readonly<Record<string, unknown>>;
  return variableDefinitions.map(({ variable: { name } }) =>
    Object.hasOwn(values, name.value) ? [values[name.value]] : [],
  );
}

/** Returns whether a request may get the result of an equal one: it is a query, and does not ask for a fresh read. */
const canShare = ({ document, operationName, contextValue }: Execution): boolean =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.QUERY &&
  !contextValue.isFresh &&
  !selectsRequestId(document);

/** Gives a result a method that serializes it once. Yoga calls it. */
function serializeOnce(result: ExecutionResult): ExecutionResult {
  let text: string | null = null;
  return Object.defineProperty(result, 'stringify', { value: () => (text ??= JSON.stringify(result)) });
}

/** Returns whether a result is the same for all callers. An error that is a bug is logged with the id of its own request. */
const isSameForAll = ({ errors = [] }: ExecutionResult): boolean =>
  errors.every(({ originalError }) => originalError instanceof VendorError);

/**
 * Shares executions. A query that began before a write does not serve a query that came after it, and a caller that leaves does not
 * end the execution for others.
 * @param observe called when a query is answered by the execution of an equal one.
 */
export function useSharedExecutions(reads: CachedReads, observe: () => void): Plugin<Context> {
  // Documents are cached, so equal texts are the same document. The variables of a query are in the key only as a digest.
  const executions = new WeakMap<DocumentNode, Map<string, SharedExecution>>();
  const digestKey = randomBytes(32);
  const keyOf = (execution: Execution): string => {
    const { operationName, contextValue } = execution;
    const parts = [
      operationName,
      declaredVariables(execution),
      contextValue.caller.key,
      contextValue.router?.key,
      reads.writeCount(),
    ];
    return createHmac('sha256', digestKey).update(JSON.stringify(parts)).digest('base64');
  };

  const begin = (
    inFlight: Map<string, SharedExecution>,
    key: string,
    execution: Execution,
    run: () => unknown,
  ): SharedExecution => {
    const result = Promise.resolve(run() as ExecutionResult).then(serializeOnce);
    const shared = { result, context: execution.contextValue };
    inFlight.set(key, shared);
    const remove = () => {
      if (inFlight.get(key) === shared) inFlight.delete(key);
    };
    result.then(remove, remove);
    return shared;
  };

  const join = async ({ result, context }: SharedExecution, own: Context, run: () => unknown) => {
    context.callers.add(own.request.signal);
    const shared = await result.catch(() => null);
    if (shared === null || !isSameForAll(shared)) return run();
    for (const failure of context.reportedFailures) own.report(failure);
    observe();
    return shared;
  };

  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const execution = args as Execution;
      if (!canShare(execution)) return;
      const inFlight = executions.get(execution.document) ?? new Map<string, SharedExecution>();
      executions.set(execution.document, inFlight);
      const key = keyOf(execution);
      setExecuteFn((executeArgs) => {
        const run = () => executeFn(executeArgs) as unknown;
        const shared = inFlight.get(key);
        return shared && !shared.context.callers.signal.aborted
          ? join(shared, execution.contextValue, run)
          : begin(inFlight, key, execution, run).result;
      });
    },
  };
}
