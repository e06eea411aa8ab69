// Runs the shell blocks of README.md and docs/ with bash, in a folder that has the reader's files. test/docs/stand-in.mjs stands in for
// the programs that a test cannot run.
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { everyNth } from '../support/exhaustive.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';

const pages = [
  'README.md',
  ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];
const texts = await Promise.all(pages.map(async (page) => ({ page, text: await readFile(page, 'utf8') })));
const blocks = texts.flatMap(({ page, text }) =>
  Array.from(text.matchAll(/^```sh\n(.*?)^```/gms), ([, block = '']) => ({ page, block })),
);

let sandbox: Sandbox;
let folder: string;

const run = (command: string) =>
  promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
    cwd: folder,
    env: { PATH: `${folder}/bin:${process.env['PATH']}`, PORT: '0', SANDBOX_PORT: '0' },
    timeout: 60_000,
  });

beforeAll(async () => {
  sandbox = await startSandbox(0);
  folder = await mkdtemp(join(tmpdir(), 'patchbay-shell-'));
  await mkdir(join(folder, 'bin'));
  for (const program of ['patchbay', 'npm', 'node', 'docker', 'kubectl']) {
    const path = join(folder, 'bin', program);
    const standIn = `'${process.execPath}' '${resolve('test/docs/stand-in.mjs')}' ${program}`;
    await writeFile(path, `#!/bin/sh\nexec ${standIn} "$@"\n`);
    await chmod(path, 0o755);
  }
  const instances = sandbox.instances.map((one) => (one.key === 'looker' ? { ...one, key: 'looker-prod' } : one));
  const audit = { key: 'bWFkZS11cC1rZXktb2YtdGhpcnR5LXR3by1ieXRlcyEh' };
  await writeFile(join(folder, 'patchbay.yaml'), stringify({ audit, instances }));
  await writeFile(join(folder, 'leaked.txt'), 'correct horse');
  const { stdout: tag } = await run('patchbay audit-tag --config patchbay.yaml < leaked.txt');
  await writeFile(join(folder, 'patchbay.log'), `{"tag":"${tag.trim()}"}\n`);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

it.each(everyNth(blocks, 9))('the shell block of $page runs: $block', async ({ block }) => {
  const { port } = new URL(sandbox.servers.omni.origin);
  await expect(run(block.replaceAll('127.0.0.1:4012', `127.0.0.1:${port}`))).resolves.toBeDefined();
});

it.each([
  'npm run benches',
  'patchbay chek',
  'patchbay check --config patchbay.yaml looker-test',
  'npm start -- --confg patchbay.yaml',
  'kubectl apply --filename examples/deploy/cluster.yaml',
  'node bench/limit.mjs',
])('the check refuses %s', async (command) => {
  await expect(run(command)).rejects.toMatchObject({ code: 1 });
});
