/** Every open page in a menu, for when the strip cannot show them all. */
import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { keyOf, showTab, useTabs } from '../state/tabs.ts';
import { Icon } from '../ui/Icon.tsx';
import { iconOfTab, titleOf } from './tabNames.ts';

export const TabList = (): ReactElement | null => {
  const { tabs, active } = useTabs();
  if (tabs.length < 2) return null;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="ib" aria-label={`All ${tabs.length} open pages`} title="All open pages">
        <Icon name="chev-d" size={14} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="pop-place" sideOffset={4} align="end">
          <Menu.Popup className="pop menu tab-list">
            {tabs.map((tab) => (
              <Menu.Item
                key={keyOf(tab)}
                className="option"
                aria-current={keyOf(tab) === active ? 'page' : undefined}
                onClick={() => showTab(keyOf(tab))}
              >
                <Icon name={iconOfTab(tab)} size={14} />
                <span className="tab-t">{titleOf(tab)}</span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
