// The supergraph from its subgraphs, by either of two composers. What they are given is what the subgraphs themselves serve.
import { composeServices as composeByApollo } from '@apollo/composition';
import { composeServices as composeByGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { ask } from './ask.js';

/** @typedef {{ name: string, url: string, typeDefs: import('graphql').DocumentNode }} Subgraph */

/**
 * @param {Record<string, string>} urls By name of the subgraph.
 * @returns {Promise<Subgraph[]>}
 */
export async function readSubgraphs(urls) {
  return Promise.all(
    Object.entries(urls).map(async ([name, url]) => {
      const { _service } = await ask(url, '{ _service { sdl } }');
      return { name, url, typeDefs: parse(_service.sdl) };
    }),
  );
}

const supergraphOf = (composer, { supergraphSdl, errors }) => {
  if (supergraphSdl && !errors?.length) return supergraphSdl;
  throw new Error(`${composer} cannot compose:\n${errors.map(({ message }) => `  ${message}`).join('\n')}`);
};

/** @param {Subgraph[]} subgraphs */
export const composeWithApollo = (subgraphs) => supergraphOf('@apollo/composition', composeByApollo(subgraphs));

/** @param {Subgraph[]} subgraphs */
export const composeWithGuild = (subgraphs) =>
  supergraphOf('@theguild/federation-composition', composeByGuild(subgraphs));
