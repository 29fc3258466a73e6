/** What waits for its legal number (N1): posted here in one step, or where it waits for its device. */
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { openInvoiceOf } from './openInvoiceOf.ts';

type Posted = OutputOf<WorkbenchContract['numbers.post']>;

const many = (count: number): string => (count === 1 ? '1 document' : `${count} documents`);

const sayPosted = ({ posted }: Posted): string => {
  const [first, last] = [posted[0]?.number, posted.at(-1)?.number];
  if (first === undefined || last === undefined) return 'Nothing was posted.';
  return posted.length === 1 ? `Posted as ${first}.` : `${many(posted.length)} posted: ${first} to ${last}.`;
};

/** What was refused and still waits: once it is posted or waits no more, there is nothing to say of it. */
export const stillRefused = (refused: Posted['refused'], waiting: readonly { readonly id: string }[]): Posted['refused'] =>
  refused.filter(({ id }) => waiting.some((one) => one.id === id));

/** A credit note has no page: it is on that of its invoice. */
const open = async ({ table, id, name }: Posted['refused'][number]): Promise<void> => {
  if (table === 'invoices') return openRecord('invoices', id, name);
  const note = await client['records.get']({ table, id });
  if (note !== null) openInvoiceOf(note);
};

const useWaiting = () => useEngine('numbers.waiting', {}, { tables: ['invoices', 'credit_notes', 'settings'] }).data;

export const PostingNotice = (): ReactElement | null => {
  const data = useWaiting();
  const [refused, setRefused] = useState<Posted['refused']>([]);
  const [isBusy, setBusy] = useState(false);
  const post = async (): Promise<void> => {
    setBusy(true);
    try {
      const done = await client['numbers.post']({ screen: 'invoices' });
      setRefused(done.refused);
      markSaved(Date.now());
      say(sayPosted(done), done.posted.length === 0 ? { tone: 'danger' } : {});
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    } finally {
      setBusy(false);
    }
  };
  const here = data?.waiting.filter(({ refusal }) => refusal === null).length ?? 0;
  useCommand('invoice.post', here > 0 && !isBusy ? post : null);
  const first = data?.waiting.find(({ refusal }) => refusal !== null);
  if (data === undefined || data.waiting.length === 0) return null;
  const waits = (count: number): string => `${many(count)} ${count === 1 ? 'waits' : 'wait'}`;
  return (
    <>
      {here > 0 && (
        <section className="bar quiet" aria-label="Ready to post">
          <Icon name="note" />
          <span className="grow">{waits(here)} for a legal number here.</span>
          <Button
            command="invoice.post"
            blocked={isBusy ? 'it is being posted' : undefined}
            onClick={() => void runCommand('invoice.post')}
          >
            Post
          </Button>
        </section>
      )}
      {first !== undefined && (
        <section className="bar quiet" aria-label="Posted elsewhere">
          <Icon name="note" />
          <span className="grow">{`${waits(data.waiting.length - here)} for a legal number. ${first.refusal}`}</span>
        </section>
      )}
      {stillRefused(refused, data.waiting).map((one) => (
        <section key={one.id} className="bar quiet" role="alert">
          <Icon name="alert" />
          <span className="grow">{`${one.name} was not posted: ${one.why}`}</span>
          <button type="button" className="link" aria-label={`Open ${one.name}`} onClick={() => void open(one)}>
            Open
          </button>
        </section>
      ))}
    </>
  );
};
