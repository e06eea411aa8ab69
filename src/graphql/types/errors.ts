// The expected failures as types: members of the result unions, and of what a list tells of an instance that failed.
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
  type ValidationIssue,
} from '../../domain/errors.ts';
import type { Enums } from './enums.ts';
import type { SchemaContext } from '../schema-builder.ts';

/** The values of an enum by their meanings. */
export const describeAll = <const T extends Readonly<Record<string, string>>>(values: T) =>
  Object.fromEntries(Object.entries(values).map(([value, description]) => [value, { description }])) as {
    [K in keyof T]: { description: string };
  };

/** Of whatever a vendor says in words. */
export const VENDOR_MESSAGE =
  "The vendor's own words, at most 500 characters. Null when it said nothing; when they hold any trace of a secret; and of every operation but `createConnection`, `createConnections` and `testConnectionConfig`, for there Patchbay cannot know each secret that they could quote. Never part of a log.";

function addInterfaces({ builder, VendorInstance }: SchemaContext) {
  const ErrorInterface = builder.interfaceRef<Error>('Error').implement({
    description:
      'Every expected failure. Select `message` and `__typename` on it, and no error type that comes later will surprise you.',
    fields: (t) => ({
      message: t.exposeString('message', {
        nullable: false,
        description: 'What is wrong and what to do, in plain words.',
      }),
      requestId: t.string({
        nullable: false,
        description: 'Quote it to an operator: what the log has of this request carries it.',
        resolve: (_error, _args, { requestId }) => requestId,
      }),
    }),
  });
  const VendorErrorInterface = builder.interfaceRef<VendorError>('VendorError').implement({
    description: 'A failure at a vendor, or on the way to it.',
    fields: (t) => ({
      instance: t.expose('instance', { type: VendorInstance, description: 'Where it happened.' }),
      vendorStatus: t.exposeInt('vendorStatus', {
        description: "HTTP status of the vendor's answer; null when there was none.",
      }),
      vendorCode: t.exposeString('vendorCode', {
        description: "The vendor's own error code, where it is one of those it documents.",
      }),
      vendorMessage: t.exposeString('vendorMessage', { description: VENDOR_MESSAGE }),
    }),
  });
  return { ErrorInterface, VendorErrorInterface };
}

function addIssue({ builder }: SchemaContext) {
  const ValidationCode = builder.enumType('ValidationCode', {
    description: 'What is wrong with a value.',
    values: describeAll({
      REQUIRED: 'The vendor needs it and it was not given.',
      INVALID: 'Not of the form that is needed.',
      TOO_SHORT: 'Shorter than is taken; often empty.',
      TOO_LONG: 'Longer than is taken.',
      OUT_OF_RANGE: 'A number that is too small or too large.',
      NOT_ALLOWED: 'The vendor has no such field for this dialect; leave it out.',
      EXCLUSIVE: 'It stands against another value that was given; give one of them.',
      MISMATCH: 'It names another vendor or dialect than the rest of the input does.',
      SECRET_NEEDED:
        'A secret must be sent with it: what is stored does not follow a change of where the connection leads, or is not given back by the vendor.',
    } as const),
  });
  const IssueSource = builder.enumType('IssueSource', {
    description: 'Who refused a value.',
    values: describeAll({
      GATEWAY: 'Patchbay, before any call was made.',
      VENDOR: 'The vendor, in its answer.',
    } as const),
  });
  return builder.objectRef<ValidationIssue>('ValidationIssue').implement({
    description: 'One value that was refused.',
    fields: (t) => ({
      path: t.stringList({
        nullable: false,
        description: 'From the argument down, in this schema\'s names: ["input", "config", "postgres", "port"].',
        resolve: ({ path }) => [...path],
      }),
      code: t.field({
        type: ValidationCode,
        nullable: false,
        description: 'What is wrong with it.',
        resolve: ({ code }) => code,
      }),
      message: t.exposeString('message', { nullable: false, description: 'The same in words, with advice.' }),
      source: t.field({
        type: IssueSource,
        nullable: false,
        description: 'Who refused it.',
        resolve: ({ source }) => source,
      }),
      vendorCode: t.string({
        description: "The vendor's own code when it was the vendor (Looker: missing_field).",
        resolve: ({ vendorCode }) => vendorCode ?? null,
      }),
      vendorMessage: t.string({
        description: VENDOR_MESSAGE,
        resolve: ({ vendorMessage }) => vendorMessage ?? null,
      }),
    }),
  });
}

function addRequestErrors(
  schemaContext: SchemaContext,
  { Vendor, Dialect, Capability }: Enums,
  ErrorInterface: ReturnType<typeof addInterfaces>['ErrorInterface'],
) {
  const { builder, Connection } = schemaContext;
  const Issue = addIssue(schemaContext);
  builder.objectType(ValidationError, {
    name: 'ValidationError',
    description: 'The input was refused; every reason at once.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      issues: t.field({
        type: [Issue],
        nullable: false,
        description: 'What is wrong, value by value.',
        resolve: ({ issues }) => [...issues],
      }),
    }),
  });
  builder.objectType(NotFoundError, {
    name: 'NotFoundError',
    description: 'No connection has this id, or has it any more.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'The id, as it was sent.' }),
    }),
  });
  builder.objectType(UnsupportedError, {
    name: 'UnsupportedError',
    description: 'This vendor cannot do that, for this dialect or at all. No call was made.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      vendor: t.expose('vendor', { type: Vendor, nullable: false, description: 'The vendor that cannot.' }),
      dialect: t.expose('dialect', {
        type: Dialect,
        description: 'The dialect for which it cannot; null when it is none.',
      }),
      capability: t.expose('capability', { type: Capability, description: 'What was asked for.' }),
      alternatives: t.field({
        type: [Vendor],
        nullable: false,
        description: 'Vendors that can.',
        resolve: ({ alternatives }) => [...alternatives],
      }),
    }),
  });
  const ConflictReason = builder.enumType('ConflictReason', {
    description: 'What stands in the way.',
    values: describeAll({
      NAME_TAKEN: 'The vendor has a connection of this name already.',
      NAME_CHANGED: 'The connection has another name than the one that was expected.',
      CHANGED_MEANWHILE: 'Somebody else changed the connection at the same time; nothing was written.',
      IDEMPOTENCY_KEY_REUSED: 'The key was used with another input; take a new one.',
      IN_PROGRESS: 'The request that used the key first is still under way; ask again later.',
    } as const),
  });
  builder.objectType(ConflictError, {
    name: 'ConflictError',
    description: 'Something that exists stands in the way.',
    interfaces: [ErrorInterface],
    fields: (t) => ({
      conflict: t.field({
        type: ConflictReason,
        nullable: false,
        description: 'What stands in the way.',
        resolve: ({ conflict }) => conflict,
      }),
      existing: t.expose('existing', {
        type: Connection,
        description: 'The connection in the way, when it could be read.',
      }),
    }),
  });
}

function addVendorErrors(
  { builder }: SchemaContext,
  { ErrorInterface, VendorErrorInterface }: ReturnType<typeof addInterfaces>,
) {
  const interfaces = [ErrorInterface, VendorErrorInterface];
  builder.objectType(PermissionError, {
    name: 'PermissionError',
    description: "The vendor does not let the gateway's own account do this.",
    interfaces,
  });
  builder.objectType(RateLimitedError, {
    name: 'RateLimitedError',
    description: 'The vendor takes no more requests for now.',
    interfaces,
    fields: (t) => ({
      retryAfterMs: t.exposeInt('retryAfterMs', {
        description: 'When to try again, in milliseconds; null when the vendor does not say.',
      }),
    }),
  });
  const UnavailableReason = builder.enumType('UnavailableReason', {
    description: 'Why a vendor could not be used.',
    values: describeAll({
      CONNECT: 'It could not be reached, or broke off the connection.',
      TLS: 'Its certificate cannot be trusted.',
      TIMEOUT: 'It did not answer in time.',
      SERVER_ERROR: 'It failed (HTTP 5xx).',
      BAD_RESPONSE: 'Its answer cannot be understood; often the base URL is wrong.',
      CIRCUIT_OPEN: 'It failed again and again, or has too many calls under way, and is left alone for a while.',
      CREDENTIALS_REJECTED: "It refuses the gateway's credentials; an operator must see to them.",
    } as const),
  });
  builder.objectType(VendorUnavailableError, {
    name: 'VendorUnavailableError',
    description: 'The vendor could not be used; nothing was changed there.',
    interfaces,
    fields: (t) => ({
      unavailable: t.field({
        type: UnavailableReason,
        nullable: false,
        description: 'Why it could not be used.',
        resolve: (error) => error.unavailable,
      }),
      retryable: t.exposeBoolean('retryable', {
        nullable: false,
        description: 'Whether the same may succeed later with nothing changed.',
      }),
      retryAfterMs: t.exposeInt('retryAfterMs', {
        description: 'How long to wait before another try, in milliseconds; null where nobody said.',
      }),
    }),
  });
  builder.objectType(OutcomeUnknownError, {
    name: 'OutcomeUnknownError',
    description: 'The request left and no answer came back: the vendor may have done it. Look before you try again.',
    interfaces,
    fields: (t) => ({
      probe: t.exposeString('probe', { nullable: false, description: 'How to find out whether it was done.' }),
    }),
  });
}

export function addErrors(schemaContext: SchemaContext, enums: Enums): void {
  const interfaces = addInterfaces(schemaContext);
  addRequestErrors(schemaContext, enums, interfaces.ErrorInterface);
  addVendorErrors(schemaContext, interfaces);
}

/** What may be wrong with a vendor that is only asked. */
export const SOURCE_ERRORS = [PermissionError, RateLimitedError, VendorUnavailableError] as const;

/** The failures of each mutation. */
export const CREATE_ERRORS = [ValidationError, UnsupportedError, ConflictError, ...SOURCE_ERRORS, OutcomeUnknownError];
export const CREATE_MANY_ERRORS = [ValidationError, UnsupportedError, ConflictError, PermissionError];
export const UPDATE_ERRORS = [NotFoundError, ...CREATE_ERRORS];
export const DELETE_ERRORS = [UnsupportedError, NotFoundError, ConflictError, ...SOURCE_ERRORS, OutcomeUnknownError];
export const TEST_ERRORS = [ValidationError, UnsupportedError, NotFoundError, ...SOURCE_ERRORS];
export const ROTATE_ERRORS = [ValidationError, NotFoundError, ...SOURCE_ERRORS];
