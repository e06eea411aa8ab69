// Creates undici's connection pools: connect timeout, TLS, proxy, and the limit on the size of an answer.
import { buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { HttpSettings } from './settings.ts';

const MAX_LIST_BYTES = 64_000_000;

/** Returns a connection pool for the base URL, through the proxy if there is one. */
export function createDispatcher({
  baseUrl,
  timeouts,
  ca,
  proxy,
  maxListBytes = MAX_LIST_BYTES,
}: HttpSettings): Dispatcher {
  const poolOptions = {
    connections: 8,
    keepAliveTimeout: 4000,
    // Each request sets its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Lists are the largest answers. The limit of other answers is checked after they are read.
    maxResponseSize: maxListBytes,
  };
  const tls = { timeout: timeouts.connectMs, ...(ca === undefined ? {} : { ca }) };
  return proxy === undefined
    ? new Pool(new URL(baseUrl).origin, { ...poolOptions, connect: markConnectErrors(tls) })
    : new ProxyAgent({ ...poolOptions, uri: proxy, requestTls: tls });
}

/** Marks connect errors with `beforeSending`, because a reset during the TLS handshake has no error code of its own. */
function markConnectErrors(tls: buildConnector.BuildOptions): buildConnector.connector {
  const connector = buildConnector({ ...tls, allowH2: false });
  return (options, callback) =>
    connector(options, (...result) => {
      if (result[0]) callback(Object.assign(result[0], { beforeSending: true }), null);
      else callback(...result);
    });
}
