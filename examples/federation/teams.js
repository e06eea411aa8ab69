// The neighbour: a subgraph of teams and their data products, in memory. Of a connection it keeps the id alone; everything
// else about it is Patchbay's.
import { ask } from './ask.js';
import { serveSubgraph } from './subgraph.js';

const TEAMS = [
  { id: 'commerce', name: 'Commerce' },
  { id: 'growth', name: 'Growth' },
];

// Connections as people know them: by instance and name. The first is the main one.
const DATA_PRODUCTS = [
  {
    id: 'orders',
    name: 'Orders',
    team: 'commerce',
    connections: ['looker/production_orders', 'credible/orders_postgres', 'omni/Production Database'],
  },
  { id: 'shop', name: 'Shop', team: 'commerce', connections: ['chartbrew/Shop', 'credible/shop_mysql'] },
  {
    id: 'campaigns',
    name: 'Campaigns',
    team: 'growth',
    connections: ['credible/marketing_bigquery', 'looker/marketing', 'chartbrew/Website traffic'],
  },
];

/** Ids are opaque: they are read from Patchbay, never made up here. */
async function readIds(patchbayUrl) {
  const { connections } = await ask(patchbayUrl, '{ connections(first: 200) { nodes { id name instance { key } } } }');
  return new Map(connections.nodes.map(({ id, name, instance }) => [`${instance.key}/${name}`, id]));
}

async function readDataProducts(patchbayUrl) {
  const ids = await readIds(patchbayUrl);
  return DATA_PRODUCTS.map((product) => {
    const missing = product.connections.filter((one) => !ids.has(one));
    if (missing.length > 0) throw new Error(`Patchbay has no connection ${missing.join(', ')}; see teams.js.`);
    return { ...product, connectionIds: product.connections.map((one) => ids.get(one)) };
  });
}

const byId = (list, id) => list.find((one) => one.id === id) ?? null;
const teamOf = (product) => byId(TEAMS, product.team);
const connection = (id) => ({ __typename: 'Connection', id });

/** @param {{ patchbayUrl: string, port: number }} options */
export async function startTeams({ patchbayUrl, port }) {
  const products = await readDataProducts(patchbayUrl);
  const productsOver = ({ id }) => products.filter(({ connectionIds }) => connectionIds.includes(id));
  const resolvers = {
    Query: {
      teams: () => TEAMS,
      team: (_root, { id }) => byId(TEAMS, id),
      dataProducts: () => products,
      dataProduct: (_root, { id }) => byId(products, id),
    },
    Team: {
      __resolveReference: ({ id }) => byId(TEAMS, id),
      dataProducts: ({ id }) => products.filter(({ team }) => team === id),
    },
    DataProduct: {
      __resolveReference: ({ id }) => byId(products, id),
      owner: teamOf,
      connections: ({ connectionIds }) => connectionIds.map(connection),
      main: ({ connectionIds }) => connection(connectionIds[0]),
    },
    Connection: {
      // Whether there is such a connection is Patchbay's to say.
      __resolveReference: ({ id }) => ({ id }),
      // Of the data product that was there first; null where nobody has claimed it.
      owner: (reference) => productsOver(reference).map(teamOf)[0] ?? null,
      dataProducts: productsOver,
    },
  };
  return serveSubgraph({ file: 'teams.graphql', resolvers, port });
}
