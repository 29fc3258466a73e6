/** The bar of the last paste (UX.md 2.5): what arrived, what needs attention, and the keys that lead there. Said politely. */
import type { ReactElement } from 'react';
import { useEffect } from 'react';
import { useChanged } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { useSaid } from '../../state/announce.ts';
import { runCommand } from '../../state/commands.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { showKeys } from '../../ui/platform.ts';
import { tablesBehind } from '../behind.ts';
import type { Display } from '../display.ts';
import type { GridSource } from '../source.ts';
import { coalesce } from '../source.ts';
import type { PasteSession } from './session.ts';
import { applyFix, describePaste, endPaste, refreshPaste, toggleOnly, usePaste } from './session.ts';

/** Without an engine the count stays what it was. */
const refresh = coalesce(() => refreshPaste(client).catch(() => undefined));

type Props = { readonly source: GridSource; readonly display: Display; readonly onLeave: () => void };

const Actions = ({ session, display, onLeave }: { readonly session: PasteSession } & Omit<Props, 'source'>): ReactElement => {
  const { bad, fix, isOnly, byHeaders, isLast, step } = session;
  const back = (act: () => void) => (): void => {
    act();
    onLeave();
  };
  return (
    <>
      {bad.length > 0 && (
        <Button kind="flat" onClick={() => runCommand('problem.next')}>
          <kbd>{showKeys('problem.next')}</kbd> next
        </Button>
      )}
      {(bad.length > 0 || isOnly) && (
        <Button kind="flat" isOn={isOnly} onClick={back(toggleOnly)}>
          {isOnly ? 'Show all' : 'Show only these'}
        </Button>
      )}
      {fix && (
        <Button kind="flat" onClick={back(() => void applyFix(client, display))}>
          Apply same fix to {fix.like.length} like it
        </Button>
      )}
      {byHeaders && isLast && (
        <Button kind="flat" onClick={back(byHeaders)}>
          Map by header
        </Button>
      )}
      {step !== null && (
        <Button kind="flat" onClick={back(() => runCommand('edit.undo'))}>
          <kbd>{showKeys('edit.undo')}</kbd> undo
        </Button>
      )}
    </>
  );
};

export const PasteBar = ({ source, display, onLeave }: Props): ReactElement | null => {
  const session = usePaste((state) => (state.session?.source === source ? state.session : null));
  useChanged([source.table, ...tablesBehind(source.table)], () => void refresh());
  useEffect(
    () => () => {
      if (usePaste.getState().session?.source === source) endPaste();
    },
    [source],
  );
  const isShown = session !== null && !session.isUndone;
  const said = isShown ? [describePaste(session), ...session.notes].join('. ') : '';
  useSaid(said);
  return (
    <div className={isShown ? 'paste-bar' : 'vh'} data-region={isShown ? 'paste' : undefined} data-testid="paste-bar">
      <div className="row grow">
        {isShown && (
          <>
            <Icon name={session.bad.length > 0 ? 'alert' : 'tick'} size={14} />
            <span className="tnum">{describePaste(session)}</span>
            {session.notes.length > 0 && <span className="muted small">{`${session.notes.join('. ')}.`}</span>}
          </>
        )}
      </div>
      {isShown && (
        <>
          <Actions session={session} display={display} onLeave={onLeave} />
          <IconButton
            icon="x"
            size={14}
            label="Close"
            onClick={() => {
              endPaste();
              onLeave();
            }}
          />
        </>
      )}
    </div>
  );
};
