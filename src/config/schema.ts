// The form of the configuration: what each key means, and the JSON Schema of it all for editors.
import * as z from 'zod';
import { INSTANCE_KEY } from '../domain/ids.ts';
import { credential, isCredential, type VendorModule } from '../vendors/module.ts';

const milliseconds = (what: string, standard: number) =>
  z
    .int()
    .min(1, 'must be 1 or more')
    .max(600_000, 'must be 600000 or less')
    .default(standard)
    .describe(`${what}, in milliseconds; ${standard} when left out.`);

const timeoutsSchema = z
  .strictObject({
    connectMs: milliseconds('Longest wait for a connection', 3000),
    listMs: milliseconds('Longest time for a list', 5000),
    readMs: milliseconds('Longest time for any other read', 15_000),
    writeMs: milliseconds('Longest time for a write', 60_000),
    testMs: milliseconds('Longest time for a test of a connection', 90_000),
  })
  .describe('How long this vendor is waited for.');

const cacheSchema = z
  .strictObject({
    ttlMs: z
      .int()
      .min(0, 'must be 0 or more')
      .max(600_000, 'must be 600000 or less')
      .optional()
      .describe(
        'How long a list that was read serves others, in milliseconds; 5000 for Omni, 0 for others when left out.',
      ),
    staleMs: z
      .int()
      .min(0, 'must be 0 or more')
      .max(86_400_000, 'must be 86400000 or less')
      .default(600_000)
      .describe(
        'How long the last good list stands in for one that cannot be read, in milliseconds; 600000 when left out, 0 for never.',
      ),
  })
  .describe('How lists of this instance are kept.');

const rateLimitSchema = z
  .strictObject({
    perMinute: z
      .int()
      .min(1, 'must be 1 or more')
      .max(100_000, 'must be 100000 or less')
      .optional()
      .describe('Requests that the credential may make in a minute; 60 for Omni when left out, no limit for others.'),
  })
  .describe('How many requests this vendor takes.');

const breakerSchema = z
  .strictObject({
    failures: z
      .int()
      .min(0, 'must be 0 or more')
      .max(1000, 'must be 1000 or less')
      .default(5)
      .describe('Failures in a row after which the instance is left alone; 5 when left out, 0 for never.'),
    openMs: z
      .int()
      .min(1, 'must be 1 or more')
      .max(600_000, 'must be 600000 or less')
      .default(10_000)
      .describe('How long it is left alone before one call tries it again, in milliseconds; 10000 when left out.'),
  })
  .describe('When this vendor is left alone for failing.');

const commonShape = {
  key: z
    .string()
    .regex(INSTANCE_KEY, 'must be lower-case letters, digits and -, beginning with a letter or digit, at most 63')
    .describe('Names the instance in ids and queries. Never change it: ids hold it.'),
  label: z
    .string()
    .min(1, 'must not be empty')
    .max(100, 'must be 100 characters or less')
    .optional()
    .describe('What people call the instance; the key when left out.'),
  baseUrl: z.string().describe("Base URL of the vendor's API."),
  timeouts: timeoutsSchema.prefault({}),
  cache: cacheSchema.prefault({}),
  rateLimit: rateLimitSchema.prefault({}),
  breaker: breakerSchema.prefault({}),
  caFile: z
    .string()
    .min(1, 'must not be empty')
    .optional()
    .describe('PEM file of the authorities to trust for this vendor, in place of the usual ones.'),
  proxy: z.string().optional().describe('URL of an HTTP proxy to go through.'),
  allowInsecureHttp: z.boolean().default(false).describe('Allow http:// to a host that is not this machine.'),
};

export const serverSchema = z
  .strictObject({
    host: z
      .string()
      .min(1, 'must not be empty')
      .default('127.0.0.1')
      .describe('Address to listen at; HOST overrides it.'),
    port: z
      .int()
      .min(0, 'must be 0 or more')
      .max(65_535, 'must be 65535 or less')
      .default(4000)
      .describe('Port to listen at; PORT overrides it.'),
    requestMs: milliseconds('How long one request may go on beginning calls to vendors', 100_000),
    graphiql: z.boolean().optional().describe('Whether GraphiQL is served; on unless NODE_ENV is production.'),
  })
  .describe('Where the gateway listens.');

export const auditSchema = z
  .strictObject({
    key: credential(
      'Key of the tags that stand for secrets in the audit; random for each process when left out.',
    ).optional(),
  })
  .describe('What the log keeps of every mutation.');

export const federationSchema = z
  .strictObject({
    typePrefix: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]{0,30}$/, 'must be letters and digits, beginning with a capital, at most 31')
      .optional()
      .describe(
        'Stands before the name of every type but Connection, at this endpoint as in the subgraph; none when left out.',
      ),
    inlineTrace: z
      .boolean()
      .default(false)
      .describe("Whether answers carry Apollo's inline trace (ftv1) for routers that ask for it; off when left out."),
  })
  .describe('How the gateway appears as a subgraph of Apollo Federation.');

export const instanceSchema = (vendor: VendorModule) =>
  z.strictObject({
    ...commonShape,
    vendor: z.literal(vendor.kind).describe(vendor.description),
    ...vendor.settings.shape,
  });

/** The configuration as JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(vendors: readonly VendorModule[]): object {
  const schema = z.strictObject({
    server: serverSchema.optional(),
    audit: auditSchema.optional(),
    federation: federationSchema.optional(),
    instances: z
      .array(z.union(vendors.map(instanceSchema)))
      .describe('The places where connections live, in the order of lists.'),
  });
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (isCredential(zodSchema)) Object.assign(jsonSchema, { type: 'string', writeOnly: true });
    },
  });
}
