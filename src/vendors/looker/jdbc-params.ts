// Looker's jdbc_additional_params: one text with two owners. What `config` knows of it (a Snowflake account, warehouse and
// role) stands in front, the caller's own parameters behind it.

type Pair = readonly [name: string, value: string];

const split = (params: string): Pair[] =>
  params
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

export const writeParams = (known: readonly Pair[], own: string): string =>
  [...known.map(([name, value]) => `${name}=${encodeURIComponent(value)}`), ...(own === '' ? [] : [own])].join('&');

export const paramNames = (params: string): Set<string> => new Set(split(params).map(([name]) => name.toLowerCase()));

export const readParam = (params: string, name: string): string | null => {
  const pair = split(params).find(([key]) => key.toLowerCase() === name);
  return pair && pair[1] !== '' ? decode(pair[1]) : null;
};
