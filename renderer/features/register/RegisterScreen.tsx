/**
 * The screen of a register. Accounts, contacts, products, partners and orders are this with their own columns and
 * views, followed by those that were saved; a view may show another table, as the catalogue does with its groups.
 */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import type { TableName } from '../../../shared/model/index.ts';
import { useLatest } from '../../grid/useLatest.ts';
import { flashLater, onFlash } from '../../state/flash.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { chooseView, useChosenView } from './choice.ts';
import type { RegisterProps } from './Register.tsx';
import { Register } from './Register.tsx';
import { forget } from './remembered.ts';
import type { SavedView } from './saved.ts';
import { keyOfSaved, useSavedViews } from './saved.ts';
import { SavedRegister } from './SavedRegister.tsx';
import type { RegisterView } from './Views.tsx';

export type { RegisterView } from './Views.tsx';

const none: readonly SavedView[] = [];

const viewOf = ({ id, name, table }: SavedView): RegisterView => ({
  key: keyOfSaved(id),
  label: name,
  filter: null,
  table,
  isSaved: true,
});

/** Rows of a table that is not in front were asked for: the view that has them comes to the front, and then marks them. */
const OnFlash = ({ table, onRows }: { readonly table: TableName; readonly onRows: () => void }): null => {
  const latest = useLatest(onRows);
  useEffect(
    () =>
      onFlash(table, (rows) => {
        flashLater(table, rows);
        latest.current();
      }),
    [table, latest],
  );
  return null;
};

/** What makes new rows on a screen makes rows of its own table only. */
const ofOther = (props: RegisterProps): RegisterProps => {
  const { create: _, Entry: __, ...rest } = props;
  return rest;
};

export const RegisterScreen = (props: RegisterProps): ReactElement => {
  const { screen, table } = props;
  const all = useSavedViews();
  const own = (all ?? none).filter((one) => one.screen === screen);
  const views = [...props.views, ...own.map(viewOf)];
  const chosen = useChosenView(screen);
  // A view that was saved a moment ago is shown as soon as it is among the others.
  const [made, setMade] = useState<string | null>(null);
  const isThere = made !== null && own.some(({ id }) => id === made);
  useEffect(() => {
    if (made !== null && isThere) chooseView(screen, keyOfSaved(made));
  }, [made, isThere, screen]);
  const [resets, setResets] = useState(0);
  const view = views.find(({ key }) => key === chosen) ?? views[0];
  if (!view) return <EmptyState text="There is no view here." />;
  const saved = own.find(({ id }) => keyOfSaved(id) === view.key) ?? null;
  const shown = view.table ?? table;
  const tables = props.views.map((one) => one.table ?? table);
  const others = tables.filter((one, at) => one !== shown && tables.indexOf(one) === at);
  const name = saved ? `${screen}.${view.key}` : `${screen}.${shown}`;
  const given = {
    ...(shown === table ? props : ofOther(props)),
    name,
    view,
    views,
    table: shown,
    onView: (key: string) => chooseView(screen, key),
    onMade: setMade,
    onNamed: (sought: string) => {
      const named = views.find(({ label }) => label.toLowerCase() === sought.trim().toLowerCase());
      if (named) chooseView(screen, named.key);
      return named !== undefined;
    },
    onReset: () => {
      forget(name);
      setResets((n) => n + 1);
    },
  };
  return (
    <>
      {others.map((other) => (
        <OnFlash key={other} table={other} onRows={() => chooseView(screen, props.views[tables.indexOf(other)]?.key ?? '')} />
      ))}
      {saved ? (
        <SavedRegister {...given} key={`${view.key}.${resets}`} saved={saved} />
      ) : (
        <Register {...given} key={shown} saved={null} />
      )}
    </>
  );
};
