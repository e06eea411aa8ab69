// What the gateway tells the page in its meta tags.

const contentOf = (name: string): string =>
  document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';

/** The nonce that the content security policy allows for styles. */
export const styleNonce = contentOf('csp-nonce');

/** Whether the console offers no changes. */
export const isReadOnly = contentOf('console-mode') !== 'full';

/** Whether the gateway serves GraphiQL. */
export const hasGraphiql = contentOf('graphiql') === 'on';
