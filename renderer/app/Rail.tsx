/** The way between screens. Narrow, it keeps its names for assistive technology and as tooltips. */
import type { ReactElement } from 'react';
import { useCounts, useInfo } from '../client/info.ts';
import { activeTab, openScreen, useTabs } from '../state/tabs.ts';
import { useUi } from '../state/ui.ts';
import { IconButton, shortcuts } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import type { Screen } from './screens.ts';
import { screens, screenOfTable } from './screens.ts';
import { useHasNoRoom, useIsRailNarrow } from './useRail.ts';

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/u).filter(Boolean);
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
};

const Item = ({ screen, isCurrent, count }: { screen: Screen; isCurrent: boolean; count: number | undefined }): ReactElement => (
  <li>
    <button
      type="button"
      className={isCurrent ? 'nav on' : 'nav'}
      aria-current={isCurrent ? 'page' : undefined}
      data-focus-first={isCurrent || undefined}
      title={screen.title}
      aria-keyshortcuts={shortcuts(`go.${screen.id}`)}
      onClick={() => openScreen(screen.id)}
    >
      <Icon name={screen.icon} />
      <span className="nav-l">{screen.title}</span>
      {count !== undefined && count > 0 && <span className="nav-n">{count.toLocaleString()}</span>}
      <span className="nav-k" aria-hidden="true">
        <Kbd of={`go.${screen.id}`} />
      </span>
    </button>
  </li>
);

export const Rail = (): ReactElement => {
  const { data: info } = useInfo();
  const counts = useCounts();
  const hasNoRoom = useHasNoRoom();
  const isNarrow = useIsRailNarrow();
  const tab = useTabs(activeTab);
  const current = tab.kind === 'screen' ? tab.screen : screenOfTable(tab.table)?.id;
  const name = info?.company?.name || info?.file || 'Account Workbench';
  const main = screens.filter((screen) => screen.digit !== undefined);
  const rest = screens.filter((screen) => screen.digit === undefined);
  const item = (screen: Screen): ReactElement => (
    <Item
      key={screen.id}
      screen={screen}
      isCurrent={screen.id === current}
      count={screen.table === undefined ? undefined : counts[screen.table]}
    />
  );
  return (
    <nav className={isNarrow ? 'rail mini' : 'rail'} aria-label="Screens" data-region="rail">
      <div className="rail-top">
        <span className="ws" title={[name, info?.path].filter(Boolean).join('\n')}>
          {name}
        </span>
        <IconButton
          icon="rail"
          label={isNarrow ? 'Widen the rail' : 'Narrow the rail'}
          command="rail.toggle"
          blocked={hasNoRoom ? 'the window is too small for names' : undefined}
          onClick={() => useUi.setState({ isRailNarrow: !isNarrow })}
        />
      </div>
      <div className="rail-list">
        <ul>{main.map(item)}</ul>
        {main.length > 0 && <hr className="rail-sep" />}
        <ul>{rest.map(item)}</ul>
      </div>
      {info?.person != null && (
        <div className="rail-foot" title={info.person.name}>
          <span className="avatar" aria-hidden="true">
            {initialsOf(info.person.name)}
          </span>
          <span className="nav-l">{info.person.name}</span>
        </div>
      )}
    </nav>
  );
};
