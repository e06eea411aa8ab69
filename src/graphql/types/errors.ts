// The expected failures as types. They are members of the result unions of mutations, and of SourceError.
import {
  ConflictError,
  NotFoundError,
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  UnsupportedError,
  ValidationError,
  VendorError,
  VendorUnavailableError,
} from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import type { Enums } from './enums.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

/** Description of every field that holds a text of a vendor. */
export const VENDOR_MESSAGE =
  "The vendor's message in its original words, at most 500 characters. Null when the vendor sent no message, and when the message could contain a part of a secret. Only `createConnection`, `createConnections` and `testConnectionConfig` return it, because only there the gateway knows every secret that the message could quote; it is null for all other operations. It is never logged.";

function addInterfaces({ builder, VendorInstance }: SchemaContext) {
  const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
    description:
      'The interface of every expected failure. A client that selects `__typename` and `message` on it also handles the error types that later versions add.',
    fields: (t) => ({
      message: t.exposeString('message', {
        description: 'What is wrong and what to do about it, as a sentence for people.',
      }),
      requestId: t.string({
        description: "Id of this request. Quote it to an operator: the gateway's log entries of this request have it.",
        resolve: (_error, _args, { requestId }) => requestId,
      }),
    }),
  });
  const VendorErrorInterface = builder.interfaceRef<VendorError>('VendorError').implement({
    description: 'The interface of the failures that happen at a vendor, or on the way to it.',
    fields: (t) => ({
      instance: t.expose('instance', {
        type: VendorInstance,
        nullable: true,
        description: 'The instance at which the failure happened. Null when it is not known.',
      }),
      vendorStatus: t.exposeInt('vendorStatus', {
        nullable: true,
        description: "The HTTP status of the vendor's response. Null when there was no response.",
      }),
      vendorCode: t.exposeString('vendorCode', {
        nullable: true,
        description: "The vendor's own error code. Null unless it is one of the codes that the vendor documents.",
      }),
      vendorMessage: t.exposeString('vendorMessage', { nullable: true, description: VENDOR_MESSAGE }),
    }),
  });
  return { ErrorInterface, VendorErrorInterface };
}

const addValidationCode = ({ builder }: SchemaContext) =>
  builder.enumType('ValidationCode', {
    description: 'Why a value was refused.',
    values: describeValues({
      REQUIRED: 'The vendor requires this field, and the input has no value for it.',
      INVALID: 'The value does not have the required format.',
      TOO_SHORT: 'The text or list is shorter than allowed; often it is empty.',
      TOO_LONG: 'The text or list is longer than allowed.',
      OUT_OF_RANGE: 'The number is smaller or larger than allowed.',
      NOT_ALLOWED: 'The vendor does not support this field or value here; leave it out.',
      EXCLUSIVE: 'The value excludes another value of the input; provide only one of them.',
      MISMATCH: 'The field belongs to another vendor or dialect than the rest of the input.',
      SECRET_NEEDED:
        'The stored secret cannot be used, so the secret must be sent too. Either the change may lead the connection to another server, which must not get the stored secret, or the vendor replaces all settings at once and does not return the stored secret.',
    }),
  });

const addIssueSource = ({ builder }: SchemaContext) =>
  builder.enumType('IssueSource', {
    description: 'Who refused a value.',
    values: describeValues({
      GATEWAY: 'The gateway refused the value, before it wrote anything.',
      VENDOR: 'The vendor refused the value in its response.',
    }),
  });

function addIssue(schemaContext: SchemaContext) {
  const ValidationCode = addValidationCode(schemaContext);
  const IssueSource = addIssueSource(schemaContext);
  return schemaContext.builder.objectRef<ValidationIssue>('ValidationIssue').implement({
    description: 'One reason why an input was refused.',
    fields: (t) => ({
      path: t.exposeStringList('path', {
        description:
          'Path of the refused field in the names of this schema, starting with the argument: ["input", "config", "postgres", "port"].',
      }),
      code: t.expose('code', { type: ValidationCode, description: 'Why the value was refused, as a code.' }),
      message: t.exposeString('message', {
        description: 'Why the value was refused and what to send instead, as a sentence for people.',
      }),
      source: t.expose('source', { type: IssueSource, description: 'Who refused the value: gateway or vendor.' }),
      vendorCode: t.string({
        nullable: true,
        description:
          "The vendor's own code of the issue (Looker: missing_field). Null when the gateway refused the value.",
        resolve: ({ vendorCode }) => vendorCode ?? null,
      }),
      vendorMessage: t.string({
        nullable: true,
        description: VENDOR_MESSAGE,
        resolve: ({ vendorMessage }) => vendorMessage ?? null,
      }),
    }),
  });
}

type ErrorInterfaceRef = ReturnType<typeof addInterfaces>['ErrorInterface'];

function addInputErrors(
  schemaContext: SchemaContext,
  { Vendor, Dialect, Capability }: Enums,
  ErrorInterface: ErrorInterfaceRef,
) {
  const { builder } = schemaContext;
  const Issue = addIssue(schemaContext);
  builder.objectType(ValidationError, {
    name: 'ValidationError',
    description: 'The input was refused. All reasons that could be found are reported at once.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      issues: t.expose('issues', {
        type: [Issue],
        description: 'The reasons why the input was refused, one for each refused value.',
      }),
    }),
  });
  builder.objectType(NotFoundError, {
    name: 'NotFoundError',
    description: 'There is no connection with this id. It may have been deleted.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      id: t.exposeID('id', { description: 'The id that was not found, exactly as it was sent.' }),
    }),
  });
  builder.objectType(UnsupportedError, {
    name: 'UnsupportedError',
    description: 'The vendor does not support this operation, either for this dialect or at all. Nothing was written.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      vendor: t.expose('vendor', { type: Vendor, description: 'The vendor that does not support the operation.' }),
      dialect: t.expose('dialect', {
        type: Dialect,
        nullable: true,
        description: 'The dialect for which the operation is not supported. Null when it is supported for no dialect.',
      }),
      capability: t.expose('capability', {
        type: Capability,
        nullable: true,
        description: 'The operation that is not supported.',
      }),
      alternatives: t.expose('alternatives', {
        type: [Vendor],
        description: 'The vendors that support the operation. Empty when none does.',
      }),
    }),
  });
}

function addConflictError({ builder, Connection }: SchemaContext, ErrorInterface: ErrorInterfaceRef) {
  const ConflictReason = builder.enumType('ConflictReason', {
    description: 'Why a mutation conflicts with something that exists.',
    values: describeValues({
      NAME_TAKEN: 'The vendor already has a connection with this name.',
      NAME_CHANGED: 'The connection has another name than `expectName` says, so it was not deleted.',
      CHANGED_MEANWHILE: 'Somebody else changed the connection at the same time. Nothing was written.',
      IDEMPOTENCY_KEY_REUSED: 'The idempotency key was already used with another input. Use a new key.',
      IN_PROGRESS: 'The first request with this idempotency key is still in progress. Send the request again later.',
    }),
  });
  builder.objectType(ConflictError, {
    name: 'ConflictError',
    description: 'The mutation conflicts with something that exists, and nothing was written.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      conflict: t.expose('conflict', { type: ConflictReason, description: 'What the mutation conflicts with.' }),
      existing: t.expose('existing', {
        type: Connection,
        nullable: true,
        description: 'The existing connection that causes the conflict. Null when there is none or it cannot be read.',
      }),
    }),
  });
}

const addUnavailableReason = ({ builder }: SchemaContext) =>
  builder.enumType('UnavailableReason', {
    description: 'Why a vendor could not be used.',
    values: describeValues({
      CONNECT: 'The vendor could not be reached, or it closed the network connection.',
      TLS: "The vendor's TLS certificate cannot be trusted.",
      TIMEOUT: 'The vendor did not answer in time.',
      SERVER_ERROR: 'The vendor answered with a server error (HTTP 5xx).',
      BAD_RESPONSE: "The vendor's response cannot be understood. Often the configured base URL is wrong.",
      CIRCUIT_OPEN:
        'The vendor failed several times in a row, or too many calls to it are in progress, so the gateway does not call it for a while.',
      STORE:
        "The gateway's own store does not answer, so it does not send changes. The vendor was not asked to change anything.",
      CREDENTIALS_REJECTED: "The vendor rejects the gateway's own credentials. An operator must correct them.",
    }),
  });

function addVendorErrors(
  schemaContext: SchemaContext,
  { ErrorInterface, VendorErrorInterface }: ReturnType<typeof addInterfaces>,
) {
  const { builder } = schemaContext;
  const interfaces = [ErrorInterface, VendorErrorInterface];
  builder.objectType(PermissionError, {
    name: 'PermissionError',
    description:
      "The caller does not have the scope for this operation, or the gateway's own account at the vendor does not have the permission.",
    interfaces,
    fields: (t) => ({
      missingScope: t.exposeString('missingScope', {
        nullable: true,
        description:
          'The scope that the caller needs for this operation, such as `connections:write`. Null when the vendor refused the operation.',
      }),
    }),
  });
  builder.objectType(RateLimitedError, {
    name: 'RateLimitedError',
    description: 'The vendor accepts no more requests for now, because its rate limit is reached.',
    interfaces,
    fields: (t) => ({
      retryAfterMs: t.exposeInt('retryAfterMs', {
        nullable: true,
        description: 'How long to wait before the next try, in milliseconds. Null when the vendor does not say.',
      }),
    }),
  });
  const UnavailableReason = addUnavailableReason(schemaContext);
  builder.objectType(VendorUnavailableError, {
    name: 'VendorUnavailableError',
    description: 'The vendor could not be used, and nothing was changed there.',
    interfaces,
    fields: (t) => ({
      unavailable: t.expose('unavailable', {
        type: UnavailableReason,
        description: 'Why the vendor could not be used.',
      }),
      retryable: t.exposeBoolean('retryable', {
        description: 'Whether the same request may succeed later without any change.',
      }),
      retryAfterMs: t.exposeInt('retryAfterMs', {
        nullable: true,
        description: 'How long to wait before the next try, in milliseconds. Null when that is not known.',
      }),
    }),
  });
  builder.objectType(OutcomeUnknownError, {
    name: 'OutcomeUnknownError',
    description:
      'The write was sent and the vendor did not answer, so it may have been carried out. Find out with `probe` before you try again.',
    interfaces,
    fields: (t) => ({
      probe: t.exposeString('probe', {
        description: 'A sentence that says how to find out whether the write was carried out.',
      }),
    }),
  });
}

/** Adds the types of all expected failures. */
export function addErrors(schemaContext: SchemaContext, enums: Enums): void {
  const interfaces = addInterfaces(schemaContext);
  addInputErrors(schemaContext, enums, interfaces.ErrorInterface);
  addConflictError(schemaContext, interfaces.ErrorInterface);
  addVendorErrors(schemaContext, interfaces);
}

/** The expected failures of a read at a vendor. */
export const SOURCE_ERRORS = [PermissionError, RateLimitedError, VendorUnavailableError] as const;

/** The expected failures of each mutation. */
export const CREATE_ERRORS = [ValidationError, UnsupportedError, ConflictError, ...SOURCE_ERRORS, OutcomeUnknownError];
export const CREATE_MANY_ERRORS = [
  ValidationError,
  UnsupportedError,
  ConflictError,
  PermissionError,
  VendorUnavailableError,
  OutcomeUnknownError,
];
export const UPDATE_ERRORS = [NotFoundError, ...CREATE_ERRORS];
export const DELETE_ERRORS = [UnsupportedError, NotFoundError, ConflictError, ...SOURCE_ERRORS, OutcomeUnknownError];
export const TEST_ERRORS = [ValidationError, UnsupportedError, NotFoundError, ...SOURCE_ERRORS];
export const ROTATE_ERRORS = [ValidationError, NotFoundError, ConflictError, ...SOURCE_ERRORS, OutcomeUnknownError];
