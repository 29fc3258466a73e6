/** The open pages: one tab each, the way back, closing, and what a restart gives back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { readUi } from '../../renderer/app/restore.ts';
import {
  activeTab,
  closeTab,
  cycleTab,
  goBack,
  goForward,
  keyOf,
  openRecord,
  openScreen,
  pickTabs,
  readTabs,
  reopenTab,
  titleTab,
  useTabs,
} from '../../renderer/state/tabs.ts';

const A = '0190a000-0000-7000-8000-00000000000a';
const B = '0190a000-0000-7000-8000-00000000000b';
const names = (): readonly string[] => useTabs.getState().tabs.map(keyOf);
const active = (): string => useTabs.getState().active;

beforeEach(() => useTabs.setState(useTabs.getInitialState(), true));

describe('tabs', () => {
  it('opens a page once and shows it again', () => {
    openScreen('orders');
    openRecord('orders', A);
    openScreen('orders');
    expect(names()).toEqual(['screen:accounts', 'screen:orders', `orders/${A}`]);
    expect(active()).toBe('screen:orders');
  });

  it('goes back and forward, and a new page ends the way forward', () => {
    openScreen('orders');
    openRecord('orders', A);
    goBack();
    expect(active()).toBe('screen:orders');
    goBack();
    goForward();
    expect(active()).toBe('screen:orders');
    openScreen('settings');
    goForward();
    expect(active()).toBe('screen:settings');
  });

  it('closing shows the page looked at before, and the last page stays', () => {
    openScreen('orders');
    openRecord('orders', A);
    closeTab();
    expect(active()).toBe('screen:orders');
    closeTab('screen:accounts');
    closeTab();
    expect(names()).toEqual(['screen:orders']);
    goBack();
    expect(active()).toBe('screen:orders');
  });

  it('goes round the strip', () => {
    openScreen('orders');
    cycleTab(1);
    expect(active()).toBe('screen:accounts');
    cycleTab(-1);
    expect(active()).toBe('screen:orders');
  });

  it('opens a closed page again by the name a step of undo keeps', () => {
    reopenTab(`orders/${B}`);
    expect(activeTab(useTabs.getState())).toEqual({ kind: 'record', table: 'orders', id: B, title: '' });
    reopenTab('nowhere/at/all');
    expect(active()).toBe(`orders/${B}`);
  });

  it('comes back after a restart with its titles', () => {
    openRecord('accounts', A);
    titleTab('accounts', A, 'Harbour Foods');
    const kept: unknown = JSON.parse(JSON.stringify(pickTabs(useTabs.getState())));
    expect(readTabs(kept)).toMatchObject({ active: `accounts/${A}`, tabs: [{ kind: 'screen' }, { title: 'Harbour Foods' }] });
  });

  it.each([[null], ['x'], [{ tabs: 'no' }], [{ tabs: [['screen:unknown', ''], 7], active: 'x' }]])(
    'reads nothing from %j',
    (value) => {
      expect(readTabs(value)).toEqual({});
    },
  );
});

describe('looks', () => {
  it('takes only what this version knows', () => {
    expect(readUi({ theme: 'dark', density: 'huge', textSize: 125, isRailNarrow: 'yes' })).toEqual({
      theme: 'dark',
      textSize: 125,
    });
    expect(readUi(null)).toEqual({});
  });
});
