// The server of the toy vendor. It stores boxes in memory and returns secrets in clear. It imports no adapter.
import type { SandboxVendor } from '../../src/sandbox/server.ts';

type Box = Readonly<Record<string, unknown>> & { readonly id: string };

const firstBoxes: readonly Box[] = [
  {
    id: 'b-1',
    name: 'Pond',
    kind: 'duck',
    file: { place: '/ponds/main.duck', mood: 'CALM', token: 'stored-pond-token' },
    colour: 'green',
    openings: 3,
    made: '2026-01-02T03:04:05.000Z',
  },
  { id: 'b-2', name: 'Herd', kind: 'elephant', address: 'herd.acme.example', gate: '5432', note: 'stored-herd-note' },
  { id: 'b-3', name: 'Deep', kind: 'kraken' },
];

export function createToyServer(): SandboxVendor {
  const boxes = new Map(firstBoxes.map((box) => [box.id, box]));
  return ({ method, path, headers, body }) => {
    if (headers['authorization'] === 'Key visitor') return { status: 403, body: {} };
    if (headers['authorization'] !== 'Key toy-key') return { status: 401, body: {} };
    if (path === '/toys/boxes' && method === 'GET') return { status: 200, body: { boxes: [...boxes.values()] } };
    const box = boxes.get(path.replace('/toys/boxes/', ''));
    if (method === 'GET') return box ? { status: 200, body: box } : { status: 404, body: {} };
    const sent = JSON.parse(body.toString()) as Record<string, unknown>;
    if (sent['colour'] === 'plaid') return { status: 422, body: { wrong: ['colour', 'file.place'] } };
    const made = { ...sent, id: `b-${boxes.size + 1}`, openings: 0, made: '2026-02-03T04:05:06.000Z' };
    boxes.set(made.id, made);
    return { status: 201, body: made };
  };
}
