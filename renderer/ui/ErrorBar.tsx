/** Something failed: what, in plain words, and what to do. What was on the screen before stays under it. */
import type { ReactElement } from 'react';
import { AppError } from '../../shared/contract/define.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** The plain words of any error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const detailsOf = (error: unknown): string =>
  error instanceof AppError
    ? JSON.stringify({ code: error.code, message: error.message, details: error.details }, null, 2)
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);

type Props = { readonly error: unknown; readonly onRetry?: () => void; readonly onDismiss?: () => void };

export const ErrorBar = ({ error, onRetry, onDismiss }: Props): ReactElement => (
  <div className="bar" role="alert">
    <Icon name="alert" />
    <span className="grow">{messageOf(error)}</span>
    <span className="acts">
      {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
      <Button onClick={() => void navigator.clipboard.writeText(detailsOf(error))}>Copy details</Button>
      {onDismiss !== undefined && <Button onClick={onDismiss}>Dismiss</Button>}
    </span>
  </div>
);
