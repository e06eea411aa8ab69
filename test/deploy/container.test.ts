// The Dockerfile and the compose file: valid instructions, files and scripts that exist, no root, and the command and the health check of
// the image. Docker is not needed: the command runs with the built files of this folder.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stop, useProcesses, waitFor } from '../process/run.ts';
import { parseExample, referencesIn } from './example-config.ts';

const dockerfile = await readFile('Dockerfile', 'utf8');
/** The instructions. Each is one line. */
const instructions = dockerfile
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ keyword: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
const restsOf = (kind: string): string[] =>
  instructions.filter(({ keyword }) => keyword === kind).map(({ rest }) => rest);
const lastStage = instructions.slice(instructions.findLastIndex(({ keyword }) => keyword === 'FROM'));

/** Returns the arguments of the only instruction of a kind in the last stage. */
function only(kind: string): string {
  const found = lastStage.filter(({ keyword }) => keyword === kind);
  expect(found).toHaveLength(1);
  return found[0]?.rest ?? '';
}

/** The command of the image as its words. */
const command = (): string[] => [
  ...(JSON.parse(only('ENTRYPOINT')) as string[]),
  ...(JSON.parse(only('CMD')) as string[]),
];

const healthCheck = (): string[] => JSON.parse(/CMD (\[.*\])$/.exec(only('HEALTHCHECK'))?.[1] ?? '[]') as string[];

const configText = await readFile('examples/deploy/patchbay.yaml', 'utf8');

describe('the Dockerfile', () => {
  it('the instructions are valid', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM node\nRUNN npm ci').map(({ message }) => message)).toEqual(['Unknown instruction: RUNN']);
  });

  it('every copied file exists, and the build context has it', async () => {
    const copied = restsOf('COPY')
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(6);
    expect(copied.filter((path) => !existsSync(path))).toEqual([]);
    const allowed = (await readFile('.dockerignore', 'utf8')).split('\n').filter((line) => line.startsWith('!'));
    expect(allowed.map((line) => line.slice(1)).toSorted()).toEqual([...new Set(copied)].toSorted());
  });

  it('every npm script and every program of a RUN exists', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
    const run = restsOf('RUN');
    const named = Array.from(run.join('\n').matchAll(/npm run ([\w:]+)/g), ([, name = '']) => name);
    expect(named).toEqual(['build:process', 'build:console']);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(run).toEqual([
      'npm ci --ignore-scripts --no-audit --no-fund',
      'npm run build:process && npm run build:console && npx tsx .ci/licences.ts dist/THIRD-PARTY-LICENSES.txt',
      'npm ci --omit=dev --ignore-scripts --no-audit --no-fund',
    ]);
  });

  it('the last stage is not root, has the production dependencies alone and runs in production', () => {
    expect(only('USER')).toBe('1000:1000');
    expect(only('ENV')).toBe('NODE_ENV=production');
    expect(lastStage.map(({ keyword }) => keyword)).not.toContain('RUN');
    expect(lastStage.map(({ rest }) => rest)).toContain('--from=dependencies /app/node_modules ./node_modules');
  });

  it('the port is that of the example configuration', () => {
    const port = String(parseExample(parse(configText)).server.port);
    expect(only('EXPOSE')).toBe(port);
    expect(healthCheck().at(-1)).toContain(`http://127.0.0.1:${port}/healthz`);
  });
});

describe('the command of the image', () => {
  const { file, start } = useProcesses();

  it('starts with the example configuration, and its health check succeeds while it runs', async () => {
    const [node, main, ...args] = command();
    expect([node, main]).toEqual(['node', 'dist/main.js']);
    const key = await file('omni-api-key', 'made-up-key');
    // The gateway checks its instances at the start: nothing listens on port 9 of this machine.
    const text = configText
      .replace('/run/secrets/omni-api-key', key)
      .replace('https://acme.omniapp.co', 'http://127.0.0.1:9');
    const config = await file('patchbay.yaml', text);
    const started = start(
      args.map((word) => (word === '/etc/patchbay/patchbay.yaml' ? config : word)),
      { env: { NODE_ENV: 'production', HOST: '127.0.0.1' } },
    );
    const [, url = ''] = await waitFor(started, /ready at (http:\S+)\/graphql/);
    const [, ...check] = healthCheck().map((word) => word.replace('http://127.0.0.1:4000', url));
    await expect(promisify(execFile)(process.execPath, check)).resolves.toBeDefined();
    expect(await stop(started)).toBe(0);
    await expect(promisify(execFile)(process.execPath, check)).rejects.toMatchObject({ code: 1 });
  });
});

describe('the compose file', () => {
  it('the service is closed, and its secrets are the files that the configuration names', async () => {
    const { services, secrets } = parse(await readFile('examples/deploy/compose.yaml', 'utf8')) as {
      services: Record<string, Record<string, unknown>>;
      secrets: Record<string, unknown>;
    };
    expect(services['patchbay']).toMatchObject({
      build: { context: '../..' },
      user: '1000:1000',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      ports: ['127.0.0.1:4000:4000'],
      volumes: ['./patchbay.yaml:/etc/patchbay/patchbay.yaml:ro'],
      secrets: ['omni-api-key'],
      stop_grace_period: '40s',
    });
    expect(parseExample(parse(configText)).server.shutdownMs).toBeLessThan(40_000);
    expect(referencesIn(configText)).toEqual(Object.keys(secrets).map((name) => `/run/secrets/${name}`));
  });
});
