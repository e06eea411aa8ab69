// The options and details of the toy vendor, and their wire names.
import * as z from 'zod';
import { integer, secret, text } from '../../../src/fields/define-fields.ts';
import type { WireTable } from '../../../src/domain/dialect-support.ts';

const colour = text('Colour of the box.');
const note = secret('What is written inside the lid.');

export const toyOptions = z.object({ colour, note });
export const toyDetails = z.object({ colour, note, openings: integer('How often the box was opened.') });

export const toyOptionsWire = { colour: 'colour', note: 'note' } as const satisfies WireTable;
export const toyDetailsWire = { ...toyOptionsWire, openings: 'openings' } as const satisfies WireTable;
