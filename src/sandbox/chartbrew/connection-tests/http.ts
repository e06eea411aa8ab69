// The tests of the sources with an HTTP API: api, strapi, stripe, customerio, jira and stripeOfficial.
import { isObject, type Json } from '../rules.ts';
import { blocked, failed, nodeFault, passed, textOf, type Tested } from './outcomes.ts';

// The options are a list of objects with one header each.
const headersOf = (options: unknown): Json =>
  Array.isArray(options) ? Object.assign({}, ...options.filter(isObject)) : {};

interface Exchange {
  readonly url: string;
  readonly headers: Json;
  readonly auth?: { readonly user: string; readonly pass: string };
}

const basic = (user: string, pass: string): string => `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`;

// The error of the HTTP client contains the request with all headers in plain text, and the response.
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

const signInOf = (authentication: unknown): Json => (isObject(authentication) ? authentication : {});

/** Returns whether a saved connection sends no token: the vendor drops it if there is no list of headers. Unsaved tests send it. */
const losesToken = ({ options, authentication }: Json): boolean =>
  signInOf(authentication).type === 'bearer_token' && !Array.isArray(options);

const exchangeOf = ({ host, options, authentication }: Json, sendsToken: boolean): Exchange => {
  const { type, user, pass, token } = signInOf(authentication);
  const headers = { accept: 'application/json', ...headersOf(options) };
  const url = textOf(host);
  const authorization = sendsToken ? { authorization: `Bearer ${textOf(token)}` } : {};
  if (type === 'bearer_token') return { url, headers: { ...headers, ...authorization } };
  return type === 'basic_auth' ? { url, headers, auth: { user: textOf(user), pass: textOf(pass) } } : { url, headers };
};

/** Returns the API's response: a web page if the path contains `/page`, otherwise JSON. */
const bodyOf = ({ url }: Exchange): string =>
  url.includes('/page') ? '<!doctype html><html><body>Our API</body></html>' : '{"status":"ok"}';

const answerTo = (exchange: Exchange, isSignedIn: boolean): Tested => {
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
  const isRefused = !isSignedIn || pathname.includes('/unauthorized') || secrets.includes('wrong');
  // The unsaved test returns the API's response as text.
  return isRefused ? unauthorized(exchange) : passed({ success: true }, bodyOf(exchange));
};

/** An API with a stored token requires it, and answers 401 without it. */
export const testApi = (settings: Json): Tested => {
  const isSent = !losesToken(settings);
  const { saved } = answerTo(exchangeOf(settings, isSent), isSent);
  const { unsaved } = answerTo(exchangeOf(settings, true), true);
  return { saved, unsaved };
};

export const testCustomerIo = ({ host, password }: Json): Tested => {
  const url = `https://api${host === 'eu' ? '-eu' : ''}.customer.io/v1/workspaces`;
  const headers = { authorization: `Bearer ${textOf(password)}` };
  if (textOf(password).includes('wrong')) return unauthorized({ url, headers });
  const raw = { statusCode: 200, body: '{"workspaces":[]}', request: { uri: url, method: 'GET', headers } };
  return passed({ success: true }, raw);
};

/** Where the vendor's notes show no error, it is a plain Error, which the saved test returns as an empty object. */
export const testWithToken = (settings: Json, name: 'apiToken' | 'token', metadata: Json): Tested => {
  const authentication = signInOf(settings.authentication);
  const site = URL.canParse(textOf(settings.host)) ? new URL(textOf(settings.host)) : undefined;
  const fault = site && nodeFault(site.hostname, site.port);
  if (fault) return failed(fault.text);
  const token = textOf(authentication[name]);
  return token.includes('wrong') ? failed(`401 - the token ${token} is refused`) : passed({ success: true, metadata });
};
