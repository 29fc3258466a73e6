/** A page that fails takes only itself down: the rest of the window, and everything typed, stays. */
import type { ReactNode } from 'react';
import { Component } from 'react';
import { ErrorBar } from '../ui/ErrorBar.tsx';

type Props = { readonly children: ReactNode; readonly onRetry: () => void };
type State = { readonly error: unknown };

export class Boundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorBar
        error={this.state.error}
        onRetry={() => {
          this.props.onRetry();
          this.setState({ error: null });
        }}
      />
    );
  }
}
