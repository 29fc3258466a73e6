/** The open pages, the way back and forward, search and New. Arrows move within the tabs, as tabs do. */
import type { KeyboardEvent, ReactElement } from 'react';
import { useRef } from 'react';
import { runCommand, useCommandRegistry } from '../state/commands.ts';
import type { Tab } from '../state/tabs.ts';
import { closeTab, cycleTab, goBack, goForward, keyOf, showTab, useTabs } from '../state/tabs.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { CreateMenu } from './CreateMenu.tsx';
import { iconOfTable, screenOf } from './screens.ts';
import { tableOf } from '../../shared/model/index.ts';

const iconOf = (tab: Tab) => (tab.kind === 'screen' ? (screenOf(tab.screen)?.icon ?? 'file') : iconOfTable(tab.table));
export const titleOf = (tab: Tab): string =>
  tab.kind === 'screen' ? (screenOf(tab.screen)?.title ?? tab.screen) : tab.title || tableOf(tab.table).one;

const Page = ({ tab, isCurrent, isOnly }: { tab: Tab; isCurrent: boolean; isOnly: boolean }): ReactElement => (
  <span className={isCurrent ? 'tab on' : 'tab'} role="presentation">
    <button
      type="button"
      role="tab"
      className="tab-b"
      aria-selected={isCurrent}
      aria-controls={isCurrent ? 'page' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      data-focus-first={isCurrent || undefined}
      title={titleOf(tab)}
      onClick={() => showTab(keyOf(tab))}
      onAuxClick={(event) => event.button === 1 && closeTab(keyOf(tab))}
    >
      <Icon name={iconOf(tab)} size={14} />
      <span className="tab-t">{titleOf(tab)}</span>
    </button>
    {isCurrent && !isOnly && (
      <button
        type="button"
        className="tab-x"
        tabIndex={-1}
        aria-label={`Close ${titleOf(tab)}`}
        onClick={() => closeTab(keyOf(tab))}
      >
        <Icon name="x" size={12} />
      </button>
    )}
  </span>
);

export const TabStrip = (): ReactElement => {
  const { tabs, active, past, future } = useTabs();
  const strip = useRef<HTMLDivElement>(null);
  const canSearch = useCommandRegistry(({ handlers }) => (handlers.get('palette.open')?.length ?? 0) > 0);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    cycleTab(by);
    requestAnimationFrame(() => strip.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <header className="strip" data-region="tabs">
      <IconButton
        icon="arr-l"
        label="Back"
        command="go.back"
        blocked={past.length === 0 ? 'this is the first page' : undefined}
        onClick={goBack}
      />
      <IconButton
        icon="arr-r"
        label="Forward"
        command="go.forward"
        blocked={future.length === 0 ? 'this is the last page' : undefined}
        onClick={goForward}
      />
      <div className="tabs" role="tablist" aria-label="Open pages" tabIndex={-1} ref={strip} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <Page key={keyOf(tab)} tab={tab} isCurrent={keyOf(tab) === active} isOnly={tabs.length === 1} />
        ))}
      </div>
      <button type="button" className="find-all" disabled={!canSearch} onClick={() => runCommand('palette.open')}>
        <Icon name="search" size={14} />
        <span>Search or run a command</span>
        <Kbd of="palette.open" />
      </button>
      <CreateMenu />
    </header>
  );
};
