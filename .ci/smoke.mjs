// Smoke test of the installed package, run in the folder of an application that has it: the command `patchbay`, and the example of
// embedding in that folder. Both answer a query over four sandbox vendors and stop by a signal.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

const QUERY = '{ connections(first: 100) { totalCount nodes { vendor } } }';

/** Returns the address that a process prints; undefined when it ends before. Its other lines are read and forgotten. */
function readAddress(child) {
  let printed = '';
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
      const found = /ready at (\S+)\s/.exec(printed);
      if (found) resolve(found[1]);
    });
    child.once('close', () => resolve(undefined));
  });
}

/** Starts a command, asks the gateway at the address that it prints, and stops it. Returns the answer, and how the command ended. */
async function ask(command, ...args) {
  const child = spawn(command, args, {
    // npx does not pass SIGTERM on. A process group gets it as a whole, as from Ctrl+C in a terminal.
    detached: true,
    env: { ...process.env, PORT: '0', SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} cannot be run.`);
  const closed = once(child, 'close');
  const deadline = setTimeout(() => process.kill(-pid, 'SIGKILL'), 60_000);
  const address = await readAddress(child);
  if (!address) throw new Error(`${command} did not start.`);
  const response = await fetch(new URL('/graphql', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data } = await response.json();
  process.kill(-pid, 'SIGTERM');
  const [code, signal] = await closed;
  clearTimeout(deadline);
  const vendors = new Set(data.connections.nodes.map(({ vendor }) => vendor));
  if (vendors.size !== 4) throw new Error(`${command}: ${vendors.size} vendors`);
  return `${data.connections.totalCount} connections of ${vendors.size} vendors, ${signal ?? `exit ${code}`}`;
}

const version = execFileSync('npx', ['patchbay', '--version'], { encoding: 'utf8' }).trim();
const answers = {
  'npx patchbay --version': version,
  'npx patchbay start': await ask('npx', 'patchbay', 'start'),
  'patchbay start': await ask('node_modules/.bin/patchbay', 'start'),
  'the example of embedding': await ask(process.execPath, 'plain-node.js'),
};
for (const [what, told] of Object.entries(answers)) process.stdout.write(`Node ${process.version}, ${what}: ${told}\n`);
for (const what of ['patchbay start', 'the example of embedding']) {
  if (!answers[what].endsWith(', exit 0')) throw new Error(`${what} did not end with exit code 0.`);
}
