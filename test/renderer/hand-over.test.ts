import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dropHandedOver, handedOver, handOver } from '../../renderer/client/handOver.ts';

/** The part of a window's storage that is used. */
const storage = (most = Infinity) => {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (text.length > most) throw new DOMException('too large', 'QuotaExceededError');
      texts.set(name, text);
    },
    removeItem: (name: string) => void texts.delete(name),
  };
};

beforeEach(() => void vi.stubGlobal('sessionStorage', storage()));
afterEach(() => void vi.unstubAllGlobals());

test('what a page leaves is there for the next one until it is kept', () => {
  handOver('ui.drafts', { 'orders/1/notes': 'Call Jo' });
  handOver('ui.peek', true);
  expect(handedOver()).toEqual({ 'ui.drafts': { 'orders/1/notes': 'Call Jo' }, 'ui.peek': true });
  expect(handedOver()).toHaveProperty('ui.peek');
  dropHandedOver();
  expect(handedOver()).toEqual({});
});

test.each(['', '{', '[1]', '7', '{"x":'])('text that is no such thing (%s) is nothing', (text) => {
  const kept = storage();
  kept.texts.set('workbench.handed-over', text);
  vi.stubGlobal('sessionStorage', kept);
  expect(handedOver()).toEqual({});
  handOver('ui.peek', true);
  expect(handedOver()).toEqual({ 'ui.peek': true });
});

test('a window without storage, or with too little, goes on', () => {
  vi.stubGlobal('sessionStorage', storage(5));
  expect(() => handOver('ui.drafts', 'long text')).not.toThrow();
  vi.stubGlobal('sessionStorage', undefined);
  expect(() => handOver('ui.drafts', 'text')).not.toThrow();
  expect(handedOver()).toEqual({});
});
