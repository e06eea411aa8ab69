// The answers of the toy vendor: only the parts that the adapter needs.
import * as z from 'zod';

export const toyBoxWire = z
  .record(z.string(), z.unknown())
  .and(z.object({ id: z.string(), name: z.string(), kind: z.string() }));
export type ToyBoxWire = z.output<typeof toyBoxWire>;

export const toyListWire = z.object({ boxes: z.array(toyBoxWire) });
export const toyErrorWire = z.object({ wrong: z.array(z.string()) });
