/** What happened to an issue, newest first: who, when, what; a time that was corrected says when it was noted. */
import type { ReactElement } from 'react';
import { formatCell, formatInstant } from '../../../shared/domain/format.ts';
import { eventKinds } from '../../../shared/domain/sla/kinds.ts';
import { useSetting } from '../register/useSetting.ts';
import type { Story } from './useIssue.ts';

export const Thread = ({ story }: { readonly story: Story }): ReactElement => {
  const setting = useSetting();
  return (
    <section className="sec" aria-label="Thread">
      <h2 className="h3">Thread {story.events.length}</h2>
      <ol className="thread">
        {story.events.map(({ id, kind, at, recorded, is_corrected: isCorrected, by, text, resume_on: until, channel }) => (
          <li key={id}>
            <div>
              <b>{by ?? 'Workbench'}</b>{' '}
              <span className="t2">
                {formatInstant(at, setting)}, {eventKinds.find((one) => one.key === kind)?.label.toLowerCase() ?? kind}
                {channel !== null && `, ${channel.toLowerCase()}`}
                {isCorrected && `, noted ${formatInstant(recorded, setting)}`}
              </span>
            </div>
            {(text !== null || until !== null) && (
              <p>
                {[text, until && `until ${formatCell({ kind: 'date' }, until, setting)}`]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
};
