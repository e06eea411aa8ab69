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

let recorders = 0;

/**
 * Begins to record spans.
 * @returns the function that ends the recording. Test files share a process: while one file records spans, the lines of the log have a
 * `traceId` in the other files too.
 */
export function recordSpans(): () => void {
  if (recorders === 0) exporter.reset();
  recorders += 1;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  return () => {
    recorders -= 1;
    if (recorders > 0) return;
    trace.disable();
    context.disable();
  };
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
