/**
 * Buttons. One that cannot act now stays focusable and says why, so that the keyboard never lands in nothing.
 * A command's button shows and announces its keys.
 */
import type { ReactElement, ReactNode, Ref } from 'react';
import { ariaChord } from '../../shared/chords.ts';
import type { CommandId } from '../../shared/commands.ts';
import type { IconName } from './Icon.tsx';
import { Icon } from './Icon.tsx';
import { Kbd } from './Kbd.tsx';
import { chordsFor, showKeys } from './platform.ts';

type Common = {
  readonly onClick: () => void;
  readonly command?: CommandId;
  /** Why it cannot act now. */
  readonly blocked?: string | undefined;
  readonly isOn?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
};

/** The chords of a command, as `aria-keyshortcuts` names them. */
export const shortcuts = (command: CommandId | undefined): string | undefined =>
  command === undefined ? undefined : chordsFor(command).map(ariaChord).join(' ') || undefined;

type ButtonProps = Common & {
  readonly children: ReactNode;
  readonly kind?: 'plain' | 'primary' | 'flat';
  readonly icon?: IconName;
  readonly type?: 'button' | 'submit';
  /** Has the focus when its page or dialog comes up. */
  readonly isFirst?: boolean;
};

export const Button = ({
  onClick,
  command,
  blocked,
  isOn,
  ref,
  children,
  kind = 'plain',
  icon,
  type = 'button',
  isFirst = false,
}: ButtonProps): ReactElement => (
  <button
    ref={ref}
    type={type === 'submit' ? 'submit' : 'button'}
    className={`btn ${kind}${isOn === true ? ' on' : ''}`}
    aria-disabled={blocked !== undefined || undefined}
    aria-pressed={isOn}
    aria-keyshortcuts={shortcuts(command)}
    data-focus-first={isFirst || undefined}
    title={blocked}
    onClick={() => blocked === undefined && onClick()}
  >
    {icon !== undefined && <Icon name={icon} size={14} />}
    {children}
    {command !== undefined && <Kbd of={command} />}
  </button>
);

type IconButtonProps = Common & { readonly icon: IconName; readonly label: string; readonly size?: 12 | 14 | 16 };

/** A square button named by its label, which is also its tooltip. */
export const IconButton = ({ onClick, command, blocked, isOn, ref, icon, label, size = 16 }: IconButtonProps): ReactElement => {
  const keys = command === undefined ? undefined : showKeys(command);
  return (
    <button
      ref={ref}
      type="button"
      className={isOn === true ? 'ib on' : 'ib'}
      aria-label={label}
      aria-disabled={blocked !== undefined || undefined}
      aria-pressed={isOn}
      aria-keyshortcuts={shortcuts(command)}
      title={`${label}${keys === undefined ? '' : ` (${keys})`}${blocked === undefined ? '' : `: ${blocked}`}`}
      onClick={() => blocked === undefined && onClick()}
    >
      <Icon name={icon} size={size} />
    </button>
  );
};
