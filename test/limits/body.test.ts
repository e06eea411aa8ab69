// The limit of the body of a request: it is met and exceeded, plain and compressed.
import { gzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

/** Returns a query as JSON of this many bytes. */
const bodyOf = (bytes: number): string => {
  const empty = JSON.stringify({ query: '{ __typename }', variables: { pad: '' } });
  return empty.replace('""', JSON.stringify('x'.repeat(bytes - empty.length)));
};

async function startLimited(limits: Record<string, unknown>) {
  const { gateway, close } = await startTestGateway({ limits });
  onTestFinished(close);
  return async (body: BodyInit, headers: Record<string, string> = {}) => {
    const answer = await gateway.fetch(
      new Request('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      }),
    );
    const { errors } = (await answer.json()) as { errors?: { message: string; extensions: Record<string, unknown> }[] };
    return { status: answer.status, message: errors?.[0]?.message, limit: errors?.[0]?.extensions['limit'] };
  };
}

it('a body as large as the limit is answered, and one byte more is refused', async () => {
  const send = await startLimited({ bodyKb: 20 });
  expect(await send(bodyOf(20_000))).toEqual({ status: 200, message: undefined, limit: undefined });
  expect(await send(bodyOf(20_001))).toEqual({
    status: 413,
    message: 'The body is larger than 20,000 bytes.',
    limit: { name: 'bodyKb', value: 20 },
  });
});

it('the limit is that of the decoded body', async () => {
  const send = await startLimited({ bodyKb: 20 });
  const gzip = { 'content-encoding': 'gzip' };
  expect(await send(gzipSync(bodyOf(20_000)), gzip)).toMatchObject({ status: 200 });
  expect(await send(gzipSync(bodyOf(20_001)), gzip)).toMatchObject({ status: 413, limit: { name: 'bodyKb' } });
});

it('three key files of 1 MiB fit into a body by default', async () => {
  const send = await startLimited({});
  expect(await send(bodyOf(3 * 1_048_576 + 20_000))).toMatchObject({ status: 200 });
  expect(await send(bodyOf(4_000_001))).toMatchObject({ status: 413, limit: { name: 'bodyKb', value: 4000 } });
});
