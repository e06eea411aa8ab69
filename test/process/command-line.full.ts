// The arguments of the process: what it refuses, its help and its version.
import { expect, it } from 'vitest';
import { failed, useProcesses } from './run.ts';

const { start } = useProcesses();

// The message does not repeat an argument, because it may be a secret.
it.each([
  [['7Canary'], 'There is no such command or argument. Try `patchbay --help`.\n'],
  [['sandbox', '7Canary'], 'There is no such command or argument. Try `patchbay --help`.\n'],
  [['--7Canary'], 'There is no such option. Try `patchbay start --help`.\n'],
  [['--config'], 'An option has no value. Try `patchbay start --help`.\n'],
])('the process refuses %j with one line of advice', async (args, message) => {
  expect(await failed(start(args))).toBe(message);
});

it.each([
  [['--help'], /^Usage: patchbay \[options\] \[command\]\n[^]*\n {2}audit-tag [^]*\n {2}PATCHBAY_CONFIG /],
  [['help', 'start'], /^Usage: patchbay start \[options\]\n[^]* --config <file>/],
  [['token', 'create', '--help'], /^Usage: patchbay token create \[options\]\n[^]* --scope <scope...>/],
  [['--version'], /^\d+\.\d+\.\d+\n$/],
])('the process prints help and the version, and exits with 0: %j', async (args, expected) => {
  const run = start(args);
  expect(await run.ended).toBe(0);
  expect(run.printed.stdout).toMatch(expected);
  expect(run.printed.stderr).toBe('');
});
