// Faults before a request is sent: nothing was carried out, so that even a write is retried.
import { down, endAndWait, NONE, ONCE, WELL, type Fault, type Road } from './fault.ts';
import { hostThat } from './unreachable-hosts.ts';

type Does = Parameters<typeof hostThat>[0];

const named = (does: Does): Road => ({ origin: ({ port, cell }) => `http://${hostThat(does, cell)}:${port}` });

export const connecting: readonly Fault[] = [
  {
    name: 'it refuses connections',
    // A port that only the system could listen at.
    road: { origin: () => 'http://127.0.0.1:1' },
    outcomes: down('CONNECT'),
    calls: NONE,
  },
  { name: 'its name leads nowhere', road: named('leads-nowhere'), outcomes: down('CONNECT'), calls: NONE },
  {
    name: 'nobody ever says where its name leads',
    road: named('is-never-found'),
    pace: 'slow',
    outcomes: down('CONNECT'),
    calls: NONE,
  },
  {
    name: 'its name is found only when asked for again',
    road: named('is-found-late'),
    outcomes: WELL,
    calls: ONCE,
  },
  { name: 'all of its addresses refuse', road: named('has-dead-addresses'), outcomes: down('CONNECT'), calls: NONE },
  {
    name: 'all of its addresses but one refuse',
    road: named('has-a-dead-address'),
    outcomes: WELL,
    calls: ONCE,
  },
  {
    name: 'it takes no more connections',
    road: { origin: ({ full }) => full },
    pace: 'slow',
    outcomes: down('CONNECT'),
    calls: NONE,
  },
  {
    name: 'it refuses connections for a moment',
    first: async (server) => {
      // The gateway learns of the closed connections before it is called again.
      await Promise.all(server.sockets.map(endAndWait));
      await server.stop();
      setTimeout(() => void server.start(), 50);
    },
    outcomes: WELL,
    calls: ONCE,
  },
  {
    name: 'it says nothing to a TLS handshake',
    road: { origin: ({ port }) => `https://127.0.0.1:${port}` },
    pace: 'slow',
    outcomes: down('CONNECT'),
    calls: NONE,
  },
];
