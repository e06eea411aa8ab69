// Measures what the tests see: plants one small bug at a time in a copy of the working tree and runs the tests that should see it.
// `npx tsx .ci/plant-bugs.ts --count 100 --seed 1 [--under src/vendors]`. It prints a line for each bug, then the bugs that no
// test saw. Some of them change nothing observable; judge each by hand.
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

/** The tests of a folder: first those that should see a bug, then those that may. The first prefix that fits counts. */
const TESTS: readonly (readonly [folder: string, near: string, far: string])[] = [
  ['src/services/rotation/', 'test/rotation', 'test/races test/secrets test/economy'],
  ['src/services/rotate-', 'test/rotation', 'test/races test/secrets'],
  ['src/services/fan-out/', 'test/fan-out', 'test/races test/mutations'],
  ['src/services/create-connections', 'test/fan-out', 'test/races test/mutations'],
  ['src/services/update', 'test/mutations test/contract/looker/update test/contract/credible/update', 'test/contract'],
  ['src/services/', 'test/mutations test/graphql test/races', 'test/economy test/secrets test/faults test/fan-out'],
  ['src/http/', 'test/races test/economy', 'test/faults test/contract/looker/sign-in test/mutations test/process'],
  ['src/server/', 'test/front-door', 'test/fuzz test/graphql test/secrets test/process'],
  ['src/vendors/looker/', 'test/contract/looker', 'test/contract/ test/rotation test/mutations test/secrets'],
  ['src/vendors/omni/', 'test/contract/omni', 'test/contract/ test/rotation test/mutations test/secrets'],
  ['src/vendors/credible/', 'test/contract/credible', 'test/contract/ test/rotation test/mutations test/secrets'],
  ['src/vendors/chartbrew/', 'test/contract/chartbrew', 'test/contract/ test/rotation test/mutations test/secrets'],
  ['src/vendors/', 'test/contract/', 'test/rotation test/mutations test/secrets test/fuzz test/graphql'],
];

/** In ms. A run that takes longer counts as one that has seen the bug, because the code may hang. */
const MAX_RUN = 600_000;

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

/** Returns what a command prints, and whether it failed. */
async function tryCommand(copy: string, command: readonly string[]): Promise<{ isRed: boolean; output: string }> {
  try {
    const { stdout } = await run('npx', command, { cwd: copy, timeout: MAX_RUN, maxBuffer: 2 ** 28 });
    return { isRed: false, output: stdout };
  } catch (error) {
    return { isRed: true, output: String((error as { stdout?: string }).stdout) };
  }
}

/** Returns those of some bugs, each in a file of its own, that compile. */
async function compiling(copy: string, sources: ReadonlyMap<string, string>, bugs: readonly Bug[]): Promise<Bug[]> {
  for (const bug of bugs) await writeFile(join(copy, bug.file), planted(sources.get(bug.file) ?? '', bug));
  const { output } = await tryCommand(copy, ['tsc', '-p', 'tsconfig.json', '--pretty', 'false']);
  for (const { file } of bugs) await writeFile(join(copy, file), sources.get(file) ?? '');
  const failed = new Set(output.split('\n').map((line) => line.split('(')[0]));
  return bugs.filter(({ file }) => !failed.has(file));
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

/** Returns the first failed test; null when all passed. */
async function firstFailure(copy: string, args: readonly string[]): Promise<Failure | null> {
  const vitest = ['vitest', 'run', '--bail', '1', '--passWithNoTests', '--reporter', 'json'];
  const { isRed, output } = await tryCommand(copy, [...vitest, ...args]);
  if (!isRed) return null;
  const json = /^\{"numTotal.*$/m.exec(output)?.[0];
  const { testResults }: Report = json ? JSON.parse(json) : { testResults: [] };
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => ({ file: name, title: fullName })),
  );
  return failures[0] ?? { file: null, title: 'it hangs or does not start' };
}

/**
 * Returns the test that sees the bug; null when none does.
 * @param unusable the files of tests that fail without a bug too; it adds those that it finds.
 */
async function findTest(copy: string, source: string, bug: Bug, tests: string, unusable: Set<string>) {
  const write = (text: string) => writeFile(join(copy, bug.file), text);
  for (let attempts = 0; attempts < 5; attempts += 1) {
    await write(planted(source, bug));
    const excluded = [...unusable].flatMap((file) => ['--exclude', relative(copy, file)]);
    const failure = await firstFailure(copy, [...tests.split(' '), ...excluded]);
    if (!failure?.file) return failure;
    // On a busy machine a test may fail once, so a failure counts when the test fails again with the bug and not without it.
    const again = await firstFailure(copy, [failure.file]);
    await write(source);
    if (!again) continue;
    if (!(await firstFailure(copy, [failure.file]))) return again;
    unusable.add(failure.file);
  }
  return null;
}

function describeBug(source: string, { file, start, end, text }: Bug): string {
  const [line, short] = [source.slice(0, start).split('\n').length, (code: string) => code.replaceAll(/\s+/g, ' ')];
  return `${file}:${line} ${short(source.slice(start, end))} → ${short(text) || '(nothing)'}`;
}

async function plantEach(copy: string, sources: ReadonlyMap<string, string>, bugs: readonly Bug[]): Promise<string[]> {
  const survivors: string[] = [];
  const unusable = new Set<string>();
  for (const bug of bugs) {
    const source = sources.get(bug.file) ?? '';
    const name = describeBug(source, bug);
    const [, near = '', far = ''] = TESTS.find(([folder]) => bug.file.startsWith(folder)) ?? [];
    const test =
      (await findTest(copy, source, bug, near, unusable)) ?? (await findTest(copy, source, bug, far, unusable));
    await writeFile(join(copy, bug.file), source);
    process.stdout.write(test ? `seen     ${name} (${test.title})\n` : `SURVIVED ${name}\n`);
    if (!test) survivors.push(name);
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
  const survivors = await plantEach(copy, sources, bugs);
  process.stdout.write(`\n${bugs.length} planted, ${bugs.length - survivors.length} seen.\n${survivors.join('\n')}\n`);
} finally {
  await run('git', ['worktree', 'remove', '--force', copy]);
  await rm(copy, { recursive: true, force: true });
}
