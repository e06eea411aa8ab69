// Where Looker keeps its connections. It knows no requests.

export const CONNECTIONS = '/connections';
export const UNSAVED_TEST = `${CONNECTIONS}/test`;

export const connectionPath = (name: string): string => `${CONNECTIONS}/${encodeURIComponent(name)}`;
export const testPath = (name: string): string => `${connectionPath(name)}/test`;
/** Looker has overrides for one context alone: building persistent derived tables. */
export const overridePath = (name: string): string => `${connectionPath(name)}/connection_override/pdt`;
