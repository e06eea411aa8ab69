// The command of the example, as in its README: what it starts, what it answers, and how it ends.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { askAt, EXAMPLE, GATEWAYS, startExample } from './supergraph.ts';

const README = readFileSync(`${EXAMPLE}README.md`, 'utf8');
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(README)?.[1] ?? '';

const QUERY = '{ dataProducts { name owner { name } main { name vendor dialect } } }';

const listens = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

it('the example starts by npm start, answers as its README says, and ends by Ctrl-C with no process left', async () => {
  const example = await startExample({ isTyped: true });
  onTestFinished(async () => void (await example.stop()));
  expect(blockOf('graphql').trim()).toBe(QUERY);
  expect(example.printed()).toContain(QUERY);
  for (const gateway of GATEWAYS) {
    expect(await askAt(example.urlOf(`${gateway} gateway`))(QUERY)).toEqual(JSON.parse(blockOf('json')));
  }
  const urls = ['Subgraph patchbay', 'Subgraph teams', 'Apollo gateway', 'Hive gateway'].map(example.urlOf);
  expect(await Promise.all(urls.map(listens))).toEqual([true, true, true, true]);
  await example.stop();
  expect(await Promise.all(urls.map(listens))).toEqual([false, false, false, false]);
});

it('the example starts the colliding subgraph with a type prefix, and ends by SIGTERM', async () => {
  const example = await startExample({ args: ['--quality'] });
  onTestFinished(async () => void (await example.stop()));
  const query = '{ dataProduct(id: "campaigns") { vendor { name } main { __typename config { __typename } } } }';
  for (const gateway of GATEWAYS) {
    expect(await askAt(example.urlOf(`${gateway} gateway`))(query)).toEqual({
      data: {
        dataProduct: {
          vendor: { name: 'AdData Ltd' },
          main: { __typename: 'Connection', config: { __typename: 'PatchbayBigQueryConfig' } },
        },
      },
    });
  }
  const urls = ['patchbay', 'teams', 'quality'].map((name) => example.urlOf(`Subgraph ${name}`));
  expect(await Promise.all(urls.map(listens))).toEqual([true, true, true]);
  expect(await example.stop()).toBe(0);
  expect(await Promise.all(urls.map(listens))).toEqual([false, false, false]);
});

it('the example ends Patchbay and names the port when a port is taken', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  onTestFinished(() => void squatter.close());
  const { port } = squatter.address() as AddressInfo;
  await expect(startExample({ env: { HIVE_PORT: String(port) } })).rejects.toThrow(`127.0.0.1:${port}`);
});

it('the example reports a Patchbay that does not answer', async () => {
  const url = 'http://127.0.0.1:1/graphql';
  await expect(startExample({ env: { PATCHBAY_URL: url } })).rejects.toThrow(`${url} does not answer.`);
});
