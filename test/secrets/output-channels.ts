// Every way out of the process, as text, to be searched after an operation.
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { startTestGateway } from '../support/gateway.ts';
import { findCanary, type Canary } from './canary.ts';
import { deepText } from './collect-texts.ts';
import type { Stage } from './matrix/stage.ts';

export interface Told {
  readonly body: string;
  readonly headers: string;
  readonly extensions: string;
}

export type Channel =
  | keyof Told
  | 'log lines'
  | 'log records'
  | 'standard output'
  | 'standard error'
  | 'idempotency store'
  | 'context'
  | 'GraphiQL page'
  | 'diagnostic report'
  | 'command line';

const pageOf = async ({ gateway }: Stage['gateway']): Promise<string> => {
  const request = new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/html' } });
  return (await gateway.fetch(request)).text();
};

/** The page as it is served when nobody has asked anything: six letters of a canary stand in its megabytes by chance. */
let untouchedPage: string | null = null;
async function changedPage(stage: Stage): Promise<string> {
  untouchedPage ??= await startTestGateway({ server: { graphiql: true } }).then(async (gateway) => {
    const text = await pageOf(gateway);
    await gateway.close();
    return text;
  });
  const page = await pageOf(stage.gateway);
  return page === untouchedPage ? '' : page;
}

/** The text of every way out. */
export async function textsOf(stage: Stage, told: readonly Told[]): Promise<Record<Channel, string>> {
  const toldOf = (key: keyof Told) => told.map((one) => one[key]).join('\n');
  return {
    body: toldOf('body'),
    headers: toldOf('headers'),
    extensions: toldOf('extensions'),
    'log lines': stage.gateway.log.join('\n'),
    'log records': stage.records.map(deepText).join('\n'),
    'standard output': stage.printed.stdout.join('\n'),
    'standard error': stage.printed.stderr.join('\n'),
    'idempotency store': stage.kept.map(deepText).join('\n'),
    context: deepText(stage.context()),
    'GraphiQL page': await changedPage(stage),
    'diagnostic report': JSON.stringify(process.report.getReport()),
    'command line': readFileSync('/proc/self/cmdline', 'utf8'),
  };
}

/** A value in every way that a careless line of ours might print it. */
export const inEveryPrint = (value: unknown): string =>
  [JSON.stringify(value), inspect(value, { showHidden: true, depth: Infinity, getters: true }), deepText(value)].join(
    '\n',
  );

/** The channels in which there is one of the canaries. */
export const leaking = (texts: Readonly<Record<string, string>>, ...canaries: readonly Canary[]): string[] =>
  Object.entries(texts).flatMap(([channel, text]) => (findCanary(text, canaries) ? [channel] : []));

export async function ask(stage: Stage, query: string, input: object): Promise<Told> {
  const response = await stage.post(JSON.stringify({ query, variables: { input } }));
  const body = await response.text();
  const { errors = [], extensions = {} } = JSON.parse(body) as {
    errors?: { extensions?: object }[];
    extensions?: object;
  };
  const all = [extensions, ...errors.map((one) => one.extensions)];
  return { body, headers: JSON.stringify([...response.headers]), extensions: JSON.stringify(all) };
}
