// Observes each request: its operation, its errors, its duration and its trace.
import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { NOBODY } from '../domain/caller.ts';
import type { OperationKind } from '../observability/tracing.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { measureOperations } from './measure-document.ts';
import { isOperationsPage } from './operations.ts';
import type { Refusal } from './request-errors.ts';
import type { ServerContext } from './request-id.ts';

/** The codes of errors. An error with any other code counts as OTHER. */
const CODES: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'OPERATION_RESOLUTION_FAILURE',
  'PERMISSION_DENIED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_ONLY',
  'RATE_LIMITED',
  'REQUEST_ENTITY_TOO_LARGE',
  'SERVICE_UNAVAILABLE',
  'UNAUTHENTICATED',
  'VENDOR_UNAVAILABLE',
]);

/** The fields that each root type has besides its own. */
const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type', '__typename']);

/** Returns what an operation is; null when the document has no such operation. */
function operationKind(schema: GraphQLSchema, document: DocumentNode, operationName: unknown): OperationKind | null {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  if (!operation) return null;
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const fields = (isMutation ? schema.getMutationType() : schema.getQueryType())?.getFields() ?? {};
  const selected = measureOperations(document).get(operation)?.rootFields.keys() ?? [];
  const rootFields = [...selected].filter((name) => Object.hasOwn(fields, name) || INTROSPECTION_FIELDS.has(name));
  return { type: isMutation ? 'mutation' : 'query', rootFields };
}

const codeOf = (code: unknown): string => (CODES.has(code) ? String(code) : 'OTHER');

/**
 * Observes requests. It must be after the plugin that sets the request id, and before all others that can refuse a request.
 * @param limits the names of the limits.
 */
export function useTelemetry(telemetry: Telemetry, limits: ReadonlySet<string>): Plugin<ServerContext, ServerContext> {
  const known = ({ code, limit = 'none' }: Refusal) => ({
    code: codeOf(code),
    limit: limits.has(limit) ? limit : 'none',
  });
  return {
    onRequest: (payload) => {
      const { request, requestHandler } = payload;
      if (isOperationsPage(request)) return;
      const context = payload.serverContext as ServerContext;
      const { method, headers } = request;
      const observed = telemetry.observeRequest(context.requestId, method, headers.get('traceparent'));
      context.observed = observed;
      payload.setRequestHandler((handled, handledContext) => {
        const response = observed.run(() => requestHandler(handled, handledContext));
        // The plugins get no response when the caller has left.
        const onFailure = () => observed.end({ status: null, caller: context.caller.name, refusal: null });
        if (response instanceof Promise) response.catch(onFailure);
        return response;
      });
    },
    onExecute: ({ args }) => {
      const { observed } = args.contextValue as ServerContext;
      const operation = operationKind(args.schema, args.document, args.operationName);
      if (operation) observed.setOperation(operation);
    },
    onResultProcess: ({ result, serverContext: { observed } }) => {
      if (Array.isArray(result) || !('errors' in result)) return;
      const [error] = result.errors ?? [];
      if (error) observed.setError(codeOf(error.extensions['code']));
    },
    onResponse: ({ response: { status }, serverContext }) => {
      // A page for operators has no telemetry.
      const { observed, caller = NOBODY, refusal } = serverContext as Partial<ServerContext>;
      observed?.end({ status, caller: caller.name, refusal: refusal ? known(refusal) : null });
    },
  };
}
