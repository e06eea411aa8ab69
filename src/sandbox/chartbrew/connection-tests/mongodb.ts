// The test of MongoDB, and the servers to which the password is sent. Chartbrew joins the fields into a URL without escaping. The driver
// then reads that URL: option names in any case and percent-encoded, the first of two equal options, and nothing after a `#`. The real
// server fails after 30 seconds.
import { isObject, type Json } from '../rules.ts';
import { hasString, targetOf } from './targets.ts';
import { failed, nodeFault, passed, textOf, type Deliver, type Delivery, type Tested } from './outcomes.ts';

interface Server {
  readonly host: string;
  readonly port: string;
}

/** The driver's interpretation of a URL. */
interface Route {
  readonly servers: readonly Server[];
  readonly proxy?: Server;
  readonly tls: Delivery['tls'];
  readonly mechanism: string;
  /** Undefined if the URL has no user. */
  readonly password: string | undefined;
}

/** Returns the URL that Chartbrew builds from the fields. It uses the first key of each option, and drops a user without a password. */
function urlOfParts({ srv, host, port, dbName, username, password, options }: Json): string {
  const [user, secret] = [textOf(username), textOf(password)];
  const signIn = user && secret ? `${encodeURIComponent(user)}:${encodeURIComponent(secret)}@` : '';
  const entries = (Array.isArray(options) ? options : []).filter(isObject).map((option) => {
    const [name, value] = Object.entries(option)[0] ?? [];
    return `${name}=${String(value)}`;
  });
  const query = entries.length > 0 ? `?${entries.join('&')}` : '';
  const server = `${textOf(host)}${textOf(port) && `:${textOf(port)}`}`;
  return `mongodb${srv ? '+srv' : ''}://${signIn}${server}/${String(dbName)}${query}`;
}

/** Returns the connection string with its password percent-encoded, as Chartbrew does. The password ends at the last `@`. */
function urlOfString(whole: string): string {
  const [, start = '', password = '', rest = ''] = /^([^:]*:\/\/[^:]*):(.*)(@[^@]*)$/s.exec(whole) ?? [];
  return `${start}:${encodeURIComponent(password)}${rest}`;
}

/** Decodes percent-escapes. A text with invalid escapes is returned unchanged. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const serverOf = (text: string, ownPort: string): Server => {
  const [, host = text, port = ownPort] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { host: decoded(host).toLowerCase(), port };
};

const isTrue = (value: string): boolean => ['true', 't', '1', 'y', 'yes'].includes(value.toLowerCase());

function tlsOf(valuesOf: (name: string) => readonly string[], isSrv: boolean): Delivery['tls'] {
  const flags = [...valuesOf('tls'), ...valuesOf('ssl')];
  if (flags.length === 0 ? !isSrv : !flags.every(isTrue)) return 'none';
  const lenient = ['tlsinsecure', 'tlsallowinvalidcertificates', 'tlsallowinvalidhostnames'];
  return lenient.some((name) => valuesOf(name).some(isTrue)) ? 'unverified' : 'verified';
}

/** The servers that a URL names, or the DNS record that names them. */
function serversIn(hosts: string, isSrv: boolean, service: string): readonly Server[] {
  if (!isSrv) return hosts.split(',').map((option) => serverOf(option, '27017'));
  const { host } = serverOf(hosts, '27017');
  return [{ host: service === 'mongodb' ? host : `_${service}._tcp.${host}`, port: '27017' }];
}

/** How the driver reads a URL; undefined for a URL that the driver refuses. */
function routeOf(url: string): Route | undefined {
  const match = /^mongodb(\+srv)?:\/\/(?:([^:]*)(?::([^@]*))?@)?(?!:)([^/?@]+)(.*)/.exec(url);
  if (!match) return undefined;
  const [, srv, user, password, hosts = '', rest = ''] = match;
  const isSrv = srv !== undefined;
  const behind = `mongodb://placeholder${rest}`;
  // The DNS record defines the servers and their ports.
  if (!URL.canParse(behind) || (isSrv && /[,:]/.test(hosts))) return undefined;
  const options = [...new URL(behind).searchParams];
  const valuesOf = (name: string) => options.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
  const first = (name: string) => valuesOf(name)[0];
  const proxyHost = first('proxyhost');
  return {
    servers: serversIn(hosts, isSrv, first('srvservicename') ?? 'mongodb'),
    ...(proxyHost === undefined
      ? {}
      : { proxy: { host: proxyHost.toLowerCase(), port: first('proxyport') ?? '1080' } }),
    tls: tlsOf(valuesOf, isSrv),
    mechanism: first('authmechanism') ?? 'DEFAULT',
    password: user === undefined || password === undefined ? undefined : decoded(password),
  };
}

/** Records that the password is sent to the servers, and to a proxy in front of them. */
function deliverTo({ servers, proxy, tls, mechanism, password }: Route, deliver: Deliver): void {
  if (password === undefined) return;
  for (const server of [...(proxy ? [proxy] : []), ...servers]) {
    deliver({ source: 'mongodb', ...server, tls, mechanism, password });
  }
}

/** Why the servers cannot be reached: all of them, or the proxy. */
function faultOf({ servers, proxy }: Route) {
  const faults = (proxy ? [proxy] : servers).map(({ host, port }) => nodeFault(host, port));
  return faults.every((fault) => fault !== undefined) ? faults[0] : undefined;
}

const mangled = ({ connectionString }: Json): Tested => {
  const host = textOf(connectionString).replace(/^[^:]+:\/\//, '');
  return failed(`Unable to parse ${host.split(/[:/]/, 1)[0]}:%3Amongodb:`);
};

export const testMongodb = (settings: Json, deliver: Deliver): Tested => {
  const target = targetOf(settings, settings.srv ? 'mongodb+srv' : 'mongodb', '27017');
  if (!target) return mangled(settings);
  const url = hasString(settings) ? urlOfString(textOf(settings.connectionString)) : urlOfParts(settings);
  const route = routeOf(url);
  if (!route) return failed(`Invalid connection string "${target.url}"`);
  const fault = faultOf(route);
  if (fault) {
    const message = `${fault.text} (${target.url})`;
    return failed(message, { message, reason: { type: 'Unknown', servers: {}, error: fault.error } });
  }
  deliverTo(route, deliver);
  if (!route.password?.includes('wrong')) {
    return passed({ success: true }, { success: true, collections: [{ name: 'orders', type: 'collection' }] });
  }
  const errmsg = `Authentication failed. (${target.url})`;
  const refusal = { code: 18, codeName: 'AuthenticationFailed' };
  return failed(errmsg, { errorResponse: { ok: 0, errmsg, ...refusal }, ok: 0, ...refusal });
};
