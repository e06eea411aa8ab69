// Connection and its parts: settings by dialect, and what one vendor alone knows.
import { firstRoleValue, type Dialect } from '../../fields/dialect.ts';
import { metaOf, type Fields } from '../../fields/field-meta.ts';
import type { Values } from '../../fields/values.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { capabilitiesWith } from '../../domain/vendor.ts';
import { asMember, deriveOutput, unionOf } from '../derive.ts';
import type { Enums } from './enums.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { addSecrets, secretsOf } from './masked-secret.ts';

const serverKinds = {
  host: 'text',
  port: 'integer',
  database: 'text',
  username: 'text',
  password: 'secret',
  tls: 'group',
};

const isServer = (fields: Fields): boolean =>
  Object.entries(serverKinds).every(([key, kind]) => {
    const schema = fields.shape[key];
    return schema !== undefined && metaOf(schema).kind === kind;
  });

function addServerConfig(schemaContext: SchemaContext, dialects: readonly Dialect[]) {
  const sample = dialects.find(({ reportedFields }) => isServer(reportedFields));
  if (!sample) return [];
  const tls = deriveOutput(schemaContext, 'TlsConfig', sample.reportedFields.shape['tls'] as Fields, {
    description: metaOf(sample.reportedFields.shape['tls'] as never).description,
    groupSuffix: 'Config',
  });
  const ref = schemaContext.builder.interfaceRef<Values>('ServerConfig').implement({
    description: 'What every dialect shares that is reached at a server with a user and a password.',
    fields: (t) => ({
      host: t.string({
        description: 'Host name or address of the database server.',
        resolve: (v) => v['host'] as string,
      }),
      port: t.int({ description: 'TCP port of the database server.', resolve: (v) => v['port'] as number }),
      database: t.string({ description: 'Database to connect to.', resolve: (v) => v['database'] as string }),
      username: t.string({ description: 'Database user that signs in.', resolve: (v) => v['username'] as string }),
      password: t.field({
        type: schemaContext.MaskedSecret,
        nullable: false,
        description: 'Whether a password of that user is stored.',
        resolve: (v) => (v['password'] ?? 'NOT_SET') as SecretStatus,
      }),
      tls: t.field({
        type: tls,
        description: 'Encryption of the line to the database.',
        resolve: (v) => v['tls'] as Values,
      }),
    }),
  });
  return [ref];
}

function addConfig(schemaContext: SchemaContext) {
  const server = addServerConfig(schemaContext, schemaContext.dialects);
  const members = schemaContext.dialects.map((dialect) =>
    deriveOutput(schemaContext, `${dialect.typeName}Config`, dialect.reportedFields, {
      description: `${dialect.description} What the vendor does not tell is null.`,
      groupSuffix: 'Config',
      interfacesOf: (fields) => (isServer(fields) ? server : []),
    }),
  );
  const description =
    'Settings of a connection by its dialect: the same names as in ConnectionConfigInput, secrets masked.';
  return unionOf(schemaContext, 'ConnectionConfig', description, members);
}

function addDetails(schemaContext: SchemaContext) {
  const members = schemaContext.vendors.map((vendor) =>
    deriveOutput(schemaContext, `${vendor.typeName}Details`, vendor.details, {
      description: `What ${vendor.label} alone knows of a connection.`,
      groupSuffix: '',
    }),
  );
  return unionOf(schemaContext, 'VendorDetails', 'What only the vendor of a connection knows of it.', members);
}

export function addConnection(
  schemaContext: SchemaContext,
  { Vendor, Dialect, Capability }: Enums,
  Node: Parameters<SchemaContext['Connection']['implement']>[0]['interfaces'],
): void {
  const SecretFieldRef = addSecrets(schemaContext);
  const Config = addConfig(schemaContext);
  const Details = addDetails(schemaContext);
  const dialects = new Map(schemaContext.dialects.map((dialect) => [dialect.key, dialect]));
  const dialectOf = (key: string): Dialect => dialects.get(key) as Dialect;
  const Completeness = schemaContext.builder.enumType('Completeness', {
    description: 'How much of a configuration its vendor tells.',
    values: {
      FULL: { description: 'All but the secrets.' },
      PARTIAL: { description: 'A part of it (Omni: five fields); the rest is null though it may be set.' },
    } as const,
  });
  schemaContext.Connection.implement({
    description: 'One database connection as one vendor holds it.',
    interfaces: Node,
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'vendorId' in value,
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'Opaque: never take it apart.' }),
      name: t.exposeString('name', {
        nullable: false,
        description: 'Name at the vendor; unique there at Looker and Credible alone.',
      }),
      vendor: t.field({
        type: Vendor,
        nullable: false,
        description: 'The product that holds it.',
        resolve: ({ instance }) => instance.vendor.kind,
      }),
      instance: t.expose('instance', {
        type: schemaContext.VendorInstance,
        nullable: false,
        description: 'The configured place where it lives.',
      }),
      dialect: t.expose('dialect', {
        type: Dialect,
        nullable: false,
        description: 'What it leads to; OTHER for a word outside this schema.',
      }),
      host: t.string({
        description:
          'Host name or address that the connection leads to, whatever its dialect calls it (host, account, the host of a URL). Null when the vendor does not tell it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'host'),
      }),
      database: t.string({
        description:
          'Database that the connection leads to, whatever its dialect calls it (database, catalog, projectId). Null when the vendor does not tell it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'database'),
      }),
      username: t.string({
        description:
          'User that signs in, whatever the dialect calls it (username, accessKeyId, serviceAccountEmail). Null when the vendor does not tell it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'username'),
      }),
      vendorId: t.exposeString('vendorId', {
        nullable: false,
        description: "The vendor's own id (Looker, Credible: the name; Omni: a UUID; Chartbrew: a number).",
      }),
      vendorDialect: t.exposeString('vendorDialect', {
        nullable: false,
        description:
          "The vendor's own word for the dialect (Looker: dialect_name; Omni: dialect; Credible, Chartbrew: type).",
      }),
      config: t.field({
        type: Config,
        nullable: false,
        description: 'Settings by dialect. What the vendor does not tell is null; see `completeness`.',
        resolve: ({ dialect, config }) => asMember(`${dialectOf(dialect).typeName}Config`, config),
      }),
      details: t.field({
        type: Details,
        nullable: false,
        description: 'What only this vendor knows of it.',
        resolve: ({ instance, details }) => asMember(`${instance.vendor.typeName}Details`, details),
      }),
      secrets: t.field({
        type: [SecretFieldRef],
        nullable: false,
        description: 'Every write-only field that this vendor takes for this dialect, and whether one is stored.',
        resolve: secretsOf,
      }),
      completeness: t.field({
        type: Completeness,
        nullable: false,
        description: 'Whether the vendor tells the whole configuration or a part of it.',
        resolve: ({ completeness }) => completeness,
      }),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        description: 'When it was created, where the vendor tells.',
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When it was last changed, where the vendor tells.',
      }),
      deletedAt: t.expose('deletedAt', {
        type: 'DateTime',
        description: 'When it was put into the trash (Omni); null while it is in use.',
      }),
      capabilities: t.field({
        type: [Capability],
        nullable: false,
        description: 'What can be done with this one; an update also depends on the field.',
        resolve: (connection) => capabilitiesWith(connection.instance, connection),
      }),
    }),
  });
}
