// Runs the examples of the README unchanged and compares its tables with the catalogue.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import type * as z from 'zod';
import { authSchema, tokenSchema } from '../../src/config/auth-schema.ts';
import { ACTIONS } from '../../src/domain/caller.ts';
import { parseConfig, vendors } from '../../src/gateway.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const read = (name: string): Promise<string> => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

const linesOf = async (name: string): Promise<string[]> => (await read(name)).split('\n');

let gateway: TestGateway;
let blocks: { language: string; text: string }[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const found = (await read('README.md')).matchAll(/^```(\w+)\n(.*?)^```/gms);
  blocks = Array.from(found, ([, language = '', text = '']) => ({ language, text }));
});
afterAll(() => gateway.close());

const block = (language: string, at: number): string =>
  blocks.filter((one) => one.language === language)[at]?.text ?? `no ${language} block ${at}`;

it('the first query of the README gets the answer that the README shows', async () => {
  const { text } = await gateway.ask(block('graphql', 0));
  expect(JSON.parse(text)).toEqual(JSON.parse(block('json', 0)));
});

it('the second example of the README creates a connection', async () => {
  const variables = JSON.parse(block('json', 1)) as Record<string, unknown>;
  const { data } = await gateway.ask(block('graphql', 1), variables);
  expect(data).toMatchObject({ createConnection: { __typename: 'CreateConnectionSuccess', warnings: [] } });
});

it('the table of dialects in docs/dialects.md equals the catalogue', async () => {
  const { data } = await gateway.ask('{ dialects { inputField label support { status } } }');
  const marks: Readonly<Record<string, string>> = { SUPPORTED: '●', READ_ONLY: 'read', UNSUPPORTED: '–' };
  const told = (
    data.dialects as readonly { inputField: string; label: string; support: readonly { status: string }[] }[]
  ).map(({ inputField, label, support }) =>
    ['', `\`${inputField}\``, label, ...support.map(({ status }) => marks[status]), ''].join(' | ').trim(),
  );
  const written = (await linesOf('docs/dialects.md')).filter((line) =>
    /^\| `\w+` \| [A-Z\w .-]+ \| .*[●–] /i.test(line),
  );
  expect(written.toSorted()).toEqual(told.toSorted());
});

it('the table of capabilities in docs/connections.md equals the catalogue', async () => {
  const { data } = await gateway.ask('{ vendors { label instances { capabilities } } }');
  const can = data.vendors as readonly { label: string; instances: readonly { capabilities: readonly string[] }[] }[];
  const row = (what: string, capability: string) =>
    ['', what, ...can.map(({ instances }) => (instances[0]?.capabilities.includes(capability) ? '●' : '–')), '']
      .join(' | ')
      .trim();
  expect(can.map(({ label }) => label)).toEqual(['Looker', 'Omni', 'Credible', 'Chartbrew']);
  expect((await linesOf('docs/connections.md')).filter((line) => /^\| `\w+Connection\w*`/.test(line))).toEqual([
    row('`createConnection`', 'CREATE'),
    row('`updateConnection`', 'UPDATE'),
    row('`updateConnection` with `name`', 'RENAME'),
    row('`deleteConnection`', 'DELETE'),
    row('`testConnection`', 'TEST_SAVED'),
    row('`testConnectionConfig`', 'TEST_UNSAVED'),
  ]);
});

it('the example configuration examples/patchbay.yaml is accepted when its variables are set', async () => {
  const document: unknown = parse(
    (await read('examples/patchbay.yaml')).replace(/\$\{file:[^}]*\}/g, '${LOOKER_SECRET}'),
  );
  const environment = {
    LOOKER_CLIENT_ID: 'id',
    LOOKER_SECRET: 'secret',
    OMNI_API_KEY: 'key',
    CREDIBLE_TOKEN: 'token',
    CHARTBREW_API_KEY: 'key',
  };
  const { instances } = parseConfig(document, { vendors, environment });
  expect(instances.map(({ key }) => key)).toEqual(['looker-prod', 'omni', 'credible', 'chartbrew']);
  expect(instances[3]?.http.timeouts).toMatchObject({ listMs: 3000, writeMs: 120_000, connectMs: 3000 });
});

it('the table of scopes in docs/authentication.md has every action, with its meaning', async () => {
  const written = (await linesOf('docs/authentication.md')).filter((line) => /^\| `\w+:\w+` \|/.test(line));
  expect(written).toEqual(Object.entries(ACTIONS).map(([action, meaning]) => `| \`${action}\` | ${meaning} |`));
});

const keysOf = (schema: z.ZodObject, at: string) => Object.keys(schema.shape).map((key) => `${at}.${key}`);

it('docs/configuration.md has every key of the section auth', async () => {
  const text = (await linesOf('docs/configuration.md')).join('\n');
  const { jwt } = authSchema.shape;
  const keys = [
    ...keysOf(authSchema, 'auth').filter((key) => !['auth.tokens', 'auth.jwt'].includes(key)),
    ...keysOf(tokenSchema, 'auth.tokens[]'),
    ...keysOf(jwt.unwrap(), 'auth.jwt'),
  ];
  expect(keys).toHaveLength(16);
  expect(keys.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
});
