// The audits of the package graphql-http (GraphQL over HTTP), over a real socket.
import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { serve } from './serve.ts';

/** MAY audits that do not hold, each with the reason; there are none. */
const DECLINED: readonly string[] = [];

async function audit(url: string): Promise<{ names: string[]; failed: string[] }> {
  const results = await Promise.all(serverAudits({ url }).map((one) => one.fn()));
  return {
    names: results.map(({ name }) => name),
    failed: results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`),
  };
}

const beginning = (names: readonly string[], word: string): number =>
  names.filter((name) => name.startsWith(`${word} `)).length;

describe.each([{ graphiql: true }, { graphiql: false }])(
  'the audits of GraphQL over HTTP, with GraphiQL $graphiql',
  (server) => {
    it(`all 61 audits pass with GraphiQL ${server.graphiql ? 'on' : 'off'}: 13 MUST, 23 SHOULD and 25 MAY`, async () => {
      const served = await serve({ server });
      try {
        const { names, failed } = await audit(`${served.origin}/graphql`);
        expect(failed).toEqual(DECLINED);
        expect(['MUST', 'SHOULD', 'MAY'].map((word) => beginning(names, word))).toEqual([13, 23, 25]);
        expect(served.gateway.log).toEqual([]);
      } finally {
        await served.close();
      }
    });
  },
);

it('most audits fail at a server without GraphQL', async () => {
  const served = await serve();
  try {
    const { failed } = await audit(`${served.origin}/health`);
    expect(failed.length).toBeGreaterThan(30);
    expect(failed).toContain('4655 MUST accept application/json and match the content-type');
  } finally {
    await served.close();
  }
});
