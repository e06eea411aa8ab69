// The one command: Patchbay, its neighbours, the supergraph by two composers, and a gateway on each. See README.md.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { composeWithApollo, composeWithGuild, readSubgraphs } from './compose.js';
import { startApolloGateway } from './gateway-apollo.js';
import { startHiveGateway } from './gateway-hive.js';
import { startQuality } from './quality.js';
import { startTeams } from './teams.js';

const QUERY = '{ dataProducts { name owner { name } main { name vendor dialect } } }';

const { quality: hasQuality } = parseArgs({ options: { quality: { type: 'boolean', default: false } } }).values;
const say = (text) => process.stdout.write(`${text}\n`);
const port = (name, byDefault) => Number(process.env[name] ?? byDefault);

/** What is to be closed, in the order in which it was started. */
const running = [];

async function start(starting) {
  const server = await starting;
  running.push(server);
  return server.url;
}

let isStopping = false;
async function stop(code) {
  if (isStopping) return;
  isStopping = true;
  for (const server of running.splice(0).toReversed()) await server.close();
  process.exit(code);
}

async function startPatchbay() {
  const child = fork(new URL('./patchbay.js', import.meta.url), {
    env: { ...process.env, PORT: port('PATCHBAY_PORT', 4000), TYPE_PREFIX: hasQuality ? 'Patchbay' : '' },
  });
  const exited = once(child, 'exit');
  const url = await Promise.race([once(child, 'message').then(([message]) => message), exited.then(() => null)]);
  if (url === null) throw new Error('Patchbay did not start.');
  return {
    url,
    close: async () => {
      child.kill();
      await exited;
    },
  };
}

async function main() {
  const patchbay = process.env.PATCHBAY_URL ?? (await start(startPatchbay()));
  const teams = await start(startTeams({ patchbayUrl: patchbay, port: port('TEAMS_PORT', 4001) }));
  const urls = { patchbay, teams };
  if (hasQuality) urls.quality = await start(startQuality({ port: port('QUALITY_PORT', 4002) }));

  const subgraphs = await readSubgraphs(urls);
  const apollo = await start(
    startApolloGateway({ supergraph: composeWithApollo(subgraphs), port: port('APOLLO_PORT', 4100) }),
  );
  const hive = await start(
    startHiveGateway({ supergraph: composeWithGuild(subgraphs), port: port('HIVE_PORT', 4200) }),
  );

  for (const [name, url] of Object.entries(urls)) say(`Subgraph ${name}: ${url}`);
  say(`Apollo gateway: ${apollo}`);
  say(`Hive gateway: ${hive}`);
  say(`A first query:\n  ${QUERY}`);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  return stop(1);
});
