/** Nothing here yet: one sentence and the one action that changes it. */
import type { ReactElement, ReactNode } from 'react';

export const EmptyState = ({ text, children }: { readonly text: string; readonly children?: ReactNode }): ReactElement => (
  <div className="empty">
    <p>{text}</p>
    {children}
  </div>
);
