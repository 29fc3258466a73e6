/**
 * Gives the notices the engine says are due: by the system, where the host has it; by the browser, where the person allowed
 * it; else in the status bar. What was given is told to the engine, which says it once. A click opens the record.
 */
import type { Events } from '../../shared/contract/events.ts';
import { asOneNotice } from '../../shared/domain/notices/due.ts';
import { isTableName } from '../../shared/model/index.ts';
import { isAllowed, showInBrowser } from '../client/browserNotices.ts';
import { client, host, onEvent } from '../client/client.ts';
import { openScreen } from '../state/tabs.ts';
import { say } from '../state/toasts.ts';
import { showRecord } from './showRecord.ts';

type Item = Events['due']['items'][number];
type Shown = Pick<Item, 'key' | 'title' | 'body'>;

/** The one that stands for many. */
const MANY = 'many';
/** Notices that can still be clicked. */
const MOST_KEPT = 100;

/** What a click opens, by key; the oldest go first. */
const records = new Map<string, Item['record']>();

const keep = (items: readonly Item[]): void => {
  for (const { key, record } of items) {
    records.delete(key);
    records.set(key, record);
  }
  for (const key of [...records.keys()].slice(0, Math.max(0, records.size - MOST_KEPT))) records.delete(key);
};

const open = (key: string): void => {
  const record = records.get(key);
  if (record !== undefined && isTableName(record.table)) showRecord(record.table, record.id);
  else openScreen('today');
};

const noticesOf = (items: readonly Item[]): readonly Shown[] => {
  const one = asOneNotice(items);
  return one === null ? items.map(({ key, title, body }) => ({ key, title, body })) : [{ key: MANY, ...one }];
};

const sayAll = (notices: readonly Shown[]): void => {
  const [first] = notices;
  if (first === undefined) return;
  const text = notices.map(({ title }) => title).join('. ');
  const key = notices.length === 1 ? first.key : MANY;
  say(text, { tone: 'warning', action: { label: 'Open', run: () => open(key) } });
};

const give = async ({ badge, items }: Events['due']): Promise<void> => {
  keep(items);
  const notices = noticesOf(items);
  const { shown } = await host['host.notify']({ badge, notices: [...notices] }).catch(() => ({ shown: false }));
  if (notices.length === 0) return;
  if (!shown && isAllowed()) for (const notice of notices) showInBrowser(notice, open);
  else if (!shown) sayAll(notices);
  await client['local.told']({ keys: items.map(({ key }) => key) });
};

/** Starts listening. Called once, at boot. */
export const followNotices = (): void => {
  // What could not be given now comes again with the next look.
  onEvent('due', (due) => void give(due).catch(() => undefined));
  onEvent('host.notice', ({ key }) => open(key));
};
