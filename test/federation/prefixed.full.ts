// Patchbay with a type prefix in a supergraph with a subgraph whose types have the same names.
import { describe, expect, it } from 'vitest';
import { outage } from './suite/outage.ts';
import { reads } from './suite/reads.ts';
import { rotations } from './suite/rotations.ts';
import { createSupergraphClient } from './suite/send-queries.ts';
import { writes } from './suite/writes.ts';
import { GATEWAYS } from './supergraph.ts';

const BOTH = `{ dataProduct(id: "orders") {
  vendor { name } check { errors { reason } validationErrors { column rule } warnings { text } }
  main { vendor config { __typename } }
} bought: dataProduct(id: "campaigns") { vendor { __typename name } } }`;

describe('a supergraph with Patchbay, prefixed, and a neighbour with types of the same names', () => {
  const client = createSupergraphClient('Patchbay');
  describe.each(GATEWAYS)('behind %s', (gateway) => {
    it('the supergraph has both types of the same name', async () => {
      const { data, errors } = await client.ask(gateway, BOTH);
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        dataProduct: {
          vendor: null,
          check: {
            errors: [{ reason: 'It ends in the middle of a line.' }],
            validationErrors: [{ column: 'total', rule: 'not negative' }],
            warnings: [{ text: 'Empty in 3 rows.' }],
          },
          main: { vendor: 'LOOKER', config: { __typename: 'PatchbayPostgresConfig' } },
        },
        bought: { vendor: { __typename: 'Vendor', name: 'AdData Ltd' } },
      });
    });
    reads(client, gateway);
    writes(client, gateway);
    rotations(client, gateway);
    outage(client, gateway);
  });
});
