// The process does not reveal credentials from its environment or the messages of unexpected errors.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { stop, useProcesses, waitFor } from './run.ts';

const { start, file, pathOf } = useProcesses();

const CONFIG = `
audit: { key: "\${AUDIT_KEY}" }
instances:
  - { key: omni, vendor: omni, label: "\${LABEL}", baseUrl: "http://127.0.0.1:9/api", apiKey: "\${OMNI_KEY}" }
`;
const env = { AUDIT_KEY: 'audit-secret-1', OMNI_KEY: 'omni-secret-2', LABEL: 'Ours', UNUSED: 'kept-3' };

/** Returns the arguments that run a script in the process before main.ts. */
const preload = (script: string) => ['--import', `data:text/javascript,${encodeURIComponent(script)}`];

const thrown = `Object.assign(new RangeError('pw-secret-1'), { code: 'E_OF_OURS', cause: new Error('pw-secret-2') })`;

/** Runs a script outside everything that main.ts awaits, as soon as main.ts listens for the event. */
const whenItListens = (event: string, script: string) =>
  preload(`process.on('newListener', (name) => { if (name === '${event}') setImmediate(() => { ${script} }); });`);

const READY = /^Patchbay is ready at .*$/m;

describe.concurrent('the process', { timeout: 120_000 }, () => {
  it('the process removes the variables that the configuration read from its environment and from diagnostic reports', async () => {
    const report = pathOf('report.json');
    const script = `process.on('SIGUSR2', () => {
      process.report.writeReport(${JSON.stringify(report)});
      console.log('env ' + JSON.stringify(process.env) + ' end');
    });`;
    const run = start(['--config', await file('hygiene.yaml', CONFIG)], { env, node: preload(script) });
    await waitFor(run, READY);
    run.child.kill('SIGUSR2');
    const [, text = ''] = await waitFor(run, /^env (.*) end$/m);
    expect(JSON.parse(text)).toMatchObject({ UNUSED: 'kept-3', PORT: '0' });
    expect(text).not.toMatch(/secret-\d|AUDIT_KEY|OMNI_KEY|LABEL/);
    const reported = await readFile(report, 'utf8');
    const { header, environmentVariables } = JSON.parse(reported);
    expect(header.processId).toBe(run.child.pid);
    expect(reported).not.toMatch(/secret-\d/);
    // A Node that can leaves out the environment whole.
    expect(environmentVariables?.UNUSED).toBe('excludeEnv' in process.report ? undefined : 'kept-3');
    expect(await stop(run)).toBe(0);
  });

  it.each([
    ['an uncaught error', 'uncaughtException', `throw ${thrown};`, 'RangeError (E_OF_OURS)'],
    ['a rejection with a value that is not an error', 'unhandledRejection', `Promise.reject('pw-secret-1');`, 'string'],
    [
      "an error with the name of a caller's error",
      'uncaughtException',
      `throw Object.assign(new Error('pw-secret-1'), { code: 'ERR_PARSE_ARGS_X', problems: ['pw-secret-2'] });`,
      'Error (ERR_PARSE_ARGS_X)',
    ],
  ])('the process ends at %s, and prints only its class and code', async (_what, event, script, printed) => {
    const run = start([], { node: whenItListens(event, script) });
    expect(await run.ended).toBe(1);
    expect(run.printed.stderr).toBe(`Patchbay stopped: ${printed}\n`);
    expect(run.printed.stdout).not.toMatch(/secret-\d/);
  });
});
