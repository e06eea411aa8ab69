// createConnection with everything selected that any dialect and any vendor of ours tells, and ways to read such an answer.
import { expect } from 'vitest';
import type { Answer, TestGateway } from './gateway.ts';
import { callsToAny } from './journal.ts';

const SECRET = '{ status }';
const TLS = `tls { enabled verify mode ca ${SECRET} certificate ${SECRET} key ${SECRET} }`;
const SERVER = `host port database schema username flavor password ${SECRET} connectionString ${SECRET} ${TLS}`;

/** The settings and what the vendor alone tells. */
export const CONFIG_AND_DETAILS = `
  config {
    __typename
    ... on PostgresConfig { ${SERVER} }
    ... on MySqlConfig { ${SERVER} }
    ... on BigQueryConfig {
      projectId billingProjectId location dataset serviceAccountEmail serviceAccountKey ${SECRET}
      maximumBytesBilled queryTimeoutMs
    }
    ... on SnowflakeConfig {
      account hostOverride warehouse database schema role username password ${SECRET} privateKey ${SECRET}
      privateKeyPassphrase ${SECRET} queryTimeoutMs ${TLS}
      oauth { clientId clientSecret ${SECRET} audience authorizationUrl tokenUrl }
    }
    ... on OtherConfig { host port database schema username password ${SECRET} }
  }
  details {
    __typename
    ... on LookerDetails {
      driverVersionRequested dbTimezone queryTimezone maxConnections maxQueries maxQueriesPerUser poolTimeoutSeconds
      connectionPooling maxBillingGigabytes costEstimateEnabled storageProjectId rolesVerified tmpSchema tmpHost
      maintenanceCron pdtConcurrency pdtApiControlEnabled alwaysRetryFailedBuilds precacheTables
      infoSchemaForSqlWriting contextCommentDisabled queryHoldingDisabled usesUserCredentials usesKeyPairAuth
      usesApplicationDefaultCredentials impersonatedServiceAccount oauthApplicationId tunnelId customLocalPort
      userAttributeFields jdbcAdditionalParams ${SECRET} afterConnectStatements ${SECRET}
    }
    ... on OmniDetails { baseRole environmentUserAttribute { attributeName defaultValues } }
    ... on CredibleDetails { includeTables excludeTables excludeAllTables indexing }
    ... on ChartbrewDetails {
      teamId projectIds active subType
      ssh {
        enabled host port username jumpHost jumpPort
        password ${SECRET} privateKey ${SECRET} passphrase ${SECRET}
      }
    }
  }`;

export const CREATE = `mutation ($input: CreateConnectionInput!) {
  createConnection(input: $input) {
    __typename
    ... on Error { message requestId }
    ... on VendorError { instance { key } vendorStatus vendorCode }
    ... on CreateConnectionSuccess {
      connection {
        id vendorId name vendor dialect vendorDialect completeness
        ${CONFIG_AND_DETAILS}
        secrets { path status }
      }
      warnings { path code message }
    }
    ... on ValidationError { issues { path code message source vendorCode } }
    ... on UnsupportedError { vendor dialect capability alternatives }
    ... on ConflictError { conflict existing { id name vendorDialect } }
    ... on RateLimitedError { retryAfterMs }
    ... on VendorUnavailableError { unavailable retryable }
    ... on OutcomeUnknownError { probe }
  }
}`;

export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** The member of the result union that came back, with the whole answer beside it. @throws Error when none did. */
export async function create({ ask }: { readonly ask: Ask }, input: CreateInput) {
  const answer = await ask(CREATE, { input });
  if (!answer.data?.createConnection) throw new Error(`No result: ${answer.text}`);
  return { result: answer.data.createConnection, text: answer.text };
}

/** The issues of a ValidationError as `path CODE`, in alphabetical order. */
export const issuesOf = (result: { issues?: readonly { path: string[]; code: string }[] }): string[] =>
  (result.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`).toSorted();

/** The issues of an input that the gateway refuses by itself, with no call made, as `path CODE`; without `input`. */
export async function refusalOf(gateway: TestGateway, input: CreateInput): Promise<string[]> {
  const { result, text } = await create(gateway, input);
  expect(result).toMatchObject({ __typename: 'ValidationError' });
  expect(result.issues.every(({ source }: { source: string }) => source === 'GATEWAY')).toBe(true);
  expect(text).not.toMatch(/secret-\d/);
  expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  return issuesOf(result).map((issue) => issue.replace(/^input\./, ''));
}

/** Paths of the secrets that are told to be stored, in alphabetical order. */
export const storedSecrets = (secrets: readonly { path: string[]; status: string }[]): string[] =>
  secrets.flatMap(({ path, status }) => (status === 'SET' ? [path.join('.')] : [])).toSorted();

/** What is told of a config or details: a secret as its status, without nulls and without secrets that are not set. */
export function told(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'status') return entries[0][1] === 'NOT_SET' ? null : entries[0][1];
  const kept = entries.map(([key, one]) => [key, told(one)] as const).filter(([, one]) => one !== null);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
