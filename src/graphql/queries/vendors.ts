// Vendors, their configured instances, and how those are.
import { instanceId } from '../../domain/ids.ts';
import { capabilitiesOf, type RateLimit, type Vendor } from '../../domain/vendor.ts';
import type { Health } from '../../services/check-health.ts';
import { findInstance } from '../../services/registry.ts';
import type { addSupport } from './catalogue.ts';
import type { Enums } from '../types/enums.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { checkedPage, pageArgs, resolvePage, type PageTypes } from '../types/connection-page.ts';

function addHealth({ builder }: SchemaContext, { SourceError }: PageTypes) {
  const Status = builder.enumType('HealthStatus', {
    description: 'How an instance is.',
    values: {
      UP: { description: 'It answers.' },
      DEGRADED: { description: 'It answers, but takes no more requests for now.' },
      DOWN: { description: 'It does not answer, or not as it should.' },
      UNAUTHORIZED: { description: "It refuses the gateway's credentials, or what its account may do is not enough." },
    } as const,
  });
  return builder.objectRef<Health>('InstanceHealth').implement({
    description: 'Whether an instance can be used now.',
    fields: (t) => ({
      status: t.field({ type: Status, nullable: false, description: 'How it is.', resolve: ({ status }) => status }),
      checkedAt: t.expose('checkedAt', {
        type: 'DateTime',
        nullable: false,
        description: 'When it was asked; at most five seconds ago.',
      }),
      latencyMs: t.exposeInt('latencyMs', {
        description: 'How long its answer took, in milliseconds; null when none came.',
      }),
      error: t.field({
        type: SourceError,
        description: 'What is wrong; null when nothing is.',
        resolve: ({ error }) => error as never,
      }),
    }),
  });
}

const addRateLimit = ({ builder }: SchemaContext) =>
  builder.objectRef<RateLimit>('RateLimit').implement({
    description: 'How many requests a vendor takes, by what it says or its documents do.',
    fields: (t) => ({
      limit: t.exposeInt('limit', { description: 'Requests that one credential may make in a minute.' }),
      remaining: t.exposeInt('remaining', { description: 'How many of them are left by the count of this gateway.' }),
      resetAt: t.expose('resetAt', {
        type: 'DateTime',
        description: 'When the count begins anew, or when the vendor takes requests again.',
      }),
    }),
  });

export function addVendors(
  schemaContext: SchemaContext,
  enums: Enums,
  page: PageTypes,
  Node: Parameters<SchemaContext['VendorInstance']['implement']>[0]['interfaces'],
  Support: ReturnType<typeof addSupport>,
): void {
  const { builder, VendorInstance } = schemaContext;
  const HealthRef = addHealth(schemaContext, page);
  const RateLimitRef = addRateLimit(schemaContext);
  VendorInstance.implement({
    description:
      'One configured place where connections live: a Looker host, an Omni organization, a Credible organization with a project, a Chartbrew team.',
    interfaces: Node,
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'api' in value,
    fields: (t) => ({
      id: t.id({ nullable: false, description: 'Opaque: never take it apart.', resolve: ({ key }) => instanceId(key) }),
      vendor: t.field({
        type: enums.Vendor,
        nullable: false,
        description: 'The product that runs there.',
        resolve: ({ vendor }) => vendor.kind,
      }),
      key: t.exposeString('key', { nullable: false, description: "Its key in the gateway's configuration." }),
      label: t.exposeString('label', { nullable: false, description: 'How people call it.' }),
      host: t.exposeString('host', { nullable: false, description: 'Host name, and port if any, of its base URL.' }),
      capabilities: t.field({
        type: [enums.Capability],
        nullable: false,
        description: 'What can be done there.',
        resolve: capabilitiesOf,
      }),
      health: t.field({
        type: HealthRef,
        nullable: false,
        description: 'Asks the vendor; costs one call, shared for five seconds.',
        resolve: async (instance, _args, { checkHealth, report }) => {
          const health = await checkHealth(instance);
          if (health.error) report(health.error);
          return health;
        },
      }),
      rateLimit: t.field({
        type: RateLimitRef,
        description: 'How many requests it takes, as far as that is known; null where nothing is.',
        resolve: (instance) => instance.rateLimit(),
      }),
      connections: t.field({
        type: page.Page,
        nullable: false,
        description: 'The connections that live there.',
        args: pageArgs(schemaContext, page),
        extensions: checkedPage(),
        resolve: (instance, args, context) => resolvePage(args, context, instance),
      }),
    }),
  });

  const VendorInfo = builder.objectRef<Vendor>('VendorInfo').implement({
    description: 'A product that holds connections, whether or not an instance of it is configured.',
    fields: (t) => ({
      vendor: t.field({
        type: enums.Vendor,
        nullable: false,
        description: 'Its value in the enum.',
        resolve: ({ kind }) => kind,
      }),
      label: t.exposeString('label', { nullable: false, description: 'Its name for people.' }),
      documentationUrl: t.exposeString('documentationUrl', {
        nullable: false,
        description: 'Where the vendor documents its API.',
      }),
      dialects: t.field({
        type: [Support],
        nullable: false,
        description: 'How it takes and tells each dialect.',
        resolve: (vendor) => schemaContext.dialects.map((dialect) => ({ vendor, dialect })),
      }),
      instances: t.field({
        type: [VendorInstance],
        nullable: false,
        description: 'Its configured instances.',
        resolve: ({ kind }, _args, { registry }) => registry.instances.filter(({ vendor }) => vendor.kind === kind),
      }),
    }),
  });

  builder.queryFields((t) => ({
    vendors: t.field({
      type: [VendorInfo],
      nullable: false,
      description: 'The products that this gateway speaks to, with their instances.',
      resolve: (_root, _args, { registry }) => [...registry.vendors],
    }),
    vendorInstance: t.field({
      type: VendorInstance,
      description: 'One instance; null when none has this key or id.',
      args: { id: t.arg.id({ required: true, description: 'Its key or its id.' }) },
      resolve: (_root, { id }, { registry }) => findInstance(registry, id),
    }),
  }));
}
