/**
 * Conflicts, one after another: what stands, what was written beside it and on what, and the choice between them. A choice
 * is an ordinary change: it reaches the team and undo takes it back. Ticked ones are decided together. Moves that could not
 * be made, as a confirmation of what somebody had cancelled, are among them.
 */
import type { ReactElement } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { recordName } from '../../../shared/model/record-name.ts';
import { isTableName, tableNames } from '../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../shared/model/registers.ts';
import { useEngine } from '../../client/cache.ts';
import { useFormat } from '../../client/info.ts';
import { useCommand } from '../../state/commands.ts';
import { openRecord } from '../../state/tabs.ts';
import { say } from '../../state/toasts.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorBar, messageOf } from '../../ui/ErrorBar.tsx';
import type { Choice } from './decide.ts';
import { decide, keyOf } from './decide.ts';
import type { Conflict } from './team.ts';
import { isOfMoves, sayChoices, sayMove, whyNotTake } from './reviewWords.ts';
import { focusCard, focusedKey, useFocus } from './reviewFocus.ts';
import { useSync } from './team.ts';
import { labelOf, sayAuthor, sayMoment, sayValue } from './words.ts';

const MOST = 200;

/** The keys of the values beside what stands, in their order; what comes after has a button only. */
const takes = [
  'sync.take',
  'sync.take2',
  'sync.take3',
  'sync.take4',
  'sync.take5',
  'sync.take6',
  'sync.take7',
] as const satisfies readonly CommandId[];

type CardProps = {
  readonly conflict: Conflict;
  readonly isTicked: boolean;
  readonly isEditing: boolean;
  readonly onTick: () => void;
  readonly onChoose: (choice: Choice) => void;
  readonly onEdit: (isEditing: boolean) => void;
};

const Edit = ({
  label,
  start,
  onText,
  onLeave,
}: {
  label: string;
  /** What stands, to be typed over or mended. */
  start: string;
  onText: (text: string) => void;
  onLeave: () => void;
}): ReactElement => {
  const [text, setText] = useState(start);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  return (
    <div className="row">
      <input
        ref={input}
        className="input"
        aria-label={label}
        value={text}
        maxLength={10_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onText(text);
          if (event.key === 'Escape') onLeave();
        }}
      />
      <Button onClick={() => onText(text)}>Write it</Button>
      <Button onClick={onLeave}>Not now</Button>
    </div>
  );
};

const Card = ({ conflict, isTicked, isEditing, onTick, onChoose, onEdit }: CardProps): ReactElement | null => {
  const format = useFormat();
  const { table, row, field, title, now, heads, isGone } = conflict;
  const key = keyOf(conflict);
  const wasEditing = useRef(false);
  useLayoutEffect(() => {
    // Whoever typed goes on where they were.
    if (wasEditing.current && !isEditing && document.activeElement === document.body) focusCard(key);
    wasEditing.current = isEditing;
  }, [isEditing, key]);
  if (!isTableName(table)) return null;
  const name = recordName(table, title);
  const label = labelOf(table, field);
  const isMove = isOfMoves(conflict);
  const { what, beside, keep, take } = sayChoices(table, conflict);
  return (
    <li className="sync-conflict" data-conflict={key}>
      <div className="row">
        <input type="checkbox" checked={isTicked} aria-label={`Decide ${label} of ${name} with others`} onChange={onTick} />
        <h2 className="h3 grow">{`${name}: ${what}`}</h2>
        {isGone && <span className="muted">deleted</span>}
        <button type="button" className="link" onClick={() => openRecord(table, row, title)}>
          Open
        </button>
      </div>
      <table className="mini">
        <tbody>
          <tr>
            <th scope="row">Stands</th>
            <td>
              <b>{sayValue(table, field, now, format)}</b>
            </td>
            <td>
              <span className="who">{sayAuthor(now)}</span>
            </td>
            <td colSpan={2}>{sayMoment(now.at)}</td>
            <td className="num">
              <Button command="sync.keep" onClick={() => onChoose({ how: 'keep' })}>
                {keep}
              </Button>
            </td>
          </tr>
          {heads.map((head, at) => (
            <tr key={`${head.stamp}/${head.deviceId}`}>
              <th scope="row">{beside}</th>
              <td>
                <b>{sayValue(table, field, head, format)}</b>
              </td>
              <td>
                <span className="who">{sayAuthor(head)}</span>
              </td>
              <td>{sayMoment(head.at)}</td>
              <td className="muted">{sayMove(table, field, head, format)}</td>
              <td className="num">
                <Button
                  {...(takes[at] === undefined ? {} : { command: takes[at] })}
                  blocked={whyNotTake(head)}
                  onClick={() => onChoose({ how: 'take', head: at })}
                >
                  {take}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isEditing ? (
        <Edit
          label={`${label} of ${name}`}
          start={now.value === null ? '' : sayValue(table, field, now, format)}
          onText={(text) => onChoose({ how: 'edit', field: fieldOfRegister(field), text })}
          onLeave={() => onEdit(false)}
        />
      ) : (
        field !== '_st' &&
        !isMove && (
          <div className="row">
            <Button command="sync.edit" onClick={() => onEdit(true)}>
              Write something else
            </Button>
          </div>
        )
      )}
    </li>
  );
};

/** The conflicts of the record that was asked for first. */
const inOrder = (fields: readonly Conflict[], record: string | null): readonly Conflict[] =>
  record === null ? fields : fields.toSorted((a, b) => Number(isOf(b, record)) - Number(isOf(a, record)));
const isOf = ({ table, row }: Conflict, record: string): boolean => `${table}/${row}` === record;

export const Review = (): ReactElement => {
  const { data, error, isFetching, refetch } = useEngine('sync.review', { limit: MOST }, { tables: tableNames, isKept: true });
  const record = useSync((state) => state.record);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<string | null>(null);
  const conflicts = inOrder(data?.fields ?? [], record);
  const noteDecided = useFocus(conflicts, data !== undefined && !isFetching);
  const choose = (choice: Choice, at: string | null): void | false => {
    // The ticked ones go together; one that is not ticked is decided where its own button is, by itself.
    const isOfTicked = choice.how !== 'edit' && (at === null || ticked.has(at));
    const wanted = conflicts.filter((one) => (isOfTicked ? ticked.has(keyOf(one)) : keyOf(one) === at));
    if (wanted.length === 0) return false;
    if (choice.how === 'take' && wanted.some(({ heads }) => heads[choice.head] === undefined)) {
      if (wanted.length > 1) say('Not all that are ticked have so many values beside them.');
      return wanted.length > 1 ? undefined : false;
    }
    const blocked = choice.how === 'take' ? wanted.map(({ heads }) => whyNotTake(heads[choice.head])).find(Boolean) : undefined;
    if (blocked !== undefined) {
      say(blocked);
      return;
    }
    const decided = (): void => {
      noteDecided(wanted);
      if (isOfTicked) setTicked(new Set());
      setEditing(null);
    };
    // What was typed stays until it is written.
    void decide(wanted, choice).then(decided, (reason: unknown) => say(messageOf(reason), { tone: 'danger' }));
  };
  useCommand('sync.keep', () => choose({ how: 'keep' }, focusedKey()));
  const take = (head: number) => (): void | false => choose({ how: 'take', head }, focusedKey());
  useCommand('sync.take', take(0));
  useCommand('sync.take2', take(1));
  useCommand('sync.take3', take(2));
  useCommand('sync.take4', take(3));
  useCommand('sync.take5', take(4));
  useCommand('sync.take6', take(5));
  useCommand('sync.take7', take(6));
  useCommand('sync.edit', () =>
    setEditing(conflicts.some((one) => keyOf(one) === focusedKey() && !isOfMoves(one)) ? focusedKey() : null),
  );
  if (error !== null) return <ErrorBar error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <p className="muted">Looking …</p>;
  if (conflicts.length === 0)
    return (
      <EmptyState text="Nothing to decide. What two people did to one record without knowing of each other is listed here." />
    );
  const toggle = (key: string): void =>
    setTicked((before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]));
  return (
    <ol className="sync-conflicts" data-where="review">
      {conflicts.map((conflict) => {
        const key = keyOf(conflict);
        return (
          <Card
            key={key}
            conflict={conflict}
            isTicked={ticked.has(key)}
            isEditing={editing === key}
            onTick={() => toggle(key)}
            onChoose={(choice) => choose(choice, key)}
            onEdit={(isEditing) => setEditing(isEditing ? key : null)}
          />
        );
      })}
      {data.count > conflicts.length && (
        <li className="muted">{`${data.count.toLocaleString()} in all; the newest are listed.`}</li>
      )}
    </ol>
  );
};
