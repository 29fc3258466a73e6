/** The name of a view: new, or another. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import type { RegisterView } from './Views.tsx';

type Props = {
  readonly what: 'new' | 'rename';
  readonly view: RegisterView;
  readonly views: readonly RegisterView[];
  readonly nameIt: (name: string) => void;
  readonly stopNaming: () => void;
};

const longest = 60;

export const NameDialog = ({ what, view, views, nameIt, stopNaming }: Props): ReactElement => {
  const [text, setText] = useState(what === 'rename' ? view.label : '');
  const [problem, setProblem] = useState<string>();
  const done = (): void => {
    const name = text.trim();
    if (name === '') return setProblem('Type a name.');
    const isTaken = views.some(
      (one) => (what === 'new' || one.key !== view.key) && one.label.toLowerCase() === name.toLowerCase(),
    );
    if (isTaken) return setProblem('There is a view of this name.');
    nameIt(name);
  };
  return (
    <Dialog
      title={what === 'new' ? 'Save view as' : 'Rename view'}
      onClose={stopNaming}
      foot={
        <>
          <Button onClick={stopNaming}>Cancel</Button>
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
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              // The key is used up here: it must not press what has the focus once the dialog is gone.
              event.preventDefault();
              done();
            }}
          />
        )}
      </Field>
    </Dialog>
  );
};
