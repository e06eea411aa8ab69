// `token create` prints a token and the lines of a configuration that accepts it. It stores nothing.
import { describe, expect, it } from 'vitest';
import { failed, stop, useProcesses, waitFor } from './run.ts';

const { start, file } = useProcesses();

const VIEWER = JSON.stringify({ query: '{ viewer { name scopes expiresAt } }' });
const INSTANCES =
  'instances: [{ key: omni-eu, vendor: omni, baseUrl: "http://127.0.0.1:9/api", apiKey: key-of-the-test }]\n';

async function create(...args: readonly string[]) {
  const run = start(['token', 'create', ...args]);
  expect(await run.ended).toBe(0);
  const { stdout, stderr } = run.printed;
  expect(stderr).toBe('');
  const token = /^ {2}(pbt_[\w-]{43})$/m.exec(stdout)?.[1] ?? '';
  const lines = stdout.slice(stdout.indexOf('  - name:'));
  expect(lines).not.toContain(token.slice(4));
  return { token, lines };
}

describe.concurrent('token create', { timeout: 120_000 }, () => {
  it('prints a token and lines that work in a configuration', async () => {
    const first = await create('--name', 'ci', '--scope', 'connections:read', '--scope', 'connections:write@omni-*');
    const second = await create('--name', 'ci', '--scope', 'connections:read', '--expires', '2100-01-31T00:00:00Z');
    expect(first.token).not.toBe(second.token);
    const config = `auth:\n  mode: tokens\n  tokens:\n${first.lines}${second.lines}${INSTANCES}`;
    const run = start(['--config', await file('tokens.yaml', config)]);
    const [, url = ''] = await waitFor(run, /ready at (\S+)/);
    const ask = async (token: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(url, { method: 'POST', headers, body: VIEWER });
      return { status: response.status, body: (await response.json()) as unknown };
    };
    expect(await ask(first.token)).toEqual({
      status: 200,
      body: {
        data: {
          viewer: { name: 'ci', scopes: ['connections:read', 'connections:write@omni-*'], expiresAt: null },
        },
      },
    });
    expect(await ask(second.token)).toEqual({
      status: 200,
      body: { data: { viewer: { name: 'ci', scopes: ['connections:read'], expiresAt: '2100-01-31T00:00:00.000Z' } } },
    });
    expect((await ask(`${second.token}x`)).status).toBe(401);
    expect(await stop(run)).toBe(0);
    const printed = run.printed.stdout + run.printed.stderr;
    for (const { token } of [first, second]) expect(printed).not.toContain(token.slice(4, 20));
  });

  it.each([
    [['--name', 'ci'], '--scope: must hold at least one scope\n'],
    [['--scope', 'connections:read'], '--name: is missing; it must be a string\n'],
    [['--name', 'c i', '--scope', 'connections:read'], '--name: must be letters, digits, ., _ and -, at most 64\n'],
    [
      ['--name', 'ci', '--scope', 'connections:all-7Canary'],
      '--scope: must be a scope, such as connections:read or connections:write@omni-*; the actions are connections:read, connections:write, connections:test, connections:delete, secrets:rotate, audit:read, metrics:read, federation:entities\n',
    ],
    [
      ['--name', 'ci', '--scope', 'connections:read', '--expires', 'tomorrow'],
      '--expires: must be an instant such as 2027-01-31T00:00:00Z\n',
    ],
  ])('%j is refused with one line', async (args, message) => {
    expect(await failed(start(['token', 'create', ...args]))).toBe(message);
  });

  it.each([
    [['token'], 'A command is missing. Try `patchbay token --help`.\n'],
    [['token', 'make'], 'There is no such command. Try `patchbay token --help`.\n'],
    [['token', 'create', '7Canary'], 'There is no such command or argument. Try `patchbay token --help`.\n'],
    [['token', 'create', '--nam', '7Canary'], 'There is no such option. Try `patchbay token create --help`.\n'],
    [['token', 'create', '--name'], 'An option has no value. Try `patchbay token create --help`.\n'],
  ])('%j is refused with one line of advice', async (args, message) => {
    expect(await failed(start(args))).toBe(message);
  });
});
