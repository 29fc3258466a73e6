/**
 * The open pages, the way back and forward, search and New. Arrows walk along the tabs without leaving them. Many tabs
 * shrink, then scroll; the list names them all.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useRef } from 'react';
import { runCommand } from '../state/commands.ts';
import type { Tab } from '../state/tabs.ts';
import { closeTab, cycleTab, goBack, goForward, keyOf, showTab, useTabs } from '../state/tabs.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { CreateMenu } from './CreateMenu.tsx';
import { TabList } from './TabList.tsx';
import { iconOfTab, titleOf } from './tabNames.ts';

/** Keeps the tab in front in sight, also when it gets its name or its neighbours grow. */
const keepInView = (tab: HTMLElement | null): (() => void) | undefined => {
  if (tab === null) return undefined;
  const observer = new ResizeObserver(() => tab.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  observer.observe(tab);
  if (tab.parentElement !== null) observer.observe(tab.parentElement);
  return () => observer.disconnect();
};

type PageProps = {
  readonly tab: Tab;
  readonly isCurrent: boolean;
  readonly isOnly: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const Page = ({ tab, isCurrent, isOnly, onKeyDown }: PageProps): ReactElement => (
  <li className={isCurrent ? 'tab on' : 'tab'} ref={isCurrent ? keepInView : null}>
    <button
      type="button"
      className="tab-b"
      aria-current={isCurrent ? 'page' : undefined}
      tabIndex={isCurrent ? 0 : -1}
      data-focus-first={isCurrent || undefined}
      title={titleOf(tab)}
      onClick={() => showTab(keyOf(tab))}
      onAuxClick={(event) => event.button === 1 && closeTab(keyOf(tab))}
      onKeyDown={onKeyDown}
    >
      <Icon name={iconOfTab(tab)} size={14} />
      <span className="tab-t">{titleOf(tab)}</span>
    </button>
    {isCurrent && !isOnly && (
      // The key of the command closes it from anywhere; this is for the mouse.
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
  </li>
);

const Pages = (): ReactElement => {
  const { tabs, active } = useTabs();
  const list = useRef<HTMLUListElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Tells the page that comes up to leave the focus here.
    list.current?.setAttribute('data-walking', '');
    cycleTab(by);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-current="page"]')?.focus());
  };
  return (
    <nav className="tabs" aria-label="Open pages">
      <ul
        ref={list}
        onWheel={({ deltaX, deltaY, currentTarget }) => {
          if (deltaX === 0) currentTarget.scrollLeft += deltaY;
        }}
        onPointerDown={() => list.current?.removeAttribute('data-walking')}
      >
        {tabs.map((tab) => (
          <Page key={keyOf(tab)} tab={tab} isCurrent={keyOf(tab) === active} isOnly={tabs.length === 1} onKeyDown={onKeyDown} />
        ))}
      </ul>
    </nav>
  );
};

export const TabStrip = (): ReactElement => {
  const { past, future } = useTabs();
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
      <Pages />
      <TabList />
      <button type="button" className="find-all" onClick={() => runCommand('palette.open')}>
        <Icon name="search" size={14} />
        <span>Search or run a command</span>
        <Kbd of="palette.open" />
      </button>
      <CreateMenu />
    </header>
  );
};
