// The type VendorInstance: one configured instance of a vendor, its health and its rate limit.
import { instanceId } from '../../domain/ids.ts';
import { capabilitiesOf, type RateLimit } from '../../domain/instance.ts';
import type { Health } from '../../services/check-instance-health.ts';
import type { NodeInterfaces, SchemaContext } from '../schema-builder.ts';
import { pageArgsCheck, pageArgs, resolvePage, type PageTypes } from './connection-page.ts';
import { describeValues } from './describe-values.ts';
import type { Enums } from './enums.ts';

function addHealth({ builder }: SchemaContext, { SourceError }: PageTypes) {
  const Status = builder.enumType('HealthStatus', {
    description: 'Whether an instance can be used.',
    values: describeValues({
      UP: 'The instance answers as expected.',
      DEGRADED: 'The instance answers, but accepts no more requests for now, because its rate limit is reached.',
      DOWN: 'The instance does not answer, or its answer is not as expected.',
      UNAUTHORIZED: "The instance rejects the gateway's credentials, or the gateway's account lacks a permission.",
    }),
  });
  return builder.objectRef<Health>('InstanceHealth').implement({
    description: 'Whether an instance can be used now, according to the last call to its API.',
    fields: (t) => ({
      status: t.expose('status', { type: Status, description: 'Whether the instance can be used.' }),
      checkedAt: t.expose('checkedAt', {
        type: 'DateTime',
        description: 'When the instance was checked: at most five seconds ago.',
      }),
      latencyMs: t.exposeInt('latencyMs', {
        nullable: true,
        description: 'How long the answer of the instance took, in milliseconds. Null when it did not answer.',
      }),
      error: t.expose('error', {
        type: SourceError,
        nullable: true,
        description: 'Why the instance cannot be used. Null when it can be used.',
      }),
    }),
  });
}

const addRateLimit = ({ builder }: SchemaContext) =>
  builder.objectRef<RateLimit>('RateLimit').implement({
    description: "How many requests a vendor accepts, according to the vendor's responses or its documentation.",
    fields: (t) => ({
      limit: t.exposeInt('limit', {
        nullable: true,
        description: 'How many requests one credential may make in a minute. Null when that is not known.',
      }),
      remaining: t.exposeInt('remaining', {
        nullable: true,
        description:
          'How many requests are left in the current minute, as this gateway counts them. Null when that is not known.',
      }),
      resetAt: t.expose('resetAt', {
        type: 'DateTime',
        nullable: true,
        description:
          'When the count starts again, or when the vendor accepts requests again. Null when that is not known.',
      }),
    }),
  });

/** Implements the type VendorInstance. */
export function addVendorInstance(
  schemaContext: SchemaContext,
  enums: Enums,
  page: PageTypes,
  interfaces: NodeInterfaces<'VendorInstance'>,
): void {
  const HealthRef = addHealth(schemaContext, page);
  const RateLimitRef = addRateLimit(schemaContext);
  schemaContext.VendorInstance.implement({
    description:
      'One configured instance of a vendor, which stores connections: a Looker host, an Omni organization, a Credible organization with a project, or a Chartbrew team.',
    interfaces,
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'api' in value,
    fields: (t) => ({
      id: t.id({
        description: 'Global id of the instance. It is opaque: clients must not take it apart.',
        resolve: ({ key }) => instanceId(key),
      }),
      vendor: t.field({
        type: enums.Vendor,
        description: 'The product that runs at this instance.',
        resolve: ({ vendor }) => vendor.kind,
      }),
      key: t.exposeString('key', { description: "Key of the instance in the gateway's configuration." }),
      label: t.exposeString('label', { description: 'Name of the instance to show to people.' }),
      host: t.exposeString('host', {
        description: "Host name of the instance's base URL, with the port when the URL has one.",
      }),
      capabilities: t.field({
        type: [enums.Capability],
        description: 'The operations that this instance allows.',
        resolve: capabilitiesOf,
      }),
      health: t.field({
        type: HealthRef,
        description:
          'Whether the instance can be used now. It costs one call to the vendor, whose result is used for five seconds.',
        resolve: async (instance, _args, { checkHealth, report }) => {
          const health = await checkHealth(instance);
          if (health.error) report(health.error);
          return health;
        },
      }),
      rateLimit: t.field({
        type: RateLimitRef,
        nullable: true,
        description: 'How many requests the vendor accepts at this instance. Null when nothing is known about it.',
        resolve: (instance) => instance.rateLimit(),
      }),
      connections: t.field({
        type: page.Page,
        description: 'The connections that are stored at this instance.',
        args: pageArgs(schemaContext, page),
        extensions: pageArgsCheck(),
        resolve: (instance, args, context, info) => resolvePage(args, context, info, instance),
      }),
    }),
  });
}
