/**
 * The menu bar, made from the one table of commands. The page handles the keys (it knows where the focus is), so
 * they are shown here and not registered; choosing an item tells the page. Cut, copy and paste are the system's own, so that
 * they work in any text and the page hears its clipboard events; they stand once. Nothing reloads the page.
 */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commands, isCommandId, menus, type Command, type CommandId } from '../../shared/commands.ts';
import { toAccelerator } from './accelerator.ts';

type MenuName = Command['menu'];
type Platform = keyof Command['keys'];

const titles: Readonly<Record<MenuName, string>> = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  go: 'Go',
  record: 'Record',
  window: 'Window',
  help: 'Help',
};
const systems: Readonly<Partial<Record<CommandId, 'cut' | 'copy' | 'paste'>>> = {
  'grid.cut': 'cut',
  'grid.copy': 'copy',
  'grid.paste': 'paste',
};

const toItem = (command: Command, platform: Platform, choose: (id: string) => void): MenuItemConstructorOptions => {
  const role = isCommandId(command.id) ? systems[command.id] : undefined;
  if (role !== undefined) return { id: command.id, label: command.title, role };
  const [chord] = command.keys[platform];
  const accelerator = chord === undefined ? undefined : toAccelerator(chord);
  return {
    id: command.id,
    label: command.title,
    click: () => choose(command.id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  };
};

const shellItems = (name: MenuName, platform: Platform): readonly MenuItemConstructorOptions[] => {
  if (name === 'edit') return [{ type: 'separator' }, { role: 'selectAll' }];
  if (name === 'window') return [{ type: 'separator' }, { role: 'minimize' }, { role: 'togglefullscreen' }];
  // On macOS the app's own menu has it.
  if (name === 'file' && platform === 'win') return [{ type: 'separator' }, { role: 'quit' }];
  return [];
};

/** The menu's contents, as data. */
const describeMenu = (platform: Platform, choose: (id: string) => void): readonly MenuItemConstructorOptions[] => [
  ...(platform === 'mac' ? [{ role: 'appMenu' } as const] : []),
  ...menus.map((name): MenuItemConstructorOptions => {
    const own = commands.filter(
      (command: Command) => command.menu === name && command.quiet !== true && command.where !== 'start',
    );
    return {
      label: titles[name],
      submenu: [...own.map((command) => toItem(command, platform, choose)), ...shellItems(name, platform)],
    };
  }),
];

export const setMenu = (platform: Platform, choose: (id: string) => void): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate([...describeMenu(platform, choose)]));
