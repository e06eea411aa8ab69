// What is shown when a screen cannot be drawn or its file cannot be loaded, for example after an update of the gateway.
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { Component, type ReactNode } from 'react';
import { texts } from '../texts.ts';

/** Replaces its children by a message when one of them throws. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    const reload = (
      <Button color="inherit" onClick={() => location.reload()}>
        {texts.errors.reload}
      </Button>
    );
    return (
      <Alert severity="error" action={reload}>
        {texts.errors.crashed}
      </Alert>
    );
  }
}
