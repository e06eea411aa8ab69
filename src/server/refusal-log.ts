// Logs each request that is refused as a whole: one line that says who sent it and why it was refused, and nothing of its content.
import type { Plugin } from 'graphql-yoga';
import type { Log } from '../observability/log.ts';
import { NOBODY } from '../domain/caller.ts';
import { refusalOf } from './request-errors.ts';
import type { ServerContext } from './request-id.ts';

/** Logs refusals. It must be after `useRequestId`. A bug is no refusal: `useBugLog` logs it. */
export const useRefusalLog = (log: Log): Plugin<ServerContext, ServerContext> => ({
  onResultProcess: ({ result, serverContext }) => {
    // The result of what was executed has data, which may be null.
    if (Array.isArray(result) || !('errors' in result) || ('data' in result && result.data !== undefined)) return;
    const [error] = result.errors ?? [];
    if (error && error.extensions['code'] !== 'INTERNAL_SERVER_ERROR') serverContext.refusal = refusalOf(error);
  },
  onResponse: ({ response: { status }, serverContext }) => {
    const { refusal, requestId, caller, address } = serverContext;
    // A page for operators has no telemetry.
    const { observed } = serverContext as Partial<ServerContext>;
    if (!refusal) return;
    log.info('request refused', {
      ...(observed?.ids ?? { requestId }),
      ...refusal,
      status,
      ...(caller !== NOBODY && { caller: caller.name }),
      address,
    });
  },
});
