// The schemas of the forms of one dialect, from the catalogue.
import { useQuery } from 'urql';
import { DialectFormsDocument, type Dialect, type DialectFormsQuery } from '../generated/graphql.ts';

export type DialectForms = DialectFormsQuery['dialect'];

/** Reads them: undefined until they are read, and without a dialect. */
export function useDialectForms(dialect: Dialect | undefined) {
  const [{ data, error }, ask] = useQuery({
    query: DialectFormsDocument,
    variables: { dialect: dialect ?? 'OTHER' },
    pause: dialect === undefined,
  });
  const forms = data?.dialect.dialect === dialect ? data?.dialect : undefined;
  return { forms, error, readAgain: () => ask({ requestPolicy: 'network-only' }) };
}
