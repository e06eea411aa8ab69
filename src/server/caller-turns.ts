// Shares the processor fairly among callers: of several requests of one caller at the same time, one proceeds per turn of the event loop.
import { setImmediate } from 'node:timers/promises';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '../graphql/context.ts';
import type { ServerContext } from './request-id.ts';

/**
 * Returns the turns of callers: a function that returns when the caller may proceed; undefined for at once. Each call takes a turn, which
 * ends with the turn of the event loop.
 */
function createTurns(): (caller: string) => Promise<void> | undefined {
  const lastTurns = new Map<string, Promise<void>>();
  return (caller) => {
    const before = lastTurns.get(caller);
    const turn = (before ?? Promise.resolve()).then(async () => setImmediate());
    lastTurns.set(caller, turn);
    void turn.then(() => lastTurns.get(caller) === turn && lastTurns.delete(caller));
    return before;
  };
}

/**
 * Lets the requests of a caller proceed one after another where they need the processor: before a document that is not known is parsed
 * and validated, and before an operation is executed. The first proceeds at once. Each of the others waits for another turn of the event
 * loop, and between two turns the requests of other callers are read and proceed. Without it a caller who sends many requests at the
 * same time makes others wait for all of them.
 *
 * It must come before the plugin that shares executions: who gets the result of another request takes no turn.
 * @param isKnown whether a document was parsed and validated before.
 */
export function useCallerTurns(isKnown: (document: string) => boolean): Plugin<RequestContext, ServerContext> {
  const takeTurn = createTurns();
  return {
    onParams: ({ params: { query }, context }) => (query && !isKnown(query) ? takeTurn(context.caller.id) : undefined),
    onExecute: ({ executeFn, setExecuteFn }) => {
      setExecuteFn((args) => {
        const before = takeTurn((args.contextValue as RequestContext).caller.id);
        return before ? before.then(() => executeFn(args) as unknown) : executeFn(args);
      });
    },
  };
}
