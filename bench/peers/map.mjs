// Hand-written: parses the vendor's list, picks the fields, writes the answer. No GraphQL: the practical ceiling.
import { createServer } from 'node:http';
import { nodeOf } from '../rows.mjs';
import { fetchList, listening } from './upstream-client.mjs';

async function answer(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { variables } = JSON.parse(Buffer.concat(chunks).toString());
  const rows = await fetchList(variables.instance[0]);
  const body = JSON.stringify({
    data: { connections: { totalCount: rows.length, nodes: rows.slice(0, variables.first).map(nodeOf) } },
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
listening(createServer((request, response) => void answer(request, response)));
