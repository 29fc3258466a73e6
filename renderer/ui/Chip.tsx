/** A state: shape, word and colour together. Filled asks for something; quiet informs. A label that is no state has no shape. */
import type { ReactElement } from 'react';
import type { IconName } from './Icon.tsx';
import { Icon } from './Icon.tsx';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger' | 'waiting';

type Props = { readonly tone: Tone; readonly icon?: IconName; readonly children: string; readonly isQuiet?: boolean };

export const Chip = ({ tone, icon, children, isQuiet = false }: Props): ReactElement => (
  <span className={`chip ${tone}${isQuiet ? ' quiet' : ''}`}>
    {icon !== undefined && <Icon name={icon} size={14} />}
    {children}
  </span>
);
