// How the sources that speak HTTP answer Chartbrew's test: api and its kin, customerio. What fails, and how, is told at
// chartbrew-tests.ts. It must not know any adapter.
import { isObject, type Json } from './chartbrew-rules.ts';
import { blocked, failed, nodeFault, passed, type Tested } from './chartbrew-tests-kit.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

// A list of objects of one header each.
const headersOf = (options: unknown): Json =>
  Array.isArray(options) ? Object.assign({}, ...options.filter(isObject)) : {};

interface Exchange {
  readonly url: string;
  readonly headers: Json;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const basic = (user: string, pass: string): string => `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;

// The client's error is the whole exchange: what was asked, with every header in clear, and what came.
const unauthorized = ({ url, headers, auth }: Exchange): Tested => {
  const sent = auth ? { ...headers, authorization: basic(auth.user, auth.pass) } : headers;
  const body = JSON.stringify({ error: 'Unauthorized', received: sent });
  const message = `401 - ${JSON.stringify(body)}`;
  const request = { uri: url, method: 'GET', headers: sent };
  return failed(message, {
    name: 'StatusCodeError',
    statusCode: 401,
    message,
    error: body,
    options: { url, method: 'GET', headers, ...(auth ? { auth } : {}) },
    response: { statusCode: 401, body, headers: { 'content-type': 'application/json' }, request },
  });
};

const exchangeOf = ({ host, options, authentication }: Json): Exchange => {
  const { type, user, pass, token } = isObject(authentication) ? authentication : {};
  const headers = { accept: 'application/json', ...headersOf(options) };
  const url = textOf(host);
  if (type === 'bearer_token') return { url, headers: { ...headers, authorization: `Bearer ${textOf(token)}` } };
  return type === 'basic_auth' ? { url, headers, auth: { user: textOf(user), pass: textOf(pass) } } : { url, headers };
};

export const testApi = (settings: Json): Tested => {
  const exchange = exchangeOf(settings);
  if (!URL.canParse(exchange.url)) return blocked('invalid_url');
  const { protocol, hostname, port, pathname } = new URL(exchange.url);
  if (!/^https?:$/.test(protocol)) return blocked('invalid_scheme');
  if (pathname.includes('/private')) return blocked('private_network');
  const fault = nodeFault(hostname, port);
  if (fault) {
    const message = `Error: ${fault.text}`;
    const { url, ...rest } = exchange;
    return failed(message, { name: 'RequestError', message, cause: fault.error, options: { url, ...rest } });
  }
  const secrets = JSON.stringify([exchange.headers, exchange.auth?.pass]);
  const isRefused = pathname.includes('/unauthorized') || secrets.includes('wrong');
  // Unsaved, the answer of the target itself comes back.
  return isRefused ? unauthorized(exchange) : passed({ success: true }, { status: 'ok' });
};

export const testCustomerIo = ({ host, password }: Json): Tested => {
  const url = `https://api${host === 'eu' ? '-eu' : ''}.customer.io/v1/workspaces`;
  const headers = { authorization: `Bearer ${textOf(password)}` };
  if (textOf(password).includes('wrong')) return unauthorized({ url, headers });
  const raw = { statusCode: 200, body: '{"workspaces":[]}', request: { uri: url, method: 'GET', headers } };
  return passed({ success: true }, raw);
};
