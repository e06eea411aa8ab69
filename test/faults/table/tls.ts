// Untrusted certificates, and ports that do not speak the protocol of the base URL.
import { ELSEWHERE, EXPIRED, GOOD, KEY } from './certificates.ts';
import { down, NONE, ONCE, unknown, WELL, type Fault } from './fault.ts';

const secure = ({ port }: { readonly port: string }): string => `https://127.0.0.1:${port}`;

/** Shows that the certificates of the faults are wrong only where they are said to be. */
export const tlsControl: Fault = {
  name: 'nothing is wrong, over TLS',
  road: { tls: { cert: GOOD, key: KEY }, trusts: GOOD, origin: secure },
  outcomes: WELL,
  calls: ONCE,
};

export const tls: readonly Fault[] = [
  {
    name: 'its certificate is signed by itself',
    road: { tls: { cert: GOOD, key: KEY }, origin: secure },
    outcomes: down('TLS final'),
    calls: NONE,
  },
  {
    name: 'its certificate is not of the authority that is trusted',
    road: { tls: { cert: GOOD, key: KEY }, trusts: ELSEWHERE, origin: secure },
    outcomes: down('TLS final'),
    calls: NONE,
  },
  {
    name: 'its certificate is for another host',
    road: { tls: { cert: ELSEWHERE, key: KEY }, trusts: ELSEWHERE, origin: secure },
    outcomes: down('TLS final'),
    calls: NONE,
  },
  {
    name: 'its certificate has expired',
    road: { tls: { cert: EXPIRED, key: KEY }, trusts: EXPIRED, origin: secure },
    outcomes: down('TLS final'),
    calls: NONE,
  },
  {
    name: 'it speaks plain HTTP where TLS is wanted',
    greet: (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    road: { origin: secure },
    outcomes: down('TLS final'),
    calls: NONE,
  },
  {
    name: 'it speaks TLS where plain HTTP is wanted',
    road: { tls: { cert: GOOD, key: KEY } },
    // What is read before an update fails already.
    outcomes: { ...unknown('CONNECT'), update: 'VendorUnavailableError CONNECT' },
    calls: NONE,
    // Its login fails first, of which nothing is left.
    except: {
      looker: { outcomes: { create: 'VendorUnavailableError CONNECT', delete: 'VendorUnavailableError CONNECT' } },
    },
  },
  {
    name: 'it cuts the line in the TLS handshake',
    greet: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    road: { origin: secure },
    outcomes: down('CONNECT'),
    calls: NONE,
  },
];
