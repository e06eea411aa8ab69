// The values of an enum from a table of their descriptions.

type DescribedValues<T> = { [K in keyof T]: { description: string } };

/** Returns the values of a Pothos enum whose names are the keys of the table, with the descriptions in it. */
export const describeValues = <const T extends Readonly<Record<string, string>>>(values: T): DescribedValues<T> =>
  Object.fromEntries(
    Object.entries(values).map(([value, description]) => [value, { description }]),
  ) as DescribedValues<T>;
