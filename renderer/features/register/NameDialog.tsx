/** The name of a view: new, or another. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';

type Props = {
  readonly title: string;
  readonly name: string;
  /** Names that are taken. */
  readonly taken: readonly string[];
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
};

const longest = 60;

export const NameDialog = ({ title, name: first, taken, onName, onClose }: Props): ReactElement => {
  const [text, setText] = useState(first);
  const [problem, setProblem] = useState<string>();
  const done = (): void => {
    const name = text.trim();
    if (name === '') return setProblem('Type a name.');
    if (taken.some((one) => one.toLowerCase() === name.toLowerCase())) return setProblem('There is a view of this name.');
    onName(name);
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" onClick={done}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Name" help="@ and the name opens it, in the filter and in the palette." error={problem}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={text}
            maxLength={longest}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && done()}
          />
        )}
      </Field>
    </Dialog>
  );
};
