// Parses the key `console`. The documents of the console name types of the schema, so it cannot be served with a prefix of type names.
import * as z from 'zod';
import { consoleSchema } from './config-schema.ts';
import { parseSection, resolveSection, type ParseContext } from './parse-section.ts';

const sectionSchema = z.strictObject({ console: consoleSchema.optional() });

/** Whether the console is served, and whether it offers changes. */
export type ConsoleMode = z.output<typeof consoleSchema>;

/** What other settings decide about the console. */
interface Surroundings {
  /** Whether only the documents of a manifest are executed. */
  readonly trustedOnly: boolean;
  readonly typePrefix: string | undefined;
}

const PREFIXED = 'console: does not work with `federation.typePrefix`, because it names types of the schema';

/** Returns what the console offers. Problems are reported to the context. */
export function parseConsole(raw: unknown, surroundings: Surroundings, reading: ParseContext): ConsoleMode {
  const { trustedOnly, typePrefix } = surroundings;
  const filled = resolveSection(sectionSchema, { console: raw ?? undefined }, [], reading);
  const parsed = parseSection(sectionSchema, filled, [], reading)?.console;
  if (parsed && parsed !== 'off' && typePrefix !== undefined) reading.problems.push(PREFIXED);
  if (parsed) return parsed;
  const isOpen = reading.environment['NODE_ENV'] !== 'production' && !trustedOnly && typePrefix === undefined;
  return isOpen ? 'full' : 'off';
}
