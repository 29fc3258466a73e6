/** Help on the screen in front, and every command with its keys. One place, one key each (F1, Mod+/). */
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useInfo } from '../client/info.ts';
import { ShortcutTable } from '../features/settings/Shortcuts.tsx';
import { useCommand } from '../state/commands.ts';
import { activeTab, useTabs } from '../state/tabs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { KeyValue } from '../ui/KeyValue.tsx';
import { screenOf, screenOfTable } from './screens.ts';

type Sheet = 'help' | 'shortcuts' | 'about';

const ScreenHelp = ({ onShortcuts }: { readonly onShortcuts: () => void }): ReactElement => {
  const tab = useTabs(activeTab);
  const screen = tab.kind === 'screen' ? screenOf(tab.screen) : screenOfTable(tab.table);
  return (
    <div className="prose">
      {screen !== undefined && (
        <>
          <h3 className="h3">{screen.title}</h3>
          <p>{screen.about}</p>
        </>
      )}
      <h3 className="h3">Everywhere</h3>
      <p>
        Type into any cell; Enter goes down, Tab goes right. Everything is saved on this computer as you type. What breaks a rule
        is kept and marked, never thrown away: <Kbd of="problem.next" /> goes from one to the next.
      </p>
      <p>
        <Kbd of="edit.undo" /> takes back the last thing you did, on any screen. <Kbd of="palette.open" /> finds records and runs
        commands. <Kbd of="region.next" /> leaves the grid for the next part of the window.
      </p>
      <p>Roles and screens guide honest users on their own computer; they do not hide the file from whoever owns the computer.</p>
      <Button command="help.shortcuts" onClick={onShortcuts}>
        All shortcuts
      </Button>
    </div>
  );
};

const About = (): ReactElement | null => {
  const { data: info } = useInfo();
  if (info === undefined) return null;
  return (
    <KeyValue
      pairs={[
        { label: 'Version', value: info.version },
        { label: 'Data', value: info.path },
        { label: 'Schema', value: String(info.schema) },
        { label: 'Device', value: info.device.code },
        { label: 'Locale', value: info.locale },
      ]}
    />
  );
};

const titles: Readonly<Record<Sheet, string>> = { help: 'Help', shortcuts: 'Shortcuts', about: 'Account Workbench' };

export const Help = (): ReactElement | null => {
  const [sheet, setSheet] = useState<Sheet | null>(null);
  useCommand('help.open', () => setSheet('help'));
  useCommand('help.shortcuts', () => setSheet('shortcuts'));
  useCommand('help.about', () => setSheet('about'));
  if (sheet === null) return null;
  return (
    <Dialog title={titles[sheet]} isWide={sheet === 'shortcuts'} onClose={() => setSheet(null)}>
      {sheet === 'shortcuts' ? (
        <ShortcutTable />
      ) : sheet === 'help' ? (
        <ScreenHelp onShortcuts={() => setSheet('shortcuts')} />
      ) : (
        <About />
      )}
    </Dialog>
  );
};
