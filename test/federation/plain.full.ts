// Patchbay in a supergraph with a subgraph of teams and data products, behind two gateways.
import { describe } from 'vitest';
import { outage } from './suite/outage.ts';
import { reads } from './suite/reads.ts';
import { rotations } from './suite/rotations.ts';
import { createSupergraphClient } from './suite/send-queries.ts';
import { writes } from './suite/writes.ts';
import { GATEWAYS } from './supergraph.ts';

describe('a supergraph with Patchbay', () => {
  const client = createSupergraphClient('');
  describe.each(GATEWAYS)('behind %s', (gateway) => {
    reads(client, gateway);
    writes(client, gateway);
    rotations(client, gateway);
    outage(client, gateway);
  });
});
