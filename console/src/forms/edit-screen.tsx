// The screen at /connections/:id/edit.
import Button from '@mui/material/Button';
import { Link } from 'wouter';
import { useConnection } from '../connection/use-connection.ts';
import { ErrorPanel } from '../frame/error-panel.tsx';
import { Loading } from '../frame/loading.tsx';
import { Screen } from '../frame/screen.tsx';
import { texts } from '../texts.ts';
import { EditForm } from './edit-form.tsx';
import { useDialectForms } from './use-dialect-forms.ts';

/** @param id the global id of the connection. */
export default function EditScreen({ id }: { readonly id: string }) {
  const { connection, error, readAgain } = useConnection(id);
  const { forms, error: formsError, readAgain: askAgain } = useDialectForms(connection?.dialect);
  if (error) return <ErrorPanel error={error} onRetry={readAgain} />;
  if (formsError) return <ErrorPanel error={formsError} onRetry={askAgain} />;
  if (connection === null) return <Screen title={texts.connection.none}>{null}</Screen>;
  if (!connection || !forms) return <Loading />;
  const back = (
    <Button component={Link} href={`/connections/${id}`} variant="outlined">
      {texts.edit.back}
    </Button>
  );
  return (
    <Screen title={texts.edit.title(connection.name)} actions={back}>
      <EditForm connection={connection} forms={forms} />
    </Screen>
  );
}
