// A stored secret is never sent to another server: for every dialect and vendor, an update of a field that can redirect the
// connection is refused before any write unless it provides or clears the secrets.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import { wireOf } from '../support/mutations.ts';
import { issuesOf } from '../support/create-connection.ts';
import { everyNth } from '../support/exhaustive.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { chartbrewRedirects } from './redirects/chartbrew.ts';
import { credibleRedirects } from './redirects/credible.ts';
import { lookerRedirects } from './redirects/looker.ts';
import { createInput, updateInput, type Attempt, type Redirect } from './redirects/redirect.ts';
import { omniRedirects } from './redirects/omni.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const CREATE = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
  __typename ... on CreateConnectionSuccess { connection { id } }
} }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
  __typename ... on ValidationError { issues { path code source } }
} }`;

async function ask(mutation: string, input: unknown) {
  const { data, text } = await gateway.ask(mutation, { input });
  expect(text).not.toMatch(/secret-\d/);
  if (!data) throw new Error([text, ...gateway.log].join('\n'));
  return data.result;
}

const isWrite = ({ method }: RecordedRequest) => method !== 'GET';

/** Sends an update. Returns its issues as `path CODE`; none for a success. */
async function issuesFor(id: string, redirect: Redirect, { change }: Attempt): Promise<string[]> {
  const result = await ask(UPDATE, updateInput(id, redirect, change));
  const { issues = [] } = result;
  expect(result.__typename).toBe(issues.length > 0 ? 'ValidationError' : 'UpdateConnectionSuccess');
  expect(issues.every(({ source }: { source: string }) => source === 'GATEWAY')).toBe(true);
  return issuesOf(result).map((issue) => issue.replace(/^input\./, ''));
}

describe.each([
  ['chartbrew', chartbrewRedirects],
  ['credible', credibleRedirects],
  ['looker', lookerRedirects],
  ['omni', omniRedirects],
] as const)('A stored secret at %s', (vendor, ofVendor) => {
  beforeEach(() => gateway.reset(vendor));

  it.each(everyNth(ofVendor, 6))(
    'a stored secret is not kept when an update redirects the connection: $field of $dialect',
    async (redirect) => {
      const { attempts } = redirect;
      const { connection } = await ask(CREATE, createInput(redirect));
      const before = (await gateway.received(vendor)).length;
      const reported = [];
      for (const attempt of attempts) reported.push(await issuesFor(connection.id, redirect, attempt));
      expect(reported).toEqual(attempts.map(({ issues = [] }) => issues));
      const writes = (await gateway.received(vendor)).slice(before).filter(isWrite);
      const bodies = (await Promise.all(writes.map(wireOf))).map(([, body]) => body);
      expect(bodies).toEqual(attempts.flatMap(({ sends, files }) => [sends, files].filter((one) => one !== undefined)));
    },
  );
});

describe('The dialect of a stored connection', () => {
  const server = { host: 'db.acme.example', port: 5432, database: 'd', username: 'bi', password: 'pw-secret-1' };

  it.each(['looker', 'omni', 'credible', 'chartbrew'] as const)(
    'an update cannot change the dialect: %s',
    async (vendor) => {
      await gateway.reset(vendor);
      const input = { instance: vendor, name: 'moving', config: { postgres: server } };
      const { connection } = await ask(CREATE, input);
      const before = (await gateway.received(vendor)).length;
      const mysql = { host: 'db.acme.example', password: { replace: 'pw-secret-2' } };
      const result = await ask(UPDATE, { id: connection.id, config: { mysql } });
      expect(issuesOf(result)).toEqual(['input.config.mysql MISMATCH']);
      expect((await gateway.received(vendor)).slice(before).filter(isWrite)).toEqual([]);
    },
  );
});
