// The configuration is read again at SIGHUP, and at a change of its file where that is configured. A configuration with mistakes
// changes nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxInstance } from '../../src/sandbox/index.ts';
import { hashOf, tokenOf } from '../authorization/tokens.ts';
import { stop, useProcesses, waitFor } from './run.ts';

const { start, file } = useProcesses();

let sandbox: Sandbox;
let looker: SandboxInstance;
let omni: SandboxInstance;
beforeAll(async () => {
  sandbox = await startSandbox(0);
  [looker, omni] = sandbox.instances as [SandboxInstance, SandboxInstance];
});
afterAll(() => sandbox.close());

const CACHED = { cache: { ttlMs: 600_000 } };
const config = (instances: readonly object[], more: object = {}): string => JSON.stringify({ ...more, instances });
const KEYS = '{ vendors { instances { key label } } }';
const LIST = '{ connections(first: 1, filter: { instance: ["looker"] }) { totalCount nodes { id } } }';

interface Body {
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly data?: any;
  readonly errors?: readonly { readonly message: string }[];
}

const askAt =
  (url: string, headers: Readonly<Record<string, string>> = {}) =>
  async (query: string): Promise<{ readonly status: number; readonly body: Body }> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(url, { ...init, body: JSON.stringify({ query }) });
    return { status: response.status, body: (await response.json()) as Body };
  };

const keysOf = ({ body }: { readonly body: Body }): string[] =>
  body.data.vendors.flatMap(({ instances }: { instances: { key: string; label: string }[] }) =>
    instances.map(({ key, label }) => `${key}: ${label}`),
  );

/** Starts a process with a file, and returns what rewrites the file and signals the process. */
async function startWith(name: string, text: string) {
  const path = await file(name, text);
  const run = start(['--config', path]);
  const [, url = ''] = await waitFor(run, /ready at (\S+)/);
  let reloads = 0;
  return {
    run,
    url,
    ask: askAt(url),
    write: async (next: string) => void (await file(name, next)),
    /** Writes the file, sends SIGHUP, and returns the log line about the reload. */
    reload: async (next: string) => {
      await file(name, next);
      run.child.kill('SIGHUP');
      reloads += 1;
      const line = new RegExp(
        `(?:[^]*?"msg":"(?:configuration reloaded|the configuration cannot be used)[^"]*"){${reloads}}`,
      );
      await waitFor(run, line);
      const lines = run.printed.stdout.split('\n').filter((one) => /"msg":"(?:the )?configuration /.test(one));
      return JSON.parse(lines[reloads - 1] ?? '{}') as Record<string, unknown>;
    },
  };
}

/** The number of lists that Looker was asked for. */
const listCalls = () => sandbox.servers.looker.requests().filter(({ path }) => path.endsWith('/connections')).length;

/** Returns the section `auth` with one token. */
const auth = (name: string) => ({
  mode: 'tokens',
  tokens: [{ name, hash: hashOf(tokenOf(name)), scopes: ['connections:read'] }],
});

describe('a reload of the configuration', { timeout: 120_000 }, () => {
  it('SIGHUP adds, removes and changes instances, while ids and cached lists of the others stay', async () => {
    const process = await startWith('reload.json', config([{ ...looker, ...CACHED }, omni]));
    const before = await process.ask(LIST);
    expect(before.body.data.connections.totalCount).toBe(15);
    // With the check of the instance at the start.
    const calls = listCalls();
    const line = await process.reload(
      config([
        { ...looker, ...CACHED },
        { ...omni, label: 'Renamed' },
        { ...looker, key: 'looker-2', label: 'Second' },
      ]),
    );
    expect(line).toMatchObject({
      level: 30,
      msg: 'configuration reloaded',
      added: ['looker-2'],
      removed: [],
      changed: ['omni'],
      needsRestart: [],
    });
    expect(keysOf(await process.ask(KEYS))).toEqual(['looker: Looker (sandbox)', 'looker-2: Second', 'omni: Renamed']);
    expect(await process.ask(LIST)).toEqual(before);
    expect(listCalls()).toBe(calls);
    const removal = config([{ ...omni, label: 'Renamed' }], { server: { host: '127.0.0.2', shutdownMs: 7 } });
    expect(await process.reload(removal)).toMatchObject({
      added: [],
      removed: ['looker', 'looker-2'],
      changed: [],
      needsRestart: ['server.host', 'server.shutdownMs'],
    });
    expect(keysOf(await process.ask(KEYS))).toEqual(['omni: Renamed']);
    expect(await stop(process.run)).toBe(0);
  });

  it('a file with mistakes changes nothing, and the log names the mistakes without their values', async () => {
    const process = await startWith('broken.json', config([looker]));
    const line = await process.reload(config([{ ...omni, baseUrl: '7Canary' }], { limits: { depth: 1 } }));
    expect(line).toMatchObject({
      level: 50,
      msg: 'the configuration cannot be used; the one of before stays in use',
      problems: ['limits.depth: must be 5 or more', 'instances[0].baseUrl: is not a valid URL'],
    });
    expect(await process.reload('{ "instances": [')).toMatchObject({ level: 50 });
    expect(keysOf(await process.ask(KEYS))).toEqual(['looker: Looker (sandbox)']);
    expect(process.run.printed.stdout + process.run.printed.stderr).not.toContain('7Canary');
    expect(await stop(process.run)).toBe(0);
  });

  it('tokens and limits change, and variables of the environment are read again', async () => {
    const path = await file('tokens.json', config([{ ...omni, apiKey: '${KEY}' }], { auth: auth('first') }));
    const run = start(['--config', path], { env: { KEY: String((omni as { apiKey?: string }).apiKey) } });
    const [, url = ''] = await waitFor(run, /ready at (\S+)/);
    const as = (name: string) => askAt(url, { authorization: `Bearer ${tokenOf(name)}` });
    expect([(await as('first')(KEYS)).status, (await as('second')(KEYS)).status]).toEqual([200, 401]);
    await file(
      'tokens.json',
      config([{ ...omni, apiKey: '${KEY}' }], { auth: auth('second'), limits: { rootFields: 1 } }),
    );
    run.child.kill('SIGHUP');
    await waitFor(run, /"msg":"configuration reloaded"/);
    expect([(await as('first')(KEYS)).status, (await as('second')(KEYS)).status]).toEqual([401, 200]);
    expect((await as('second')('{ vendors { kind } viewer { name } }')).body.errors?.[0]?.message).toContain(
      'rootFields',
    );
    const { body } = await as('second')('{ connections(first: 1) { totalCount } }');
    expect(body.data.connections.totalCount).toBe(11);
    expect(await stop(run)).toBe(0);
  });

  it('the file is read again when it changes, with server.reloadOnChange', async () => {
    const server = { server: { reloadOnChange: true } };
    const process = await startWith('watched.json', config([looker], server));
    await process.write(config([omni], server));
    await waitFor(process.run, /"msg":"configuration reloaded"/);
    expect(keysOf(await process.ask(KEYS))).toEqual(['omni: Omni (sandbox)']);
    expect(await stop(process.run)).toBe(0);
  });

  it('no request fails while the configuration is read again and again, and one in progress ends at a removed instance', async () => {
    const process = await startWith('load.json', config([looker, omni]));
    await fetch(`${sandbox.servers.omni.origin}/__sandbox/outage`, { method: 'POST', body: 'slow' });
    const slow = process.ask('{ connections(first: 1, filter: { instance: ["omni"] }) { totalCount } }');
    await expect
      .poll(() => sandbox.servers.omni.requests().some(({ path }) => path.endsWith('/connections')), {
        timeout: 60_000,
      })
      .toBe(true);
    const ended = new AbortController();
    const answers: unknown[] = [];
    const load = async () => {
      while (!ended.signal.aborted) answers.push((await process.ask(LIST)).body.data?.connections.totalCount);
    };
    const loads = Array.from({ length: 4 }, load);
    for (const next of [[looker], [looker, omni], [{ ...looker, label: 'Other' }], [looker]]) {
      await process.reload(config(next));
    }
    expect((await slow).body).toEqual({ data: { connections: { totalCount: 11 } } });
    ended.abort();
    await Promise.all(loads);
    expect(answers.length).toBeGreaterThan(20);
    expect(answers.filter((count) => count !== 15)).toEqual([]);
    await fetch(`${sandbox.servers.omni.origin}/__sandbox/outage`, { method: 'POST', body: 'none' });
    expect(await stop(process.run)).toBe(0);
  });
});
