// Smoke test: starts the built gateway with its sandbox, sends the query that it prints, and stops it.
import { spawn } from 'node:child_process';

const child = spawn(process.execPath, ['dist/main.js'], {
  env: { ...process.env, PORT: '0', SANDBOX_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const deadline = setTimeout(() => child.kill('SIGKILL'), 20_000);

let output = '';
for await (const chunk of child.stdout) {
  output += chunk;
  if (/sources \{ .*\}\n/.test(output)) break;
}
const [, url] = /ready at (\S+)/.exec(output) ?? [];
const [, query] = /first query:\n\s*(.*)\n/.exec(output) ?? [];
if (!url || !query) throw new Error('The gateway did not start.');

const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});
const { data } = await response.json();
const vendors = new Set(data.connections.nodes.map(({ vendor }) => vendor));
child.kill('SIGTERM');
const code = await new Promise((resolve) => child.once('exit', resolve));
clearTimeout(deadline);
if (vendors.size !== 4 || code !== 0) throw new Error(`${vendors.size} vendors, exit ${code}`);
process.stdout.write(
  `Node ${process.version}: ${data.connections.totalCount} connections of ${vendors.size} vendors, exit ${code}\n`,
);
