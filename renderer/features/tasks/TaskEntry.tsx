/** The line above the tasks that takes a new one: what, @account, day, !priority. It stays, so that the next can follow. */
import type { ReactElement } from 'react';
import { useRef } from 'react';
import { client } from '../../client/client.ts';
import { announce } from '../../state/announce.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { draftOf, dropDraft, useDraft } from '../../state/drafts.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { LineField } from './LineField.tsx';
import { useOnce } from '../../ui/useOnce.ts';

const DRAFT = 'tasks/new';

export const TaskEntry = ({ onLeave }: { readonly onLeave: () => void }): ReactElement => {
  const [text, setText] = useDraft(DRAFT);
  const input = useRef<HTMLInputElement>(null);
  useCommand('new.task', () => input.current?.focus());
  const add = useOnce(async () => {
    if (text.trim() === '') return;
    try {
      const { unread } = await client['tasks.add']({ line: text, screen: 'screen:tasks' });
      // What was typed while it was added is the next task.
      if (draftOf(DRAFT) === text) dropDraft(DRAFT);
      markSaved(Date.now());
      announce(
        'message',
        unread.length === 0
          ? 'Task added'
          : `Task added; ${unread.map(({ text: part, why }) => `${part} stays in it: ${why}`).join('; ')}`,
      );
      runCommand('filter.apply');
    } catch (error) {
      say(messageOf(error), { tone: 'danger' });
    }
  });
  return (
    <div className="task-entry" data-region="entry">
      <LineField
        ref={input}
        label="New task"
        placeholder="Type a task. @account, date, !priority"
        text={text}
        onText={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) add();
          if (event.key === 'Escape' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeave();
          }
        }}
      />
    </div>
  );
};
