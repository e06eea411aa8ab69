// A second neighbour, whose types have names that Patchbay has too (Vendor, Error, ValidationError, Warning): it composes only
// when Patchbay is configured with a `federation.typePrefix`.
import { serveSubgraph } from './subgraph.js';

const NOTHING_FOUND = { errors: [], validationErrors: [], warnings: [] };

const CHECKS = {
  orders: {
    errors: [{ file: 'orders-2026-11.csv', reason: 'It ends in the middle of a line.' }],
    validationErrors: [{ column: 'total', rule: 'not negative' }],
    warnings: [{ column: 'currency', text: 'Empty in 3 rows.' }],
  },
};

const VENDORS = { campaigns: { name: 'AdData Ltd', contact: 'feeds@addata.example' } };

/** @param {{ port: number }} options */
export async function startQuality({ port }) {
  const resolvers = {
    DataProduct: {
      __resolveReference: ({ id }) => ({ id }),
      vendor: ({ id }) => VENDORS[id] ?? null,
      check: ({ id }) => CHECKS[id] ?? NOTHING_FOUND,
    },
  };
  return serveSubgraph({ file: 'quality.graphql', resolvers, port });
}
