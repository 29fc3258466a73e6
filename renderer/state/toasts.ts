/** The last short message, with at most one action. Read out politely; it waits while pointed at or focused. */
import { create } from 'zustand';
import type { CommandId } from '../../shared/commands.ts';
import { announce } from './announce.ts';

export type Toast = {
  readonly id: number;
  readonly text: string;
  /** `warning`: something was not done, and why. */
  readonly tone: 'plain' | 'warning' | 'danger';
  readonly action?: { readonly label: string; readonly command?: CommandId; readonly run: () => void };
};

type State = { readonly toast: Toast | null };

let lastId = 0;

export const useToasts = create<State>(() => ({ toast: null }));

/** Says something. What was said before makes room: only the last message stands. */
export const say = (text: string, more: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void => {
  lastId += 1;
  const toast: Toast = {
    id: lastId,
    text,
    tone: more.tone ?? 'plain',
    ...(more.action === undefined ? {} : { action: more.action }),
  };
  useToasts.setState({ toast });
  announce('message', text);
};

/** Adds a sentence to what was said last, which keeps what it offers. */
export const sayMore = (text: string): void => {
  const { toast } = useToasts.getState();
  if (toast === null) return say(text);
  const whole = `${toast.text}${/[.!?…]$/.test(toast.text) ? '' : '.'} ${text}`;
  useToasts.setState({ toast: { ...toast, text: whole } });
  announce('message', whole);
};

/** Says where a file lies; the path can be copied, to be pasted where files are opened. */
export const sayPath = (text: string, path: string): void =>
  say(text, {
    action: {
      label: 'Copy path',
      run: () =>
        void navigator.clipboard.writeText(path).then(
          () => say('Path copied.'),
          () => say(path),
        ),
    },
  });

export const dismissToast = (id: number): void =>
  useToasts.setState(({ toast }) => (toast?.id === id ? { toast: null } : { toast }));
