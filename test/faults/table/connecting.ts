// Faults before a request is sent: nothing was carried out, so that even a write is retried.
import {
  unavailable,
  closeAndWait,
  NO_CALLS,
  ONE_CALL,
  NORMAL_OUTCOMES,
  type Fault,
  type VendorAddress,
} from './fault.ts';
import { REFUSING_ORIGIN } from '../../support/gateway.ts';
import { hostWith } from './unreachable-hosts.ts';

type HostBehavior = Parameters<typeof hostWith>[0];

const atHost = (behavior: HostBehavior): VendorAddress => ({
  origin: ({ port, cell }) => `http://${hostWith(behavior, cell)}:${port}`,
});

export const connecting: readonly Fault[] = [
  {
    name: 'it refuses connections',
    address: { origin: () => REFUSING_ORIGIN },
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
  {
    name: 'its host name does not exist',
    address: atHost('does-not-exist'),
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
  {
    name: 'its host name is never resolved',
    address: atHost('is-never-resolved'),
    pace: 'slow',
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
  {
    name: 'its host name is resolved only at the second lookup',
    address: atHost('is-resolved-late'),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    name: 'all of its addresses refuse connections',
    address: atHost('has-dead-addresses'),
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
  {
    name: 'all of its addresses but one refuse connections',
    address: atHost('has-a-dead-address'),
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    name: 'it accepts no more connections',
    address: { origin: ({ full }) => full },
    pace: 'slow',
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
  {
    name: 'it refuses connections for a moment',
    beforeOperation: async (server) => {
      // The gateway notices the closed connections before the next operation.
      await Promise.all(server.sockets.map(closeAndWait));
      await server.stop();
      setTimeout(() => void server.start(), 50);
    },
    outcomes: NORMAL_OUTCOMES,
    calls: ONE_CALL,
  },
  {
    name: 'it does not answer a TLS handshake',
    address: { origin: ({ port }) => `https://127.0.0.1:${port}` },
    pace: 'slow',
    outcomes: unavailable('CONNECT'),
    calls: NO_CALLS,
  },
];
