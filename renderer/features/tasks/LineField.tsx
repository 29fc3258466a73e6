/** One line for a task or a promise, with what it is understood as below it while it is typed. */
import type { KeyboardEvent, ReactElement, Ref } from 'react';
import { useId } from 'react';
import { useEngine } from '../../client/cache.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { sayUnderstood } from './understood.ts';
import './tasks.css';

const LONGEST_LINE = 500;

type Props = {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly ref?: Ref<HTMLInputElement>;
  /** It is nothing without a day: said while there is none. */
  readonly needsDay?: boolean;
  /** What it is about, whose account it then belongs to. */
  readonly subject?: string | null;
};

export const LineField = ({
  label,
  placeholder,
  text,
  onText,
  onKeyDown,
  ref,
  needsDay = false,
  subject = null,
}: Props): ReactElement => {
  const about = useId();
  const setting = useSetting();
  const isTyped = text.trim() !== '';
  const { data } = useEngine(
    'tasks.read',
    { line: text, about: subject },
    { tables: ['accounts'], isEnabled: isTyped, isKept: true },
  );
  const read = isTyped && data !== undefined ? data : null;
  const understood = read && sayUnderstood(read, setting);
  const missing = needsDay && read !== null && read.due === null ? ['By when? End it with fri, t+3 or 12 Nov'] : [];
  const unread = [...missing, ...(understood?.unread ?? [])];
  return (
    <div className="task-line">
      <input
        ref={ref}
        className="input"
        aria-label={label}
        aria-describedby={about}
        placeholder={placeholder}
        value={text}
        maxLength={LONGEST_LINE}
        autoComplete="off"
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="task-understood" id={about}>
        {(understood?.said ?? []).map((part) => (
          <span key={part}>{part}</span>
        ))}
        {unread.map((why) => (
          <span key={why} className="warning-t">
            <Icon name="alert" size={12} />
            {why}
          </span>
        ))}
      </span>
    </div>
  );
};
