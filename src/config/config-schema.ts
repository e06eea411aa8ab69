// The schema of the configuration, with a description of each key, and its JSON Schema for editors.
import * as z from 'zod';
import { INSTANCE_KEY } from '../domain/ids.ts';
import { authSchema } from './auth-schema.ts';
import { limitsSchema } from './limits-schema.ts';
import { instanceTracingSchema, logSchema, operationsSchema, tracingSchema } from './observability-schema.ts';
import { credential, isCredential, type VendorModule } from '../vendors/define-vendor.ts';

const milliseconds = (what: string, defaultMs: number) =>
  z
    .int()
    .min(1, 'must be 1 or more')
    .max(600_000, 'must be 600000 or less')
    .default(defaultMs)
    .describe(`${what}, in milliseconds; default ${defaultMs}.`);

const timeoutsSchema = z
  .strictObject({
    connectMs: milliseconds('Longest wait for a connection', 3000),
    listMs: milliseconds('Longest time for a list', 5000),
    readMs: milliseconds('Longest time for any other read', 15_000),
    writeMs: milliseconds('Longest time for a write', 60_000),
    testMs: milliseconds('Longest time for a test of a connection', 90_000),
  })
  .describe('Time limits for calls to this vendor.');

const cacheSchema = z
  .strictObject({
    ttlMs: z
      .int()
      .min(0, 'must be 0 or more')
      .max(600_000, 'must be 600000 or less')
      .optional()
      .describe('How long a list is cached, in milliseconds; default 5000 for Omni, 0 for other vendors.'),
    staleMs: z
      .int()
      .min(0, 'must be 0 or more')
      .max(86_400_000, 'must be 86400000 or less')
      .default(600_000)
      .describe(
        'How long the last list may be used when a new one cannot be read, in milliseconds; default 600000, 0 for never.',
      ),
  })
  .describe('How lists of this instance are cached.');

const rateLimitSchema = z
  .strictObject({
    perMinute: z
      .int()
      .min(1, 'must be 1 or more')
      .max(100_000, 'must be 100000 or less')
      .optional()
      .describe('Requests per minute with this credential; default 60 for Omni, no limit for other vendors.'),
  })
  .describe('The rate limit of this vendor.');

const breakerSchema = z
  .strictObject({
    failures: z
      .int()
      .min(0, 'must be 0 or more')
      .max(1000, 'must be 1000 or less')
      .default(5)
      .describe('Consecutive failures after which the circuit breaker opens; default 5, 0 for never.'),
    openMs: z
      .int()
      .min(1, 'must be 1 or more')
      .max(600_000, 'must be 600000 or less')
      .default(10_000)
      .describe('How long the circuit breaker stays open before one trial call, in milliseconds; default 10000.'),
  })
  .describe('The circuit breaker of this instance: when calls are refused because the vendor fails.');

const answerLimitsSchema = z
  .strictObject({
    listMb: z
      .int()
      .min(5, 'must be 5 or more')
      .max(1000, 'must be 1000 or less')
      .default(64)
      .describe(
        'The largest list that is read, in megabytes of JSON; default 64, enough for 12000 connections of 5 kB. Reading a list takes about three times its size in memory.',
      ),
  })
  .describe('The largest answers that are read from this vendor.');

const commonShape = {
  key: z
    .string()
    .regex(INSTANCE_KEY, 'must be lower-case letters, digits and -, beginning with a letter or digit, at most 63')
    .describe('Identifies the instance in ids and queries. Do not change it: ids contain it.'),
  label: z
    .string()
    .min(1, 'must not be empty')
    .max(100, 'must be 100 characters or less')
    .optional()
    .describe('The name of the instance for people; default: the key.'),
  baseUrl: z.string().describe("Base URL of the vendor's API."),
  timeouts: timeoutsSchema.prefault({}),
  cache: cacheSchema.prefault({}),
  rateLimit: rateLimitSchema.prefault({}),
  breaker: breakerSchema.prefault({}),
  limits: answerLimitsSchema.prefault({}),
  tracing: instanceTracingSchema.prefault({}),
  caFile: z
    .string()
    .min(1, 'must not be empty')
    .optional()
    .describe("PEM file of the certificate authorities to trust for this vendor, instead of the system's."),
  proxy: z.string().optional().describe('URL of an HTTP proxy for all calls to this vendor.'),
  allowInsecureHttp: z.boolean().default(false).describe('Allows http:// for hosts other than this machine.'),
};

/** A year. */
const DEFAULT_HSTS_SECONDS = 31_536_000;

const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

const corsSchema = z
  .strictObject({
    origins: z
      .array(
        z.string().refine(isOrigin, {
          error: 'must be an exact origin such as https://app.example.com, without a path and without *',
        }),
      )
      .max(100, 'must hold 100 origins or less')
      .default([])
      .describe('Origins whose pages may call the gateway; default: none.'),
  })
  .describe('Which pages of other origins may call the gateway from a browser.');

export const serverSchema = z
  .strictObject({
    host: z
      .string()
      .min(1, 'must not be empty')
      .default('127.0.0.1')
      .describe('Address to listen on; HOST overrides it.'),
    port: z
      .int()
      .min(0, 'must be 0 or more')
      .max(65_535, 'must be 65535 or less')
      .default(4000)
      .describe('Port to listen on; PORT overrides it.'),
    shutdownMs: milliseconds('Longest time for which the process finishes requests after SIGTERM', 30_000),
    reloadOnChange: z
      .boolean()
      .default(false)
      .describe('Whether the configuration is read again when its file changes, as after SIGHUP; default false.'),
    checkAtStart: z
      .boolean()
      .default(true)
      .describe('Whether each instance is checked by one call after the start; the log has the results; default true.'),
    requestMs: milliseconds('Time after which a request starts no more calls to vendors', 100_000),
    graphiql: z.boolean().optional().describe('Whether GraphiQL is served; default: unless NODE_ENV is production.'),
    trustProxy: z
      .array(
        z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
          error: 'must be an address such as 10.0.0.7 or a CIDR such as 10.0.0.0/8',
        }),
      )
      .max(100, 'must hold 100 addresses or less')
      .default([])
      .describe('Addresses and CIDRs of the proxies whose X-Forwarded-For is believed; default: none.'),
    tls: z
      .strictObject({
        certFile: z.string().min(1, 'must not be empty').describe('PEM file of the certificate and its chain.'),
        keyFile: z.string().min(1, 'must not be empty').describe('PEM file of the private key.'),
        hstsSeconds: z
          .int()
          .min(0, 'must be 0 or more')
          .max(63_072_000, 'must be 63072000 or less')
          .default(DEFAULT_HSTS_SECONDS)
          .describe(
            `How long browsers use HTTPS only for this host (Strict-Transport-Security), in seconds; default ${DEFAULT_HSTS_SECONDS}, a year. 0 makes them forget it.`,
          ),
      })
      .optional()
      .describe('Serves HTTPS. The files are read again when they change; default: HTTP, for use behind a proxy.'),
    introspection: z
      .boolean()
      .optional()
      .describe(
        'Whether queries may read the schema by __schema and __type; default: unless NODE_ENV is production and GraphiQL is off.',
      ),
    suggestions: z
      .boolean()
      .optional()
      .describe('Whether errors suggest names of the schema; default: unless NODE_ENV is production.'),
    get: z
      .boolean()
      .optional()
      .describe('Whether GET executes queries; default: unless NODE_ENV is production. Mutations need POST.'),
    cors: corsSchema.prefault({}),
    documents: z
      .enum(['any', 'trusted'])
      .default('any')
      .describe('Which documents are executed: any, or only the trusted ones of documentsFile; default any.'),
    documentsFile: z
      .string()
      .min(1, 'must not be empty')
      .optional()
      .describe(
        'JSON file of documents by their hashes, which clients may name instead of sending the text; default: none.',
      ),
  })
  .describe('The HTTP server of the gateway.');

export const consoleSchema = z
  .enum(['off', 'readOnly', 'full'])
  .describe(
    'The console, a web page for people, at the path /: off, readOnly (it shows no button that changes anything) or full; default full, but off when NODE_ENV is production.',
  );

export const auditSchema = z
  .strictObject({
    key: credential(
      'Key of the tags that replace secrets in the audit; default: a random key for each process.',
    ).optional(),
    retentionDays: z
      .int()
      .min(1, 'must be 1 or more')
      .max(36_500, 'must be 36500 or less')
      .default(400)
      .describe(
        'How many days a store in a file or a database keeps the entries of the audit: 1 to 36500; default 400.',
      ),
  })
  .describe('The audit of mutations.');

export const storeSchema = z
  .strictObject({
    url: credential(
      'Where idempotency keys and limits are kept: `memory:`, `file:` with a path, or `postgres://` with a host and a database; default `memory:`.',
    ).optional(),
    password: credential('Password of the database, in place of one in the URL; default: none.').optional(),
    onFailure: z
      .enum(['refuse', 'allow'])
      .default('refuse')
      .describe(
        'Whether mutations without an idempotency key are refused while the store does not answer; default `refuse`. Those with a key are always refused.',
      ),
  })
  .describe('What the gateway remembers, and where.');

export const federationSchema = z
  .strictObject({
    typePrefix: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]{0,30}$/, 'must be letters and digits, beginning with a capital, at most 31')
      .optional()
      .describe(
        'Prefix of every type name except Connection, in the schema of this endpoint and in the subgraph; default: none.',
      ),
    inlineTrace: z
      .boolean()
      .default(false)
      .describe("Whether answers hold Apollo's inline trace (ftv1) for routers that ask for it; default false."),
    authenticated: z
      .boolean()
      .default(false)
      .describe(
        'Whether the root fields of the subgraph have @authenticated, so that a router refuses requests without a token; default false.',
      ),
  })
  .describe('Settings for the use as a subgraph of Apollo Federation.');

const createInstanceSchema = (vendor: VendorModule) =>
  z.strictObject({
    ...commonShape,
    vendor: z.literal(vendor.kind).describe(vendor.description),
    ...vendor.settings.shape,
  });

const instanceSchemas = new WeakMap<VendorModule, ReturnType<typeof createInstanceSchema>>();

/** Returns the schema of a vendor's instances. Each is made once: zod compiles a schema at its first use. */
export function instanceSchema(vendor: VendorModule): ReturnType<typeof createInstanceSchema> {
  const schema = instanceSchemas.get(vendor) ?? createInstanceSchema(vendor);
  instanceSchemas.set(vendor, schema);
  return schema;
}

/** Returns the JSON Schema of the configuration (draft 2020-12), for editors. */
export function configJsonSchema(vendors: readonly VendorModule[]): object {
  const schema = z.strictObject({
    server: serverSchema.optional(),
    auth: authSchema.optional(),
    limits: limitsSchema.optional(),
    log: logSchema.optional(),
    tracing: tracingSchema.optional(),
    operations: operationsSchema.optional(),
    audit: auditSchema.optional(),
    store: storeSchema.optional(),
    federation: federationSchema.optional(),
    console: consoleSchema.optional(),
    instances: z
      .array(z.union(vendors.map(instanceSchema)))
      .describe('The instances, in the order in which lists show them.'),
  });
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (isCredential(zodSchema)) Object.assign(jsonSchema, { type: 'string', writeOnly: true });
    },
  });
}
