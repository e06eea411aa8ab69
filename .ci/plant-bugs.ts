// Measures what the tests see: plants one small bug at a time in a copy of the last commit and runs the tests that should see it.
// `npx tsx .ci/plant-bugs.ts --count 100 --seed 1 [--under src/vendors]`. It prints a line for each bug, then the bugs that no
// test saw. Some of them change nothing observable; judge each by hand. First it runs the near tests of each
// bug, then all tests once with all missed bugs planted together, then the failed test files with each of these bugs alone.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parseAst } from 'vitest/node';

const run = promisify(execFile);

/** A change of one file that compiles and may be a bug. */
interface Bug {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Short tests of the answers of each vendor. */
const ALL_VENDORS =
  'test/contract/read test/contract/create-vendor test/contract/test-failure test/graphql/unreadable test/graphql/connection-host';

/**
 * The tests that should see a bug of a folder, cheap enough to run for each bug. The first prefix that fits counts. The bugs that
 * they miss are planted all together for one run of all tests.
 */
const NEAR_TESTS: readonly (readonly [folder: string, tests: string])[] = [
  ['src/services/rotation/', 'test/rotation'],
  ['src/services/rotate-', 'test/rotation'],
  ['src/services/fan-out/', 'test/fan-out'],
  ['src/services/create-connections', 'test/fan-out'],
  [
    'src/services/update',
    'test/contract/looker/update test/contract/credible/update test/contract/chartbrew/update test/mutations/redirects.test.ts',
  ],
  ['src/services/passphrases', 'test/contract/looker test/mutations/placeholders'],
  ['src/services/list-', 'test/graphql/list test/graphql/instances test/vendor-calls/list-cache.test.ts'],
  ['src/services/cached-reads', 'test/graphql/list test/graphql/ids test/vendor-calls test/races/cached-reads.test.ts'],
  ['src/services/registry', 'test/graphql/list test/graphql/ids test/vendor-calls'],
  ['src/services/call-instance', 'test/graphql/list test/graphql/ids test/vendor-calls'],
  ['src/services/get-', 'test/graphql/list test/graphql/ids test/graphql/entities test/vendor-calls'],
  ['src/services/idempotency/', 'test/mutations/idempotency test/fan-out/idempotency test/races/run-in-order-per-key'],
  ['src/services/shared-', 'test/vendor-calls test/races/run-in-order-per-key test/races/key-auth'],
  [
    'src/services/run-in-order-per-key',
    'test/mutations/idempotency test/fan-out/idempotency test/races/run-in-order-per-key',
  ],
  ['src/services/verify-lost-write', 'test/mutations/outcome-unknown'],
  ['src/services/check-instance-health', 'test/secrets/health test/vendor-calls/many-ids'],
  [
    'src/services/',
    'test/contract/omni test/contract/credible test/mutations/test-connection test/mutations/placeholders',
  ],
  [
    'src/http/',
    'test/vendor-calls test/faults/bad-answers test/faults/answer test/faults/silent test/faults/tls test/races/rate-limiter test/mutations/outcome-unknown',
  ],
  ['src/server/', 'test/server test/fuzz/http-requests'],
  ['src/vendors/looker/', `${ALL_VENDORS} test/contract/looker`],
  ['src/vendors/omni/', `${ALL_VENDORS} test/contract/omni`],
  ['src/vendors/credible/', `${ALL_VENDORS} test/contract/credible`],
  ['src/vendors/chartbrew/', `${ALL_VENDORS} test/contract/chartbrew`],
  ['src/vendors/', `${ALL_VENDORS} test/contract/omni test/contract/credible test/contract/looker/connection-test`],
];

/** In ms. A run of near tests that takes longer counts as one that has seen the bug, because the code may hang. */
const MAX_NEAR_RUN = 300_000;
/** In ms. */
const MAX_FULL_RUN = 1_800_000;
/** They read the code as text, so what they see is no behaviour. */
const NOT_BEHAVIOUR = ['test/schema/architecture.test.ts', 'test/docs/**'];

const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
};
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some', find: 'findLast' };
/** Methods whose call can be left out: the value keeps its type. */
const OPTIONAL_METHODS: readonly string[] = ['filter', 'toSorted', 'trim', 'toLowerCase', 'toReversed', 'catch'];

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

type Change = readonly [start: number, end: number, text: string];

function changesOfCall(node: Node, source: string): Change[] {
  const callee = node['callee'] as Node;
  if (callee.type !== 'MemberExpression') return [];
  const [object, property] = [callee['object'] as Node, callee['property'] as Node];
  const name = source.slice(property.start, property.end);
  if (OPTIONAL_METHODS.includes(name)) return [[object.end, node.end, '']];
  const other = METHODS[name];
  return other ? [[property.start, property.end, other]] : [];
}

function changesOfLiteral(node: Node, source: string): Change[] {
  const text = source.slice(node.start, node.end);
  const { value, regex } = node as Node & { value?: unknown; regex?: { flags: string } };
  if (typeof value === 'boolean') return [[node.start, node.end, String(!value)]];
  if (typeof value === 'number') return [[node.start, node.end, String(value + 1)]];
  if (!regex) return [];
  const changes: Change[] = [];
  if (text.startsWith('/^')) changes.push([node.start, node.end, `/${text.slice(2)}`]);
  if (/\$\/[a-z]*$/.test(text)) changes.push([node.start, node.end, text.replace(/\$\/([a-z]*)$/, '/$1')]);
  if (regex.flags.includes('i')) changes.push([node.start, node.end, text.replace(/i(?=[a-z]*$)/, '')]);
  return changes;
}

/** Returns the changes that leave out one element of a list or of an object, when others remain. */
function changesOfList(elements: readonly Node[]): Change[] {
  return elements.flatMap((element, at): Change[] => {
    const next = elements[at + 1];
    return elements.length > 1 ? [[element.start, next ? next.start : element.end, '']] : [];
  });
}

/** Returns the changes of one node, without its children. */
function changesOf(node: Node, source: string): Change[] {
  const textOf = ({ start, end }: Node): string => source.slice(start, end);
  const part = (name: string): Node => node[name] as Node;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const [left, right, operator] = [part('left'), part('right'), String(node['operator'])];
      if (operator === '??') return [[node.start, node.end, textOf(left)]];
      const other = OPERATORS[operator];
      return other ? [[left.end, right.start, ` ${other} `]] : [];
    }
    case 'UnaryExpression':
      return node['operator'] === '!' ? [[node.start, node.end, textOf(part('argument'))]] : [];
    case 'IfStatement':
      return ['false', 'true'].map((value) => [part('test').start, part('test').end, value]);
    case 'ConditionalExpression':
      return [part('consequent'), part('alternate')].map((branch) => [node.start, node.end, `(${textOf(branch)})`]);
    case 'ExpressionStatement':
      return /^(await |void )?[\w.]+\(/.test(textOf(node)) ? [[node.start, node.end, ';']] : [];
    case 'ArrayExpression':
      return changesOfList((node['elements'] as (Node | null)[]).filter((element) => element !== null));
    case 'ObjectExpression':
      return changesOfList(node['properties'] as Node[]);
    case 'CallExpression':
      return changesOfCall(node, source);
    case 'Literal':
      return changesOfLiteral(node, source);
    default:
      return [];
  }
}

function bugsIn(file: string, source: string): Bug[] {
  const visit = (node: Node): Change[] => {
    // Types do not run.
    if (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return [];
    return [...changesOf(node, source), ...childrenOf(node).flatMap(visit)];
  };
  const program = parseAst(source, { lang: 'ts' }) as unknown as Node;
  return visit(program).map(([start, end, text]) => ({ file, start, end, text }));
}

/** Returns a function that returns a number from 0 to 1 (mulberry32), the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const shuffled = <T>(values: readonly T[], random: () => number): T[] =>
  values
    .map((value) => [random(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);

const planted = (source: string, { start, end, text }: Bug): string =>
  source.slice(0, start) + text + source.slice(end);

/** Returns what a command prints, and whether it failed. The timeout is in ms. */
async function tryCommand(copy: string, command: readonly string[], timeout: number) {
  try {
    const { stdout } = await run(process.execPath, command, { cwd: copy, timeout, maxBuffer: 2 ** 28 });
    return { isRed: false, output: stdout };
  } catch (error) {
    return { isRed: true, output: String((error as { stdout?: string }).stdout) };
  }
}

/** Returns those of some bugs, each in a file of its own, that compile. */
async function compiling(copy: string, sources: ReadonlyMap<string, string>, bugs: readonly Bug[]): Promise<Bug[]> {
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--pretty', 'false'];
  for (const bug of bugs) await writeFile(join(copy, bug.file), planted(sources.get(bug.file) ?? '', bug));
  const { output } = await tryCommand(copy, tsc, MAX_NEAR_RUN);
  for (const { file } of bugs) await writeFile(join(copy, file), sources.get(file) ?? '');
  const failed = new Set(output.split('\n').map((line) => line.split('(')[0]));
  const left = bugs.filter(({ file }) => !failed.has(file));
  // The compiler does not check types while any file has a syntax error, so the rest is compiled again.
  return left.length === bugs.length ? left : compiling(copy, sources, left);
}

/** Returns a sample of bugs that compile, at most one of each file in each round. */
async function sample(copy: string, sources: ReadonlyMap<string, string>, count: number, random: () => number) {
  const bugs = [...sources].map(([file, source]) => shuffled(bugsIn(file, source), random));
  const found: Bug[] = [];
  while (found.length < count && bugs.some((left) => left.length > 0)) {
    const round = shuffled(bugs, random).flatMap((left) => left.splice(0, 1));
    found.push(...(await compiling(copy, sources, round)));
  }
  return found.slice(0, count);
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

interface Failure {
  /** Null when the run ended without a report: the code hangs or does not start. */
  readonly file: string | null;
  readonly title: string;
}

/** Returns the failed tests: the first one when the run stops at a failure. */
async function failuresOf(copy: string, args: readonly string[], timeout: number): Promise<Failure[]> {
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--passWithNoTests',
    '--reporter',
    'json',
    '--config',
    '.ci/plant-bugs.vitest.ts',
  ];
  const excluded = NOT_BEHAVIOUR.flatMap((pattern) => ['--exclude', pattern]);
  const { isRed, output } = await tryCommand(copy, [...vitest, ...excluded, ...args], timeout);
  if (!isRed) return [];
  const json = /^\{"numTotal.*$/m.exec(output)?.[0];
  const { testResults }: Report = json ? JSON.parse(json) : { testResults: [] };
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => ({ file: relative(copy, name), title: fullName })),
  );
  return failures.length > 0 ? failures : [{ file: null, title: 'it hangs or does not start' }];
}

/** Runs tests one file after another, the short ones first, until a test fails. */
const firstFailure = async (copy: string, tests: readonly string[]): Promise<Failure | undefined> =>
  (await failuresOf(copy, ['--bail', '1', '--maxWorkers', '1', ...tests], MAX_NEAR_RUN))[0];

/** Whether a test file passes without a bug. On a busy machine some do not. */
type IsUsable = Map<string, boolean>;

/** Returns the test that sees the bug; null when none does. It leaves the file without the bug. */
async function findTest(copy: string, source: string, bug: Bug, tests: readonly string[], isUsable: IsUsable) {
  const write = (text: string) => writeFile(join(copy, bug.file), text);
  try {
    for (let attempts = 0; attempts < 4; attempts += 1) {
      await write(planted(source, bug));
      const unusable = [...isUsable].filter(([, usable]) => !usable).flatMap(([file]) => ['--exclude', file]);
      const failure = await firstFailure(copy, [...tests, ...unusable]);
      if (!failure?.file) return failure ?? null;
      await write(source);
      if (!isUsable.has(failure.file)) isUsable.set(failure.file, !(await firstFailure(copy, [failure.file])));
      if (isUsable.get(failure.file)) return failure;
    }
    return null;
  } finally {
    await write(source);
  }
}

function describeBug(source: string, { file, start, end, text }: Bug): string {
  const [line, short] = [source.slice(0, start).split('\n').length, (code: string) => code.replaceAll(/\s+/g, ' ')];
  return `${file}:${line} ${short(source.slice(start, end))} → ${short(text) || '(nothing)'}`;
}

function print(sources: ReadonlyMap<string, string>, bug: Bug, test: Failure | null, since: number): void {
  const seconds = Math.round((Date.now() - since) / 1000);
  const name = describeBug(sources.get(bug.file) ?? '', bug);
  process.stdout.write(
    test ? `seen     ${seconds} s ${name} (${test.file}: ${test.title})\n` : `missed   ${seconds} s ${name}\n`,
  );
}

/** Plants each bug alone and runs some tests. Returns the bugs that no test saw. */
async function plantEach(
  copy: string,
  sources: ReadonlyMap<string, string>,
  bugs: readonly Bug[],
  testsOf: (bug: Bug) => readonly string[],
  isUsable: IsUsable,
): Promise<Bug[]> {
  const missed: Bug[] = [];
  for (const bug of bugs) {
    const since = Date.now();
    const test = await findTest(copy, sources.get(bug.file) ?? '', bug, testsOf(bug), isUsable);
    print(sources, bug, test, since);
    if (!test) missed.push(bug);
  }
  return missed;
}

/** Returns the test files that fail when all bugs are planted. Each bug is in a file of its own. */
async function failedFiles(copy: string, sources: ReadonlyMap<string, string>, bugs: readonly Bug[]) {
  for (const bug of bugs) await writeFile(join(copy, bug.file), planted(sources.get(bug.file) ?? '', bug));
  const failures = await failuresOf(copy, [], MAX_FULL_RUN);
  for (const { file } of bugs) await writeFile(join(copy, file), sources.get(file) ?? '');
  return [...new Set(failures.flatMap(({ file }) => (file ? [file] : ['test/'])))];
}

/** Returns the bugs that no test of all sees. */
async function findSurvivors(copy: string, sources: ReadonlyMap<string, string>, bugs: readonly Bug[]) {
  const isUsable: IsUsable = new Map();
  const near = ({ file }: Bug) => (NEAR_TESTS.find(([folder]) => file.startsWith(folder))?.[1] ?? '').split(' ');
  const left = await plantEach(copy, sources, bugs, near, isUsable);
  const survivors: Bug[] = [];
  while (left.length > 0) {
    const files = new Set<string>();
    const group = left.filter(({ file }) => files.size < files.add(file).size);
    left.splice(0, left.length, ...left.filter((bug) => !group.includes(bug)));
    const failed = await failedFiles(copy, sources, group);
    const usable = failed.filter((file) => isUsable.get(file) !== false);
    process.stdout.write(`\nAll ${group.length} together fail ${failed.join(' ') || 'no test'}\n`);
    survivors.push(...(usable.length > 0 ? await plantEach(copy, sources, group, () => usable, isUsable) : group));
  }
  return survivors;
}

async function readSources(under: readonly string[]): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const folder of under) {
    for (const entry of (await readdir(folder, { recursive: true })).toSorted()) {
      const file = join(folder, entry);
      if (file.endsWith('.ts')) sources.set(file, await readFile(file, 'utf8'));
    }
  }
  return sources;
}

const ROOMS = ['src/services', 'src/http', 'src/vendors', 'src/server'];
const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    under: { type: 'string', multiple: true, default: ROOMS },
  },
});
const copy = await mkdtemp(join(tmpdir(), 'plant-bugs-'));
await run('git', ['worktree', 'add', '--detach', '--force', copy, 'HEAD']);
try {
  await symlink(resolve('node_modules'), join(copy, 'node_modules'));
  const sources = await readSources(options.under);
  const bugs = await sample(copy, sources, Number(options.count), randomOf(Number(options.seed)));
  const survivors = await findSurvivors(copy, sources, bugs);
  const names = survivors.map((bug) => describeBug(sources.get(bug.file) ?? '', bug));
  process.stdout.write(
    `\n${bugs.length} planted, ${bugs.length - survivors.length} seen. Survivors:\n${names.join('\n')}\n`,
  );
} finally {
  await run('git', ['worktree', 'remove', '--force', copy]);
  await rm(copy, { recursive: true, force: true });
}
