// Packs the package and installs it into empty folders with three versions of Node: its content, its size, its types, the command
// `patchbay` and the example of embedding. It also installs the production dependencies of the repository, which must give no warning.
// `tsx .ci/package.ts`.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { contentProblems, MAX_PACKED_BYTES } from './package-contents.ts';

const NODE_VERSIONS = ['20', '22', '24'];
const INSTALL = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=warn'];

/** Runs a command in a folder. Returns what it printed. @throws Error when it fails. */
async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 50_000_000 });
  return stdout + stderr;
}

/** Runs a command with a version of Node. */
const runWith = (version: string, folder: string, ...command: string[]): Promise<string> =>
  run(folder, 'npx', '-y', '-p', `node@${version}`, '--', ...command);

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the package into a folder and checks its content. Returns the path of the packed file. */
async function pack(folder: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', folder], {
    maxBuffer: 50_000_000,
  });
  const { filename, size, files } = (JSON.parse(stdout) as [Packed])[0];
  const problems = contentProblems(files.map(({ path }) => path));
  if (size > MAX_PACKED_BYTES) problems.push(`${size} bytes are more than ${MAX_PACKED_BYTES}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  print(`${filename}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB`);
  return join(folder, filename);
}

async function createApplication(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'application', type: 'module' }));
  await copyFile('examples/embedding/plain-node.js', join(folder, 'plain-node.js'));
}

const APPLICATION = `import { createGateway, createLog, loadConfig, parseConfig, ConfigError, vendors } from '@patchbay/gateway';
import type { Gateway, GatewayConfig, GatewayOptions, Log } from '@patchbay/gateway';
import { startSandbox, type Sandbox } from '@patchbay/gateway/sandbox';
const sandbox: Sandbox = await startSandbox(0);
const config: GatewayConfig = parseConfig({ instances: sandbox.instances }, { vendors, environment: {} });
const logger: Log = createLog();
const options: GatewayOptions = { logger, clock: Date.now };
const gateway: Gateway = await createGateway(config, options);
const response: Response = await gateway.fetch(new Request('http://localhost/graphql'));
// @ts-expect-error The port of a configuration is a number: without types this line would have no mistake.
const port: string = config.server.port;
export { response, port, loadConfig, ConfigError };
`;

/** Checks the declarations of the installed package, and all that they import, in an application written in TypeScript. */
async function checkTypes(folder: string): Promise<void> {
  await writeFile(join(folder, 'application.ts'), APPLICATION);
  const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
  const options = [
    '--noEmit',
    '--strict',
    '--target',
    'es2023',
    '--lib',
    'es2023',
    '--skipLibCheck',
    'false',
    ...types,
  ];
  for (const [module, resolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ] as const) {
    const how = ['--module', module, '--moduleResolution', resolution];
    await run(folder, resolve('node_modules/.bin/tsc'), ...options, ...how, 'application.ts');
    print(`types with moduleResolution ${resolution}: no mistakes`);
  }
}

/** Returns how many packages npm installed in a folder, and their size, as text. */
async function describeInstalled(folder: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const bytes = await sizeOf(join(folder, 'node_modules'));
  return `${Object.keys(lock.packages).length} packages, ${(bytes / 1e6).toFixed(0)} MB`;
}

/** Returns the size of a folder in bytes. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Installs the production dependencies of the repository. @throws Error when npm prints a warning. */
async function installDependencies(version: string, folder: string): Promise<void> {
  await mkdir(folder);
  for (const file of ['package.json', 'package-lock.json']) await copyFile(file, join(folder, file));
  const printed = await runWith(version, folder, 'npm', 'ci', '--omit=dev', '--engine-strict', ...INSTALL);
  if (/npm warn/i.test(printed)) throw new Error(printed);
  print(`Node ${version}, npm ci --omit=dev: ${await describeInstalled(folder)}, no warnings`);
}

/**
 * Writes the components of the production dependencies to dist/sbom.cdx.json. In the repository, `npm sbom --omit dev` leaves out all
 * packages that a development tool needs as well, so it runs where only the production dependencies are.
 */
async function writeComponents(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, unknown>;
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, devDependencies: {} }));
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: folder,
    maxBuffer: 50_000_000,
  });
  const { components } = JSON.parse(stdout) as { components: readonly unknown[] };
  await writeFile('dist/sbom.cdx.json', stdout);
  print(`dist/sbom.cdx.json: ${components.length} components`);
}

async function checkPackage(folder: string): Promise<void> {
  const packed = await pack(folder);
  for (const version of NODE_VERSIONS) {
    await installDependencies(version, join(folder, `production-${version}`));
    const application = join(folder, `application-${version}`);
    await createApplication(application);
    await runWith(version, application, 'npm', 'install', ...INSTALL, packed);
    print(`Node ${version}, npm install of the package: ${await describeInstalled(application)}`);
    if (version === NODE_VERSIONS[0]) {
      await writeComponents(join(folder, `production-${version}`));
      await checkTypes(application);
    }
    print((await runWith(version, application, 'node', resolve('.ci/smoke.mjs'))).trim());
  }
}

const folder = await mkdtemp(join(tmpdir(), 'patchbay-package-'));
try {
  await checkPackage(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
