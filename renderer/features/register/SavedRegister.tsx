/** A register in a saved view: its filter is read before the first row is asked for. */
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { say } from '../../state/toasts.ts';
import type { RegisterInView } from './Register.tsx';
import { Register } from './Register.tsx';
import { isRemembered, recall, remember } from './remembered.ts';
import type { SavedView } from './saved.ts';
import { useColumns } from './useColumns.ts';
import { useFilters } from './useFilters.ts';
import { usePerson, useSetting } from './useSetting.ts';

type Props = RegisterInView & { readonly name: string; readonly saved: SavedView };

export const SavedRegister = ({ name, saved, ...props }: Props): ReactElement | null => {
  const setting = useSetting();
  const all = useColumns(name, props.table, setting, props.columns)?.all;
  const filters = useFilters(props.table, all, setting, usePerson());
  const [isReady, setIsReady] = useState(() => isRemembered(name));
  const [{ filter, sort }] = useState(saved);
  useEffect(() => {
    if (isReady || !filters || !all) return undefined;
    let isCurrent = true;
    const read = async (): Promise<void> => {
      const { readable, errors } = await filters.read(filter);
      if (!isCurrent) return;
      const [problem] = errors;
      if (problem) say(`Part of the filter of this view could not be read: ${problem.message}`, { tone: 'warning' });
      const known = sort.filter(({ field }) => all.some(({ key }) => key === field));
      const query = { ...recall(name).query, filter: readable.filter };
      remember(name, { query, unread: problem ? { text: filter, errors } : null, sort: known });
      setIsReady(true);
    };
    void read();
    return () => {
      isCurrent = false;
    };
  }, [isReady, filters, all, filter, sort, name]);
  return isReady ? <Register {...props} name={name} saved={saved} /> : null;
};
