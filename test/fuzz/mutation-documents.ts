// The mutations of the fuzz tests, with every field selected that could return an input value.
import { CONFIG_AND_DETAILS } from '../support/create-connection.ts';

const ERROR = '__typename ... on Error { message requestId }';
const ISSUES = '... on ValidationError { issues { path code message source vendorCode } }';
const CONFLICT = '... on ConflictError { conflict existing { name } }';
const VENDOR = '... on VendorError { vendorStatus vendorCode }';
const UNKNOWN = '... on OutcomeUnknownError { probe }';
const WRITE = [ERROR, ISSUES, CONFLICT, VENDOR, UNKNOWN].join(' ');
const CONNECTION = `id vendorId name vendor dialect vendorDialect ${CONFIG_AND_DETAILS} secrets { path status }`;
const WARNINGS = 'warnings { path code message }';

const TEST = `${ERROR} ${ISSUES} ${VENDOR} ... on TestConnectionSuccess { test { outcome checks { name outcome message } } }`;

export const MUTATIONS: Readonly<Record<string, { readonly input: string; readonly selection: string }>> = {
  createConnection: {
    input: 'CreateConnectionInput',
    selection: `${WRITE} ... on CreateConnectionSuccess { connection { ${CONNECTION} } ${WARNINGS} }`,
  },
  updateConnection: {
    input: 'UpdateConnectionInput',
    selection: `${WRITE} ... on UpdateConnectionSuccess { connection { ${CONNECTION} } ${WARNINGS} }`,
  },
  deleteConnection: {
    input: 'DeleteConnectionInput',
    selection: `${[ERROR, CONFLICT, VENDOR, UNKNOWN].join(' ')} ... on DeleteConnectionSuccess { deletedId archived }`,
  },
  testConnection: {
    input: 'TestConnectionInput',
    selection: TEST,
  },
  testConnectionConfig: {
    input: 'TestConnectionConfigInput',
    selection: TEST,
  },
  createConnections: {
    input: 'CreateConnectionsInput',
    selection: `${ERROR} ${ISSUES} ${CONFLICT} ... on CreateConnectionsSuccess { fanOut { status outcomes { status result { ${WRITE} } } } }`,
  },
  rotateConnectionSecret: {
    input: 'RotateConnectionSecretInput',
    selection: `${ERROR} ${ISSUES} ${VENDOR} ... on RotateConnectionSecretSuccess { rotation {
      remaining { name } outcomes { id error { ... on Error { message } } result { ${WRITE} } } } }`,
  },
};

export const ask = (mutation: string): string => {
  const { input = '', selection = '' } = MUTATIONS[mutation] ?? {};
  return `mutation ($i: ${input}!) { ${mutation}(input: $i) { ${selection} } }`;
};

export const LIST = `query ($instance: [ID!]) {
  connections(first: 200, filter: { includeDeleted: true, instance: $instance }) {
  sources { error { ... on Error { message } } } nodes { ${CONNECTION} createdAt updatedAt } } }`;
export const GET = `query ($id: ID!) { connection(id: $id) { ${CONNECTION} createdAt updatedAt deletedAt } }`;
