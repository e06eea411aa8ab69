// The Relay compiler accepts Patchbay's schema, and Patchbay answers the compiled queries.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { EXAMPLE } from './supergraph.ts';

const SCHEMA = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));
const COMPILER = `${EXAMPLE}node_modules/relay-compiler/cli.js`;
const PERSISTED = fileURLToPath(new URL('../relay/compiled-documents.json', import.meta.url));
const SOURCE = 'relay/connection-list.ts';

/** The Relay project in a place of its own, its source changed; the schema lies where its configuration looks. */
function copyProject(change: (source: string) => string = (source) => source) {
  const root = mkdtempSync(join(tmpdir(), 'patchbay-relay-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const project = join(root, 'examples', 'federation');
  mkdirSync(join(root, 'schema'), { recursive: true });
  mkdirSync(join(project, 'relay'), { recursive: true });
  cpSync(SCHEMA, join(root, 'schema', 'schema.graphql'));
  cpSync(`${EXAMPLE}relay.config.json`, join(project, 'relay.config.json'));
  writeFileSync(join(project, SOURCE), change(readFileSync(`${EXAMPLE}${SOURCE}`, 'utf8')));
  return {
    compile: (...args: readonly string[]) =>
      execFileSync(process.execPath, [COMPILER, ...args], { cwd: project, encoding: 'utf8', stdio: 'pipe' }),
    /** Makes the compiler write a manifest. Returns its path. */
    persist: (): string => {
      const config = JSON.parse(readFileSync(`${EXAMPLE}relay.config.json`, 'utf8')) as object;
      const persistConfig = { file: './documents.json' };
      writeFileSync(join(project, 'relay.config.json'), JSON.stringify({ ...config, persistConfig }));
      writeFileSync(join(project, 'documents.json'), '{}');
      return join(project, 'documents.json');
    },
    /** The document of an operation, as Relay would send it. */
    textOf: (operation: string): string => {
      const artifact = readFileSync(join(project, 'relay', '__generated__', `${operation}.graphql.ts`), 'utf8');
      return JSON.parse(/"text": (".*")/.exec(artifact)?.[1] ?? '""') as string;
    },
  };
}

it('Relay compiles the operations to valid queries', () => {
  const { compile } = copyProject();
  expect(() => compile('--validate')).toThrow('Command failed');
  compile();
  expect(() => compile('--validate')).not.toThrow();
});

it('Relay writes the manifest of the test of trusted documents', () => {
  const { compile, persist } = copyProject();
  const manifest = persist();
  compile();
  expect(JSON.parse(readFileSync(manifest, 'utf8'))).toEqual(JSON.parse(readFileSync(PERSISTED, 'utf8')));
});

it('Relay does not compile an operation with an unknown field', () => {
  const { compile } = copyProject((source) => source.replace(/^ +port$/m, 'portNumber'));
  expect(() => compile()).toThrow(/portNumber/);
});

it('Patchbay answers the compiled queries: a page, the next page, and a connection by its id', async () => {
  const { compile, textOf } = copyProject();
  compile();
  const { ask, close } = await startTestGateway();
  onTestFinished(close);
  const first = await ask(textOf('connectionListQuery'));
  const { edges, pageInfo } = first.data.connections;
  expect(edges).toHaveLength(20);
  expect(pageInfo).toEqual({ hasNextPage: true, endCursor: edges[19].cursor });
  const next = await ask(textOf('connectionListNextPageQuery'), { first: 1, after: pageInfo.endCursor });
  expect(next.data.connections.edges).toHaveLength(1);
  expect(next.data.connections.edges[0].node.name).not.toBe(edges[19].node.name);
  const row = await ask(textOf('connectionListRowQuery'), { id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM' });
  expect(row.data.node).toMatchObject({
    __typename: 'Connection',
    id: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM',
    name: 'production_orders',
    config: { host: 'orders-db.acme.example', port: 5432 },
  });
});
