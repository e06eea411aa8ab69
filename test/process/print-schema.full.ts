// `print-schema` prints the schema that a gateway serves.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { failed, useProcesses } from './run.ts';

const { start, file } = useProcesses();

const published = async (name: string) => readFile(new URL(`../../schema/${name}`, import.meta.url), 'utf8');

/** Runs the command without mistakes and returns what it prints. */
async function printed(...args: string[]): Promise<string> {
  const run = start(['print-schema', ...args]);
  expect(await run.ended).toBe(0);
  expect(run.printed.stderr).toBe('');
  return run.printed.stdout;
}

// The credential of the vendor is missing: the schema does not need it.
const configWith = async (name: string, federation: string) =>
  file(
    `${name}.yaml`,
    `federation: ${federation}\ninstances: [{ key: omni, vendor: omni, baseUrl: "http://127.0.0.1:9/api", apiKey: "\${NOWHERE}" }]\n`,
  );

const line = (sdl: string, pattern: RegExp) => sdl.split('\n').filter((text) => pattern.test(text));

describe.concurrent('print-schema', { timeout: 120_000 }, () => {
  it.each([
    ['the schema for clients is that of schema/schema.graphql', [], 'schema.graphql'],
    ['the subgraph is that of schema/subgraph.graphql', ['--subgraph'], 'subgraph.graphql'],
  ])('%s', async (_what, args, name) => {
    expect(await printed(...args)).toBe(await published(name));
  });

  it('a configuration adds its prefix to the names of types, and @authenticated to the root fields of the subgraph', async () => {
    const path = await configWith('prefixed', '{ typePrefix: Acme, authenticated: true }');
    const schema = await printed('--config', path);
    expect(line(schema, /^type Connection |@authenticated|^ {2}viewer/)).toEqual([
      'type Connection implements AcmeNode {',
      '  viewer: AcmeViewer!',
    ]);
    const subgraph = await printed('--config', path, '--subgraph');
    expect(line(subgraph, /^extend schema|^ {2}vendors|^type AcmeVendorInstance /)).toEqual([
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@authenticated"])',
      'type AcmeVendorInstance @key(fields: "id") {',
      '  vendors: [AcmeVendorInfo!]! @authenticated',
    ]);
  });

  it('a mistake in the section federation is reported by its path', async () => {
    const path = await configWith('mistake', '{ typePrefiks: Acme }');
    expect(await failed(start(['print-schema', '--config', path]))).toBe(
      'The configuration cannot be used:\n  federation.typePrefiks: unknown key\n',
    );
  });
});
