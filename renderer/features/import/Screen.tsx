/** The import desk: file, mapping, check, apply. The head says where one is; one key goes on; nothing is written before the last step. */
import type { ReactElement } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { GridHandle } from '../../grid/handle.ts';
import { useSaid } from '../../state/announce.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { clearStatus } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ApplyStep, safety } from './ApplyStep.tsx';
import { apply, followEngine, runCheck, whenChecked } from './checking.ts';
import { CheckStep, placeOfRest } from './CheckStep.tsx';
import type { Desk, Step } from './desk.ts';
import { clearDesk, desk, nameOf, setDesk, steps, useDesk } from './desk.ts';
import { useFate } from './fate.ts';
import { FileStep } from './FileStep.tsx';
import { MapStep } from './MapStep.tsx';
import { countMapped, countWritten, questionsOf, resultsOf } from './mapping.ts';
import type { Question } from './mapping.ts';
import { isTypedRefused, nextWaiting } from './beside.ts';
import { hasToChoose, lookAgain, openNext, openPath } from './open.ts';
import { focusQuestion } from './Question.tsx';
import { Running } from './Running.tsx';
import { countOf, rowsOf } from './words.ts';
import './import.css';
import './cards.css';
import './mapping.css';
import './check.css';
import './narrow.css';

const titles: Readonly<Record<Step, string>> = { file: 'File', map: 'Map columns', check: 'Check', apply: 'Apply' };

/** What stands beside a step once there is something to say. */
const noteOf = (step: Step, state: Desk, isBack: boolean): string => {
  const { recipe, inspected, check, outcome } = state;
  if (step === 'file') return nameOf(state);
  if (step === 'map' && recipe !== null) {
    const { mapped, of } = countMapped(recipe, inspected);
    return `${mapped} of ${of}`;
  }
  if (step === 'check' && check !== null) {
    const wrong = check.results.error ?? 0;
    return countOf(wrong, 'error');
  }
  return step === 'apply' && outcome !== null ? (isBack ? 'taken back' : 'done') : '';
};

const goTo = (step: Step): void => setDesk({ step, error: null, notice: null });

const StepsHead = (): ReactElement => {
  const state = useDesk();
  const now = steps.indexOf(state.step);
  const { isBack } = useFate(state.outcome?.report.batch ?? null);
  const isDone = (at: number): boolean => at < now || (state.outcome !== null && !isBack);
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((step, at) => {
        const note = noteOf(step, state, isBack);
        const inner = (
          <>
            <span className="dotm">{isDone(at) ? <Icon name="tick" size={12} /> : at + 1}</span>
            <span className="step-n">{titles[step]}</span>
            {note !== '' && (
              <span className="muted small clip" title={note}>
                {note}
              </span>
            )}
          </>
        );
        const isReachable = at < now && state.outcome === null && state.busy?.what !== 'apply';
        return (
          <li key={step} className={at === now ? 'now' : isDone(at) ? 'done' : ''} aria-current={at === now ? 'step' : undefined}>
            {isReachable ? (
              <button type="button" onClick={() => goTo(step)}>
                {inner}
              </button>
            ) : (
              <span className="step">{inner}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
};

/** Goes from the mapping to the check: not before the questions are answered. */
const toCheck = (questions: readonly Question[]): void => {
  const [first] = questions;
  if (first !== undefined) {
    say(`Say first how ${first.header} is to be read.`, { tone: 'warning' });
    return focusQuestion();
  }
  const { check, isStale } = desk();
  goTo('check');
  if (check === null || isStale) void runCheck();
};

const start = async (): Promise<void> => {
  await whenChecked();
  const { leaveErrors, check } = desk();
  if (check === null || countWritten(resultsOf(check, leaveErrors)) === 0) return;
  const isLeaving = leaveErrors && (check.results.error ?? 0) > 0;
  const to = isLeaving ? await placeOfRest() : null;
  if (!isLeaving || to !== null) await apply(to);
};

const fail = (error: unknown): void => setDesk({ error });

const Failure = (): ReactElement | null => {
  const { error, notice, step } = useDesk();
  useSaid(notice ?? '');
  if (notice !== null) {
    return (
      <div className="bar info">
        <Icon name="undo" />
        <span className="grow">{notice}</span>
        <Button onClick={() => setDesk({ notice: null })}>Dismiss</Button>
      </div>
    );
  }
  if (error === null) return null;
  const again = (): void => {
    if (step === 'file' || step === 'map') void (desk().origin === null ? openPath(desk().typed) : lookAgain());
    else {
      goTo('check');
      void runCheck();
    }
  };
  return (
    <>
      <ErrorBar error={error} onRetry={again} onDismiss={() => setDesk({ error: null })} />
      {step === 'apply' && <p className="bar-more danger-t">{safety(error)}</p>}
    </>
  );
};

/** To where a step begins. */
const focusStep = (step: Step, grid: GridHandle | null): void => {
  if (step === 'map') focusQuestion();
  else if (step === 'check') grid?.focus();
  else {
    const first = step === 'file' ? '.import-desk [data-focus-first]' : '.import-desk .step-body .btn.primary';
    document.querySelector<HTMLElement>(first)?.focus();
  }
};

type HeadProps = { readonly onNext: () => void; readonly onBack: () => void; readonly blocked: string | undefined };

const nextWords = ({ step, check, leaveErrors, outcome }: Desk): string => {
  if (outcome !== null) return 'Next file';
  if (step === 'file') return 'Next';
  if (step === 'map') return 'Check every row';
  if (check === null) return 'Apply';
  const count = countWritten(resultsOf(check, leaveErrors));
  return `Apply ${rowsOf(count)}`;
};

const Head = ({ onNext, onBack, blocked }: HeadProps): ReactElement => {
  const state = useDesk();
  const isLast = state.step === 'apply';
  const whileApplying = state.busy?.what === 'apply' ? 'cancel the import first' : undefined;
  return (
    <div className="viewbar import-head">
      <h1>Import</h1>
      <StepsHead />
      <div className="acts">
        {state.step !== 'file' && state.outcome === null && (
          <Button onClick={onBack} command="import.back" blocked={whileApplying}>
            Back
          </Button>
        )}
        {state.step !== 'file' && state.outcome === null && (
          <Button onClick={() => clearDesk()} blocked={whileApplying}>
            Another file
          </Button>
        )}
        {!isLast && (
          <span data-goes-on>
            <Button kind="primary" command="import.next" onClick={onNext} blocked={blocked}>
              {nextWords(state)}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
};

const blockedBy = (
  { step, recipe, origin, typed, beside, inspected, reading, check, isStale, busy, error }: Desk,
  questions: readonly Question[],
): string | undefined => {
  if (busy?.what === 'read') return 'the file is being read';
  if (step === 'file' && origin === null && nextWaiting() === null) {
    if (typed.trim() === '') return 'choose a file first';
    if (isTypedRefused({ typed, beside })) return 'that file cannot be read: choose another, or try again once it is mended';
  }
  if (step === 'file') return inspected !== null && hasToChoose(inspected, reading) ? 'say first which sheet' : undefined;
  if (step === 'map') {
    const [first] = questions;
    return recipe === null ? 'there is no mapping yet' : first && `say how ${first.header} is to be read`;
  }
  if (check !== null && !isStale) return undefined;
  return error === null ? 'the rows are being checked' : 'the rows could not be checked: try again';
};

export const ImportScreen = (): ReactElement => {
  const state = useDesk();
  const { step, recipe, inspected, asked } = state;
  const grid = useRef<GridHandle>(null);
  const questions = useMemo(() => (recipe === null ? [] : questionsOf(recipe, inspected, asked)), [recipe, inspected, asked]);
  useEffect(() => followEngine(), []);
  useEffect(() => {
    if (step !== 'check') clearStatus();
    // The check and what is written find their own first place: their rows come later.
    if (step === 'file' || step === 'map') requestAnimationFrame(() => focusStep(step, grid.current));
  }, [step]);
  // A control that is gone leaves the focus nowhere. Before the frame, in which the window would look for a place itself.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusStep(desk().step, grid.current);
  });
  const onApply = (): void => void start().catch(fail);
  const next = async (): Promise<void> => {
    const { step: at, outcome, origin, typed, recipe: known, inspected: seen, reading } = desk();
    if (outcome !== null) return openNext();
    if (at === 'file' && desk().busy?.what === 'read') return;
    if (at === 'file') {
      if (seen !== null && hasToChoose(seen, reading)) return document.querySelector<HTMLElement>('.sheets button')?.focus();
      if (known !== null && seen !== null && origin !== null) return goTo('map');
      if (typed.trim() !== '' && !isTypedRefused(desk())) return openPath(typed.trim());
      return origin === null ? openNext() : lookAgain();
    }
    if (at === 'map') return toCheck(questions);
    if (at === 'apply') return onApply();
    grid.current?.commitOpen();
    await whenChecked();
    if (desk().check !== null && desk().error === null) goTo('apply');
  };
  const back = (): void => {
    const before = steps[steps.indexOf(desk().step) - 1];
    if (before !== undefined && desk().busy?.what !== 'apply') goTo(before);
  };
  const onNext = (): void => void next().catch(fail);
  useCommand('import.next', onNext);
  useCommand('import.back', step === 'file' || state.outcome !== null ? null : back);
  return (
    <div className="import-desk" data-where="import">
      <Head onNext={onNext} onBack={() => void runCommand('import.back')} blocked={blockedBy(state, questions)} />
      <Failure />
      <Running />
      {step === 'file' && <FileStep />}
      {step === 'map' && <MapStep questions={questions} />}
      {step === 'check' && <CheckStep grid={grid} />}
      {step === 'apply' && <ApplyStep onApply={onApply} />}
    </div>
  );
};
