/** The foot of a box that asks before a step: leave it, or do it. */
import type { ReactElement } from 'react';
import { Button } from './Button.tsx';

type Props = {
  readonly label: string;
  /** Why it cannot be done now, in words. */
  readonly blocked: string | null;
  /** Nothing has to be typed: the focus begins on the step. */
  readonly isFirst?: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

export const StepFoot = ({ label, blocked, isFirst = false, onDone, onClose }: Props): ReactElement => (
  <>
    <Button onClick={onClose}>Not now</Button>
    <Button kind="primary" isFirst={isFirst} blocked={blocked ?? undefined} onClick={onDone}>
      {label}
    </Button>
  </>
);
