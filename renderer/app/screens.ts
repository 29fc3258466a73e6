/**
 * The screens there are, in the order of the rail, and the page and panel of each kind of record. What is not
 * built is not here, and so not in the rail; a digit stays with its screen.
 */
import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import type { TableName } from '../../shared/model/index.ts';
import type { ScreenId } from '../state/tabs.ts';
import type { IconName } from '../ui/Icon.tsx';

export type Screen = {
  readonly id: ScreenId;
  readonly title: string;
  readonly icon: IconName;
  /** The `Mod` digit that goes there. */
  readonly digit?: number;
  /** The register it shows: its count stands in the rail. */
  readonly table?: TableName;
  /** What `New` makes here. */
  readonly create?: CommandId;
  /** Two or three sentences for F1. */
  readonly about: string;
  readonly Component: LazyExoticComponent<ComponentType>;
};

type OfRecord = LazyExoticComponent<ComponentType<{ readonly id: string }>>;

export const screens: readonly Screen[] = [
  {
    id: 'import',
    title: 'Import',
    icon: 'import',
    about:
      'Reads files of other systems with a recipe. Check reads everything and writes nothing; Import writes all of it as one undo step, or nothing.',
    Component: lazy(() => import('../features/import/Screen.tsx').then((m) => ({ default: m.ImportScreen }))),
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: 'settings',
    about: 'The company, its people, how this computer shows things, every shortcut, and where the data lies.',
    Component: lazy(() => import('../features/settings/Screen.tsx').then((m) => ({ default: m.SettingsScreen }))),
  },
];

/** How each kind of record is made, from anywhere. */
export const creators: Partial<Record<CommandId, () => Promise<void>>> = {};

/** The full page of a record. Tables without one are shown on their screen with the panel open. */
export const recordPages: Partial<Record<TableName, OfRecord>> = {};

/** The panel of a record. Tables without one get their fields listed. */
export const recordPanels: Partial<Record<TableName, OfRecord>> = {};

export const screenOf = (id: ScreenId): Screen | undefined => screens.find((screen) => screen.id === id);

export const screenOfTable = (table: string): Screen | undefined => screens.find((screen) => screen.table === table);

/** The icon of a kind of record: that of its screen. */
export const iconOfTable = (table: string): IconName => (table === 'people' ? 'user' : (screenOfTable(table)?.icon ?? 'file'));
