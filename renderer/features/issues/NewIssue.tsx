/** What a new issue asks over the page it is opened from: of what kind, what it is, how bad, and when to come back to it. */
import type { ReactElement } from 'react';
import { caseKinds, severities } from '../../../shared/domain/sla/kinds.ts';
import { client } from '../../client/client.ts';
import { openRecord } from '../../state/tabs.ts';
import { AskDialog, type Question } from '../invoice/AskDialog.tsx';
import { tryStep } from '../order/tryStep.ts';
import { dropNewIssue, useNewIssue } from './newIssue.ts';

const choices = (words: readonly { readonly key: string; readonly label: string }[]): Question['options'] =>
  words.map(({ key, label }) => ({ value: key, label }));

export const NewIssue = (): ReactElement | null => {
  const wanted = useNewIssue((state) => state.wanted);
  if (wanted === null) return null;
  const { about, account, order, title, kind } = wanted;
  const questions: readonly Question[] = [
    { key: 'kind', label: 'Type', kind: 'choice', options: choices(caseKinds), start: kind },
    { key: 'title', label: 'Title', kind: 'text', start: title },
    { key: 'severity', label: 'Severity', kind: 'choice', options: choices(severities), start: 'sev3' },
    { key: 'follow', label: 'Follow up', kind: 'moment', isOptional: true },
  ];
  return (
    <AskDialog
      title="New issue"
      note={about}
      questions={questions}
      currency=""
      onClose={dropNewIssue}
      onDone={async (answers) => {
        const refusal = await tryStep('Issue opened.', async () => {
          const made = await client['cases.open']({
            account,
            order,
            title: String(answers['title']),
            kind: caseKinds.find(({ key }) => key === answers['kind'])?.key ?? kind,
            severity: severities.find(({ key }) => key === answers['severity'])?.key ?? 'sev3',
            follow_up: typeof answers['follow'] === 'number' ? answers['follow'] : null,
            screen: 'screen:issues',
          });
          openRecord('cases', made.id, String(answers['title']));
        });
        if (refusal === null) dropNewIssue();
        return refusal;
      }}
    />
  );
};
