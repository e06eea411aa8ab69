// Records the spans of this process in memory.
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';

const exporter = new InMemorySpanExporter();

/** Begins to record spans. A second call has no effect. */
export function recordSpans(): void {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
}

/** Returns the spans that have ended since the last call of `forgetSpans`. */
export const recordedSpans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();

/** Forgets the spans that were recorded. */
export const forgetSpans = (): void => exporter.reset();

/** Returns everything that an exporter could send of the spans, except their random ids and their times. */
export const textOfSpans = (): string =>
  JSON.stringify(
    recordedSpans().map(({ name, attributes, events, links, status, resource }) => [
      name,
      attributes,
      events,
      links,
      status,
      resource.attributes,
    ]),
  );
