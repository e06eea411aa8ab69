// Untrusted certificates, and ports that do not speak the protocol of the base URL.
import { OTHER_HOST, EXPIRED, VALID, KEY } from './certificates.ts';
import { unavailable, NO_CALLS, ONE_CALL, unknownOutcome, NORMAL_OUTCOMES, type Fault } from './fault.ts';

const secure = ({ port }: { readonly port: string }): string => `https://127.0.0.1:${port}`;

/** The control for the certificates below: with a trusted certificate, everything works. */
export const tlsControl: Fault = {
  name: 'nothing is wrong, over TLS',
  address: { tls: { cert: VALID, key: KEY }, trustedCa: VALID, origin: secure },
  outcomes: NORMAL_OUTCOMES,
  calls: ONE_CALL,
};

export const tls: readonly Fault[] = [
  {
    name: 'its certificate is self-signed',
    address: { tls: { cert: VALID, key: KEY }, origin: secure },
    outcomes: unavailable('TLS final'),
    calls: NO_CALLS,
  },
  {
    name: 'its certificate is from an authority that is not trusted',
    address: { tls: { cert: VALID, key: KEY }, trustedCa: OTHER_HOST, origin: secure },
    outcomes: unavailable('TLS final'),
    calls: NO_CALLS,
  },
  {
    name: 'its certificate is for another host',
    address: { tls: { cert: OTHER_HOST, key: KEY }, trustedCa: OTHER_HOST, origin: secure },
    outcomes: unavailable('TLS final'),
    calls: NO_CALLS,
  },
  {
    name: 'its certificate has expired',
    address: { tls: { cert: EXPIRED, key: KEY }, trustedCa: EXPIRED, origin: secure },
    outcomes: unavailable('TLS final'),
    calls: NO_CALLS,
  },
  {
    name: 'it speaks plain HTTP at an https URL',
    onConnect: (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    address: { origin: secure },
    outcomes: unavailable('TLS final'),
    calls: NO_CALLS,
  },
  {
    name: 'it speaks TLS at an http URL',
    address: { tls: { cert: VALID, key: KEY } },
    // The read before the update fails, so the update is not sent.
    outcomes: { ...unknownOutcome('CONNECT'), update: 'VendorUnavailableError CONNECT' },
    calls: NO_CALLS,
    // The login fails first, so the write is not sent.
    except: {
      looker: { outcomes: { create: 'VendorUnavailableError CONNECT', delete: 'VendorUnavailableError CONNECT' } },
    },
  },
  {
    name: 'it resets the connection during the TLS handshake',
    onConnect: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    address: { origin: secure },
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
];
