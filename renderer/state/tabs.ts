/**
 * The open pages: screens and records, the one in front, and the way back. Kept per device, so that a restart
 * opens where the person was.
 */
import { create } from 'zustand';
import type { TableName } from '../../shared/model/index.ts';
import { isTableName } from '../../shared/model/index.ts';

export const screenIds = [
  'today',
  'accounts',
  'quotes',
  'orders',
  'bookings',
  'invoices',
  'issues',
  'claims',
  'returns',
  'tasks',
  'catalogue',
  'contacts',
  'partners',
  'import',
  'sync',
  'settings',
] as const;
export type ScreenId = (typeof screenIds)[number];

export type Tab =
  | { readonly kind: 'screen'; readonly screen: ScreenId }
  | { readonly kind: 'record'; readonly table: TableName; readonly id: string; readonly title: string };

type State = {
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly past: readonly string[];
  readonly future: readonly string[];
};

const LONGEST_PAST = 50;

/** What a tab is known by: one tab per screen and per record. */
export const keyOf = (tab: Tab): string => (tab.kind === 'screen' ? `screen:${tab.screen}` : `${tab.table}/${tab.id}`);

const home: Tab = { kind: 'screen', screen: 'accounts' };

export const useTabs = create<State>(() => ({ tabs: [home], active: keyOf(home), past: [], future: [] }));

/** The tab in front. There always is one: the last tab cannot be closed. */
export const activeTab = ({ tabs, active }: Pick<State, 'tabs' | 'active'>): Tab =>
  tabs.find((tab) => keyOf(tab) === active) ?? tabs[0] ?? home;

const show = (state: State, key: string): Partial<State> =>
  key === state.active ? {} : { active: key, past: [...state.past, state.active].slice(-LONGEST_PAST), future: [] };

const open = (tab: Tab): void =>
  useTabs.setState((state) => {
    const key = keyOf(tab);
    const isOpen = state.tabs.some((t) => keyOf(t) === key);
    return { tabs: isOpen ? state.tabs : [...state.tabs, tab], ...show(state, key) };
  });

export const openScreen = (screen: ScreenId): void => open({ kind: 'screen', screen });

/** Opens a record's page. The title is what the tab says until the record is loaded. */
export const openRecord = (table: TableName, id: string, title = ''): void => open({ kind: 'record', table, id, title });

export const showTab = (key: string): void => useTabs.setState((state) => show(state, key));

/** Gives a record's tab its current name. */
export const titleTab = (table: TableName, id: string, title: string): void =>
  useTabs.setState((state) =>
    state.tabs.some((t) => t.kind === 'record' && t.table === table && t.id === id && t.title !== title)
      ? { tabs: state.tabs.map((t) => (t.kind === 'record' && t.table === table && t.id === id ? { ...t, title } : t)) }
      : state,
  );

/** Closes a tab and shows the one last looked at. The last tab stays. */
export const closeTab = (key?: string): void =>
  useTabs.setState((state) => {
    const closing = key ?? state.active;
    const index = state.tabs.findIndex((t) => keyOf(t) === closing);
    if (index < 0 || state.tabs.length === 1) return state;
    const tabs = state.tabs.filter((t) => keyOf(t) !== closing);
    const isOpen = (k: string): boolean => tabs.some((t) => keyOf(t) === k);
    const past = state.past.filter(isOpen);
    const future = state.future.filter(isOpen);
    if (state.active !== closing) return { tabs, past, future };
    const neighbour = tabs[Math.min(index, tabs.length - 1)] ?? home;
    return { tabs, active: past.at(-1) ?? keyOf(neighbour), past: past.slice(0, -1), future };
  });

/** Moves through the strip, round the end. */
export const cycleTab = (by: 1 | -1): void =>
  useTabs.setState((state) => {
    const index = state.tabs.findIndex((t) => keyOf(t) === state.active);
    const next = state.tabs[(index + by + state.tabs.length) % state.tabs.length];
    return next === undefined ? state : show(state, keyOf(next));
  });

export const goBack = (): void =>
  useTabs.setState((state) => {
    const to = state.past.at(-1);
    return to === undefined ? state : { active: to, past: state.past.slice(0, -1), future: [state.active, ...state.future] };
  });

export const goForward = (): void =>
  useTabs.setState((state) => {
    const [to, ...future] = state.future;
    return to === undefined ? state : { active: to, past: [...state.past, state.active], future };
  });

/** Shows a page by the name a step of undo keeps, opening it again where it was closed. */
export const reopenTab = (key: string): void => {
  const tab = tabOf(key);
  if (tab !== null) open(tab);
};

const tabOf = (key: string): Tab | null => {
  const screen = screenIds.find((id) => key === `screen:${id}`);
  if (screen !== undefined) return { kind: 'screen', screen };
  const [table = '', id = ''] = key.split('/');
  return isTableName(table) && id !== '' ? { kind: 'record', table, id, title: '' } : null;
};

/** What is kept over a restart. */
export const pickTabs = ({ tabs, active }: State): { tabs: string[][]; active: string } => ({
  tabs: tabs.map((tab) => [keyOf(tab), tab.kind === 'record' ? tab.title : '']),
  active,
});

/** Reads what was kept; anything that is no tab is left out. */
export const readTabs = (value: unknown): Partial<State> => {
  const { tabs, active } = (typeof value === 'object' && value !== null ? value : {}) as { tabs?: unknown; active?: unknown };
  const read = (Array.isArray(tabs) ? (tabs as unknown[]) : []).flatMap((entry) => {
    const [key, title] = (Array.isArray(entry) ? entry : []) as unknown[];
    const tab = typeof key === 'string' ? tabOf(key) : null;
    return tab === null ? [] : [tab.kind === 'record' && typeof title === 'string' ? { ...tab, title } : tab];
  });
  const first = read[0];
  if (first === undefined) return {};
  return { tabs: read, active: read.some((tab) => keyOf(tab) === active) ? String(active) : keyOf(first), past: [], future: [] };
};
