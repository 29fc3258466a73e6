/** What is to be done of a claim and by when, by us or by the carrier, and the evidence there is and that is missing. */
import type { ReactElement } from 'react';
import { formatCell } from '../../../shared/domain/format.ts';
import { ErrorBar } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useSetting } from '../register/useSetting.ts';
import { useClaim, type ClaimStory } from './useClaim.ts';
import '../record/form-page.css';

type Deadline = ClaimStory['deadlines'][number];

const Row = ({ deadline }: { readonly deadline: Deadline }): ReactElement => {
  const setting = useSetting();
  const { label, due, done_on: doneOn } = deadline;
  const day = (value: string): string => formatCell({ kind: 'date' }, value, setting);
  const isLate = (doneOn ?? setting.today) > due;
  const stands = doneOn === null ? (isLate ? 'Overdue' : 'Open') : `Done ${day(doneOn)}${isLate ? ', late' : ''}`;
  return (
    <tr>
      <td>{label}</td>
      <td className="num one-line">{day(due)}</td>
      <td className={isLate ? 'one-line danger-t' : doneOn === null ? 'one-line' : 'one-line muted'}>{stands}</td>
    </tr>
  );
};

const Evidence = ({ story }: { readonly story: ClaimStory }): ReactElement => (
  <section className="sec" aria-label="Evidence">
    <h2 className="h3">
      Evidence <span className="muted">{story.evidence.length}</span>
    </h2>
    <ul className="checklist">
      {story.evidence.map(({ id, kind, name, file }) => (
        <li key={id}>
          <Icon name="tick" size={14} />
          {kind}
          <span className="muted">{[name === kind ? null : name, file].filter((part) => part !== null).join(', ')}</span>
        </li>
      ))}
      {story.missing.map((kind) => (
        <li key={kind}>
          <Icon name="draft" size={14} />
          {kind}
          <span className="warning-t">missing</span>
        </li>
      ))}
    </ul>
    {story.evidence.length + story.missing.length === 0 && <p className="muted">None yet.</p>}
  </section>
);

export const ClaimStoryView = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data: story, error, refetch } = useClaim(id);
  if (error) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (story === undefined) return null;
  return (
    <div className="record-story" data-testid="claim-story">
      {story.blocked !== null && (
        <section className="sec reason" aria-label="What is to do">
          <p className="warning-t">
            <Icon name="alert" size={14} /> {story.blocked}
          </p>
        </section>
      )}
      <section className="sec" aria-label="Deadlines">
        <h2 className="h3">Deadlines</h2>
        {story.deadlines.length === 0 ? (
          <p className="muted">None. They begin with the day of delivery; a claim that is over has none.</p>
        ) : (
          <table className="mini">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" className="num">
                  Last day
                </th>
                <th scope="col">Stands</th>
              </tr>
            </thead>
            <tbody>
              {story.deadlines.map((deadline) => (
                <Row key={deadline.kind} deadline={deadline} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <Evidence story={story} />
    </div>
  );
};
