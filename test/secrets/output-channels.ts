// Every output channel of the process as text, so that tests can search it after an operation.
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { startTestGateway } from '../support/gateway.ts';
import { textOfSpans } from '../support/recorded-spans.ts';
import { findCanary, type Canary } from './canary.ts';
import { deepText } from './collect-texts.ts';
import type { HostileGateway } from './matrix/hostile-gateway.ts';

export interface ChannelAnswer {
  readonly body: string;
  readonly headers: string;
  readonly extensions: string;
}

export type Channel =
  | keyof ChannelAnswer
  | 'log lines'
  | 'log records'
  | 'standard output'
  | 'standard error'
  | 'idempotency store'
  | 'context'
  | 'GraphiQL page'
  | 'health pages'
  | 'metrics'
  | 'spans'
  | 'diagnostic report'
  | 'command line';

const pageOf = async ({ gateway }: HostileGateway['gateway']): Promise<string> => {
  const request = new Request('http://127.0.0.1/graphql', { headers: { accept: 'text/html' } });
  return (await gateway.fetch(request)).text();
};

/** The page of a gateway with the same configuration before any request. It is large and has six letters of a canary by chance. */
let untouchedPage: string | null = null;
async function changedPage(hostile: HostileGateway): Promise<string> {
  untouchedPage ??= await startTestGateway({ server: { graphiql: true }, auth: hostile.auth }).then(async (gateway) => {
    const text = await pageOf(gateway);
    await gateway.close();
    return text;
  });
  const page = await pageOf(hostile.gateway);
  return page === untouchedPage ? '' : page;
}

/** Returns a page of the gateway with its headers. */
async function pageAt({ gateway, authorization }: HostileGateway, path: string): Promise<string> {
  const response = await gateway.gateway.fetch(new Request(`http://127.0.0.1${path}`, { headers: { authorization } }));
  // The id of the request is random.
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id');
  return `${JSON.stringify(headers)}\n${await response.text()}`;
}

/** Returns the metrics without their values, which are numbers that are a piece of a canary by chance. */
const metricsOf = async (hostile: HostileGateway): Promise<string> =>
  (await pageAt(hostile, '/metrics')).replaceAll(/ \S+$/gm, '');

/** Returns the text of every channel. */
export async function textsOf(
  hostile: HostileGateway,
  answers: readonly ChannelAnswer[],
): Promise<Record<Channel, string>> {
  const answersOf = (key: keyof ChannelAnswer) => answers.map((answer) => answer[key]).join('\n');
  return {
    body: answersOf('body'),
    headers: answersOf('headers'),
    extensions: answersOf('extensions'),
    'log lines': hostile.gateway.log.join('\n'),
    'log records': hostile.records.map(deepText).join('\n'),
    'standard output': hostile.printed.stdout.join('\n'),
    'standard error': hostile.printed.stderr.join('\n'),
    'idempotency store': hostile.stored.map(deepText).join('\n'),
    context: deepText(hostile.context()),
    'GraphiQL page': await changedPage(hostile),
    'health pages': [await pageAt(hostile, '/healthz'), await pageAt(hostile, '/readyz')].join('\n'),
    metrics: await metricsOf(hostile),
    spans: textOfSpans(),
    'diagnostic report': JSON.stringify(process.report.getReport()),
    'command line': readFileSync('/proc/self/cmdline', 'utf8'),
  };
}

/** Returns a value in every form in which code might print it. */
export const inEveryPrint = (value: unknown): string =>
  [JSON.stringify(value), inspect(value, { showHidden: true, depth: Infinity, getters: true }), deepText(value)].join(
    '\n',
  );

/** Returns the channels that contain one of the canaries. */
export const leaking = (texts: Readonly<Record<string, string>>, ...canaries: readonly Canary[]): string[] =>
  Object.entries(texts).flatMap(([channel, text]) => (findCanary(text, canaries) ? [channel] : []));

export async function ask(hostile: HostileGateway, query: string, input: object): Promise<ChannelAnswer> {
  const response = await hostile.post(JSON.stringify({ query, variables: { input } }));
  const body = await response.text();
  const { errors = [], extensions = {} } = JSON.parse(body) as {
    errors?: { extensions?: object }[];
    extensions?: object;
  };
  const all = [extensions, ...errors.map((one) => one.extensions)];
  return { body, headers: JSON.stringify([...response.headers]), extensions: JSON.stringify(all) };
}
