// The schema of the sections `log`, `tracing` and `operations`: what operators see of the gateway.
import * as z from 'zod';

export const logSchema = z
  .strictObject({
    level: z
      .enum(['error', 'warn', 'info', 'debug'])
      .default('info')
      .describe(
        'The least important lines that are logged; default info. The audit is logged at each level. debug adds a line for each request and for each call to a vendor.',
      ),
    format: z
      .enum(['json', 'pretty', 'auto'])
      .default('auto')
      .describe('json, pretty for people, or auto: pretty in a terminal and json elsewhere; default auto.'),
  })
  .describe('The log, which is written to standard output.');

export const tracingSchema = z
  .strictObject({
    propagate: z
      .boolean()
      .default(false)
      .describe('Whether vendors are sent the id of the trace, as the header `traceparent`; default false.'),
  })
  .describe('Traces. They are recorded where an OpenTelemetry SDK is loaded into the process.');

/** The same section of an instance, without a default. */
export const instanceTracingSchema = z
  .strictObject({
    propagate: z
      .boolean()
      .optional()
      .describe('Whether this vendor is sent the id of the trace; default: `tracing.propagate`.'),
  })
  .describe('Traces of the calls to this vendor.');

export const operationsSchema = z
  .strictObject({
    host: z
      .string()
      .min(1, 'must not be empty')
      .default('127.0.0.1')
      .describe('Address to listen on; default 127.0.0.1.'),
    port: z.int().min(0, 'must be 0 or more').max(65_535, 'must be 65535 or less').describe('Port to listen on.'),
  })
  .describe(
    'A port of their own for /metrics, /healthz and /readyz, without authentication; default: they are on the port of the gateway.',
  );

export type LogConfig = z.output<typeof logSchema>;
export type TracingConfig = z.output<typeof tracingSchema>;
export type OperationsConfig = z.output<typeof operationsSchema>;
