/** The boxes that any page can open: a new task, a note, a promise, each about the record in view. */
import type { KeyboardEvent, ReactElement } from 'react';
import { isTableName } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import { dropDraft, useDraft } from '../../state/drafts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { say } from '../../state/toasts.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { useRecordName } from '../record/useRow.ts';
import type { Asking } from './asking.ts';
import { stopAsking, useAsking } from './asking.ts';
import { LineField } from './LineField.tsx';
import { LogForm } from './LogForm.tsx';
import { useOnce } from '../../ui/useOnce.ts';

const words = {
  task: { title: 'New task', label: 'Task', hint: 'chase POD fri 10:00 !1', method: 'tasks.add', done: 'Task added' },
  promise: {
    title: 'New promise',
    label: 'We promised',
    hint: 'new lids by fri',
    method: 'commitments.add',
    done: 'Promise noted',
  },
} as const;

const About = ({ about }: { readonly about: string }): ReactElement | null => {
  const [table = '', id = ''] = about.split('/');
  return isTableName(table) ? <AboutRecord table={table} id={id} /> : null;
};

const AboutRecord = (of: { readonly table: Parameters<typeof useRecordName>[0]; readonly id: string }): ReactElement => (
  <p className="t2">About {useRecordName(of.table, of.id)}</p>
);

const LineDialog = ({ kind, about }: { readonly kind: 'task' | 'promise'; readonly about: string | null }): ReactElement => {
  const { title, label, hint, method, done } = words[kind];
  const draft = `${kind}/${about ?? 'new'}`;
  const [text, setText] = useDraft(draft);
  const missing = text.trim() === '' ? `Type ${kind === 'task' ? 'what is to be done' : 'what was promised'} first.` : null;
  const save = useOnce(async () => {
    if (missing !== null) return;
    try {
      await client[method]({ line: text, about });
      dropDraft(draft);
      stopAsking();
      sayUndoable(done);
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
  };
  return (
    <Dialog
      title={title}
      onClose={stopAsking}
      foot={<StepFoot label={title} blocked={missing} onDone={save} onClose={stopAsking} />}
    >
      {about !== null && <About about={about} />}
      <LineField
        label={label}
        placeholder={about === null ? `${hint} @account` : hint}
        text={text}
        onText={setText}
        onKeyDown={onKeyDown}
        needsDay={kind === 'promise'}
        subject={about}
      />
    </Dialog>
  );
};

const Ask = ({ kind, about }: Asking): ReactElement | null => {
  if (kind !== 'note') return <LineDialog kind={kind} about={about} />;
  if (about === null) return null;
  return (
    <Dialog title="Log a contact" onClose={stopAsking} isWide>
      <About about={about} />
      <LogForm about={about} onClose={stopAsking} />
    </Dialog>
  );
};

export const FollowUps = (): ReactElement | null => {
  const { asking } = useAsking();
  return asking && <Ask {...asking} />;
};
