// The type Connection and its parts: settings by dialect, and details that only one vendor reports.
import { firstRoleValue, type Dialect } from '../../fields/dialect.ts';
import { metaOf, type Fields } from '../../fields/field-meta.ts';
import type { Values } from '../../fields/values-by-key.ts';
import type { SecretStatus } from '../../secrets/secret.ts';
import { capabilitiesWith } from '../../domain/instance.ts';
import { asMember, deriveOutput, unionOf } from '../derive-types.ts';
import { auditPageProblems, readAudit } from '../../services/audit/read-audit.ts';
import { withArgumentCheck } from '../define-argument-check.ts';
import { auditPageArgs, toPageRequest, type AuditPageRef } from './audit-page.ts';
import type { Enums } from './enums.ts';
import { selectedFields } from '../selected-fields.ts';
import type { NodeInterfaces, SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';
import { addSecrets, secretsOf } from './secret-status.ts';

/** The fields that make a dialect a ServerConfig, and their kinds. */
const SERVER_FIELDS = {
  host: 'text',
  port: 'integer',
  database: 'text',
  username: 'text',
  password: 'secret',
  tls: 'group',
};

/** Returns whether these are the fields of a server that a user signs in to with a password. */
const isServer = (fields: Fields): boolean =>
  Object.entries(SERVER_FIELDS).every(([key, kind]) => {
    const schema = fields.shape[key];
    return schema !== undefined && metaOf(schema).kind === kind;
  });

/** Adds the interface ServerConfig, when a dialect implements it. Returns it as a list of one, or an empty list. */
function addServerConfig(schemaContext: SchemaContext, dialects: readonly Dialect[]) {
  const sample = dialects.find(({ reportedFields }) => isServer(reportedFields));
  if (!sample) return [];
  const tlsFields = sample.reportedFields.shape['tls'] as Fields;
  const tls = deriveOutput(schemaContext, 'TlsConfig', tlsFields, {
    description: metaOf(tlsFields).description,
    groupSuffix: 'Config',
  });
  const ref = schemaContext.builder.interfaceRef<Values>('ServerConfig').implement({
    description:
      'The common settings of all dialects that connect to a database server with a user name and a password.',
    fields: (t) => ({
      host: t.string({
        nullable: true,
        description: 'Host name or IP address of the database server. Null when the vendor does not report it.',
        resolve: (values) => values['host'] as string,
      }),
      port: t.int({
        nullable: true,
        description: 'TCP port of the database server. Null when the vendor does not report it.',
        resolve: (values) => values['port'] as number,
      }),
      database: t.string({
        nullable: true,
        description: 'Name of the database on the server. Null when the vendor does not report it.',
        resolve: (values) => values['database'] as string,
      }),
      username: t.string({
        nullable: true,
        description: 'Database user that signs in. Null when the vendor does not report it.',
        resolve: (values) => values['username'] as string,
      }),
      password: t.field({
        type: schemaContext.MaskedSecret,
        description: 'Whether the vendor stores a password of the database user.',
        resolve: (values) => (values['password'] ?? 'NOT_SET') as SecretStatus,
      }),
      tls: t.field({
        type: tls,
        nullable: true,
        description: 'Encryption of the connection to the database server. Null when the vendor does not report it.',
        resolve: (values) => values['tls'] as Values,
      }),
    }),
  });
  return [ref];
}

function addConfig(schemaContext: SchemaContext) {
  const server = addServerConfig(schemaContext, schemaContext.dialects);
  const members = schemaContext.dialects.map((dialect) =>
    deriveOutput(schemaContext, `${dialect.typeName}Config`, dialect.reportedFields, {
      description: `${dialect.description} A field is null when the vendor does not report it.`,
      groupSuffix: 'Config',
      interfacesOf: (fields) => (isServer(fields) ? server : []),
    }),
  );
  const description =
    'The settings of a connection, as a type for each dialect. Fields have the same names as in ConnectionConfigInput; a secret only says whether it is stored.';
  return unionOf(schemaContext, 'ConnectionConfig', description, members);
}

function addDetails(schemaContext: SchemaContext) {
  const members = schemaContext.vendors.map((vendor) =>
    deriveOutput(schemaContext, `${vendor.typeName}Details`, vendor.details, {
      description: `Connection details that only ${vendor.label} reports.`,
      groupSuffix: '',
    }),
  );
  const description = 'Connection details that only one vendor reports. Each vendor has a type of its own.';
  return unionOf(schemaContext, 'VendorDetails', description, members);
}

/** How many entries a page of a history has by default. */
const HISTORY_SIZE = 10;

const addCompleteness = ({ builder }: SchemaContext) =>
  builder.enumType('Completeness', {
    description: "How much of a connection's settings its vendor reports.",
    values: describeValues({
      FULL: 'The vendor reports all settings except secrets.',
      PARTIAL:
        'The vendor reports a part of the settings (Omni: five fields). All other fields are null, although they may be set.',
    }),
  });

/** Implements the type Connection. It is long because it lists all fields of the type; no field depends on another. */
export function addConnection(
  schemaContext: SchemaContext,
  { Vendor, Dialect, Capability }: Enums,
  interfaces: NodeInterfaces,
  AuditPage: AuditPageRef,
): void {
  const SecretFieldRef = addSecrets(schemaContext);
  const Config = addConfig(schemaContext);
  const Details = addDetails(schemaContext);
  const Completeness = addCompleteness(schemaContext);
  const dialects = new Map(schemaContext.dialects.map((dialect) => [dialect.key, dialect]));
  const dialectOf = (key: string): Dialect => dialects.get(key) as Dialect;
  schemaContext.Connection.implement({
    description: 'One saved connection to a database or an API, as its vendor stores it.',
    interfaces,
    isTypeOf: (value) => typeof value === 'object' && value !== null && 'vendorId' in value,
    fields: (t) => ({
      id: t.exposeID('id', {
        description: 'Global id of the connection. It is opaque: clients must not take it apart.',
      }),
      name: t.exposeString('name', {
        description:
          'Name of the connection at its vendor. It is unique within an instance of Looker or Credible; elsewhere several connections may share a name.',
      }),
      vendor: t.field({
        type: Vendor,
        description: 'The product that stores the connection.',
        resolve: ({ instance }) => instance.vendor.kind,
      }),
      instance: t.expose('instance', {
        type: schemaContext.VendorInstance,
        description: 'The configured instance that stores the connection.',
      }),
      dialect: t.expose('dialect', {
        type: Dialect,
        description:
          'The kind of database or API that the connection leads to. OTHER means a kind that this schema does not have; see `vendorDialect`.',
      }),
      host: t.string({
        nullable: true,
        description:
          'Host name or address that the connection leads to, whatever its dialect calls it (host, account, the host of a URL). Null when the vendor does not report it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'host'),
      }),
      database: t.string({
        nullable: true,
        description:
          'Database that the connection leads to, whatever its dialect calls it (database, catalog, projectId). Null when the vendor does not report it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'database'),
      }),
      username: t.string({
        nullable: true,
        description:
          'User that signs in, whatever the dialect calls it (username, accessKeyId, serviceAccountEmail). Null when the vendor does not report it or the dialect has none.',
        resolve: ({ dialect, config }) => firstRoleValue(dialectOf(dialect), config, 'username'),
      }),
      vendorId: t.exposeString('vendorId', {
        description:
          "The vendor's own id of the connection (Looker, Credible: the name; Omni: a UUID; Chartbrew: a number).",
      }),
      vendorDialect: t.exposeString('vendorDialect', {
        description:
          "The vendor's own name for the dialect (Looker: dialect_name; Omni: dialect; Credible, Chartbrew: type).",
      }),
      config: t.field({
        type: Config,
        description:
          'The settings of the connection that its dialect defines. A field is null when the vendor does not report it; see `completeness`.',
        resolve: ({ dialect, config }) => asMember(`${dialectOf(dialect).typeName}Config`, config),
      }),
      details: t.field({
        type: Details,
        description: 'Details that only the vendor of this connection reports.',
        resolve: ({ instance, details }, _args, _context, info) =>
          asMember(`${instance.vendor.typeName}Details`, details(selectedFields(info))),
      }),
      secrets: t.field({
        type: [SecretFieldRef],
        description:
          'Every secret field that the vendor accepts for this dialect, and whether a secret is stored in it.',
        resolve: secretsOf,
      }),
      completeness: t.expose('completeness', {
        type: Completeness,
        description: 'Whether the vendor reports all settings of the connection or a part of them.',
      }),
      createdAt: t.expose('createdAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the connection was created. Null when the vendor does not report it.',
      }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the connection was last changed. Null when the vendor does not report it.',
      }),
      deletedAt: t.expose('deletedAt', {
        type: 'DateTime',
        nullable: true,
        description: "When the connection was moved to the vendor's trash (Omni). Null while it is in use.",
      }),
      capabilities: t.field({
        type: [Capability],
        description:
          'The operations that this connection allows. Whether an update is possible also depends on the field; see `updateSchema` of the dialect.',
        resolve: (connection) => capabilitiesWith(connection.instance, connection),
      }),
      history: t.field({
        type: AuditPage,
        nullable: true,
        description:
          'The mutations through Patchbay that named or wrote this connection, the newest first. Null with an error when the caller lacks the scope audit:read for the instance, or when the store does not answer.',
        args: auditPageArgs(schemaContext, HISTORY_SIZE),
        extensions: withArgumentCheck<Parameters<typeof toPageRequest>[0]>((args) =>
          auditPageProblems(toPageRequest(args, HISTORY_SIZE)),
        ),
        resolve: ({ id }, args, context) => readAudit(context, { connection: id }, toPageRequest(args, HISTORY_SIZE)),
      }),
    }),
  });
}
