// For tests of evolution: the check, run as by hand on two files, and a released schema with one of everything.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '../../../.ci/evolution.ts';

export const RELEASED = `
  interface Node { id: ID! }
  interface Named { name: String }
  type Cat implements Node & Named {
    id: ID!
    name: String
    age: Int!
    lives: [Int!]!
    toys(first: Int = 5, most: Int! = 3, order: Order): [Toy!]!
  }
  type Dog implements Node { id: ID!  barks: Boolean }
  type Toy { label: String }
  union Pet = Cat | Dog
  enum Size { SMALL  LARGE }
  input Order { field: String!  size: Size = SMALL  most: Int! = 2  note: String }
  input Choice @oneOf { name: String  size: Size }
  scalar Instant
  type Query { node(id: ID!): Node  pet(choice: Choice): Pet  cat(order: Order, name: String): Cat  born: Instant }
  type Mutation { feed(id: ID!, order: Order): Pet! }
`;

/** A folder for the files of one test file; call it once, outside any test. */
export function useFolder(): (name: string) => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evolution-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (name) => join(folder, name);
}

export interface Verdict {
  readonly code: number;
  /** What was printed of a change, line by line. */
  readonly reported: readonly string[];
  readonly verdict: string | undefined;
}

/** Gives the check; call it once, outside any test. */
export function useCheck(): (next: string, released: string) => Promise<Verdict> {
  const fileOf = useFolder();
  return async (next, released) => {
    const files = [fileOf('next.graphql'), fileOf('released.graphql')] as const;
    await Promise.all([writeFile(files[0], next), writeFile(files[1], released)]);
    const lines: string[] = [];
    const code = await run(files, (line) => void lines.push(line.replaceAll(fileOf('/'), '')));
    return { code, reported: lines.slice(0, -1), verdict: lines.at(-1) };
  };
}

export type Swap = readonly [old: string, by: string];

/** The text with words that stand there once replaced by others. */
export function change(text: string, swaps: readonly Swap[]): string {
  let changed = text;
  for (const [old, by] of swaps) {
    expect(changed.split(old), old).toHaveLength(2);
    changed = changed.replace(old, () => by);
  }
  return changed;
}

export const BROKEN = 'next.graphql breaks what released.graphql promises, at 1 place.';
export const KEPT = 'next.graphql keeps what released.graphql promises.';

export const DEPRECATE = 'Put it back and mark it @deprecated; it may go once a release has said so.';
export const OPTIONAL = 'Make it nullable or give it a default: callers of the release do not send it.';
export const BESIDE =
  'Put the old one back, add the new one under another name, and mark what leads to the old one @deprecated.';

export const GOES = '@deprecated(reason: "Removed after 2026-12-31.")';
