// One question to a GraphQL server.

/**
 * @param {string} url
 * @param {string} query
 * @returns {Promise<any>} its data
 */
export async function ask(url, query) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  }).catch(() => {
    throw new Error(`${url} does not answer.`);
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${url} answered: ${errors.map(({ message }) => message).join(' ')}`);
  return data;
}
