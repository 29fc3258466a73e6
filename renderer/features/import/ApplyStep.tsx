/** Step 4: what becomes of rows with errors, the import itself, and where what came can be seen. */
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { AppError } from '../../../shared/contract/define.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { setDesk, useDesk } from './desk.ts';
import { countWritten, resultsOf } from './mapping.ts';
import { After } from './Outcome.tsx';
import { Tally } from './Tally.tsx';
import { countOf, rowsOf } from './words.ts';

const Choice = (): ReactElement | null => {
  const { check, leaveErrors } = useDesk();
  const wrong = check?.results.error ?? 0;
  if (wrong === 0) return null;
  const choose = (leave: boolean): void => setDesk({ leaveErrors: leave });
  return (
    <fieldset className="choices">
      <legend>{rowsOf(wrong)} with errors</legend>
      <label>
        <input type="radio" name="rest" checked={!leaveErrors} onChange={() => choose(false)} />
        Import them with their cells marked
      </label>
      <p className="t2">The text stays as it is in the file; F8 walks the cells, and mending one is an ordinary edit.</p>
      <label>
        <input type="radio" name="rest" checked={leaveErrors} onChange={() => choose(true)} />
        Leave them out and write them to a file
      </label>
      <p className="t2">With the reason at the end of each row, to be mended there and imported later.</p>
    </fieldset>
  );
};

const ApplyButton = ({ count, onApply }: { readonly count: number; readonly onApply: () => void }): ReactElement => {
  const button = useRef<HTMLButtonElement>(null);
  // It is gone while the import runs, and has the focus again when that was cancelled or failed.
  useEffect(() => button.current?.focus(), []);
  return (
    <p className="row">
      <Button
        kind="primary"
        ref={button}
        command="import.next"
        onClick={onApply}
        blocked={count === 0 ? 'there is nothing to write' : undefined}
      >
        Apply {rowsOf(count)}
      </Button>
    </p>
  );
};

const Before = ({ onApply }: { readonly onApply: () => void }): ReactElement | null => {
  const { check, leaveErrors, busy, edits } = useDesk();
  if (check === null) return null;
  const results = resultsOf(check, leaveErrors);
  const count = countWritten(results);
  return (
    <section className="import-in" aria-label="Before it is written">
      <h2>{count === 0 ? 'There is nothing to write' : `${rowsOf(count)} will be written as one step`}</h2>
      <ul className="facts">
        <Tally results={results} left={leaveErrors ? check.report.left : 0} />
        {edits.length > 0 && (
          <li>
            <Icon name="note" />
            {countOf(edits.length, 'cell')} mended here. The file itself stays as it is.
          </li>
        )}
        {count > 0 && (
          <li>
            <Icon name="undo" />
            <span>
              All of it or nothing, and <Kbd of="edit.undo" /> takes it back
            </span>
          </li>
        )}
      </ul>
      <Choice />
      {/* It stays while rows are checked anew: what is pressed then is done when that is over. */}
      {(busy === null || busy.what === 'check') && <ApplyButton count={count} onApply={onApply} />}
    </section>
  );
};

/** What a failure means for the data, beside its own words. */
export const safety = (error: unknown): string => {
  const code = error instanceof AppError ? error.code : null;
  if (code === 'engine-gone')
    return 'What was written by then is taken back when the engine starts again: nothing of this import is kept. File, mapping and edits are still here.';
  return 'Nothing of this import has been written. File, mapping and edits are still here.';
};

export const ApplyStep = ({ onApply }: { readonly onApply: () => void }): ReactElement => {
  const outcome = useDesk((state) => state.outcome);
  return <div className="step-body">{outcome === null ? <Before onApply={onApply} /> : <After outcome={outcome} />}</div>;
};
