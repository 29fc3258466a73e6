/** How the file was read and why: encoding, separator or sheet, dates, numbers. Each can be changed in its place. */
import type { ReactElement, ReactNode } from 'react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CommandId } from '../../../shared/commands.ts';
import { useCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Option } from '../../ui/Select.tsx';
import { Select } from '../../ui/Select.tsx';
import { desk, useDesk } from './desk.ts';
import { datesOf, encodings, fileEvidence, numbersOf, separators } from './evidence.ts';
import { withDates, withNumbers } from './mapping.ts';
import { readAs, setMapping } from './open.ts';
import type { DateOrder, Evidence } from './types.ts';
import { countOf } from './words.ts';

/** Of a closed card. */
const REASONS = 2;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type CardProps = {
  readonly title: string;
  readonly icon: IconName;
  readonly command: CommandId;
  readonly evidence: Evidence;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** The control that changes it; null where it cannot be changed. */
  readonly children: ((label: string) => ReactNode) | null;
};

const Card = ({ title, icon, command, evidence, isOpen, onToggle, children }: CardProps): ReactElement => {
  const body = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const shown = isOpen || children === null ? evidence.because : evidence.because.slice(0, REASONS);
  const more = evidence.because.length - shown.length;
  const close = useEffectEvent(onToggle);
  useEffect(() => {
    const place = body.current;
    const back = button.current;
    if (!isOpen || place === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' && event.key !== 'Enter') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    place.addEventListener('keydown', onKeyDown);
    place.querySelector('select')?.focus();
    return () => {
      place.removeEventListener('keydown', onKeyDown);
      back?.focus();
    };
  }, [isOpen]);
  return (
    <article className="ev" aria-label={title}>
      <h2 className="h3">
        <Icon name={icon} size={14} />
        {title}
        {children !== null && (
          <Button kind="flat" ref={button} command={command} onClick={onToggle}>
            {isOpen ? 'Done' : 'Change'}
          </Button>
        )}
      </h2>
      {isOpen && children !== null ? (
        <div ref={body} className="ev-change">
          {children(title)}
        </div>
      ) : (
        <p className="ev-a">
          <b>{upperFirst(evidence.answer)}</b>
          {!evidence.sure && <span className="warning-t small">not certain</span>}
        </p>
      )}
      {shown.map((reason) => (
        <p className="ev-r" key={reason}>
          {upperFirst(reason)}
        </p>
      ))}
      {more > 0 && <p className="ev-r muted">{countOf(more, 'more reason')}, seen with Change</p>}
    </article>
  );
};

const orders: readonly Option<DateOrder>[] = [
  { value: 'dmy', label: 'Day first: 31/12/2026' },
  { value: 'mdy', label: 'Month first: 12/31/2026' },
  { value: 'ymd', label: 'Year first: 2026/12/31' },
];
const marks: readonly Option<'.' | ','>[] = [
  { value: '.', label: 'Decimal point: 1,234.56' },
  { value: ',', label: 'Decimal comma: 1.234,56' },
];

type Turn = (command: CommandId) => { readonly command: CommandId; readonly isOpen: boolean; readonly onToggle: () => void };

const FormatCards = ({ turn }: { readonly turn: Turn }): ReactElement => {
  const { recipe, inspected, check, entry } = useDesk();
  const own = recipe?.files.length === 1 ? inspected : null;
  const read = { recipe, inspected: own, check, entry };
  const columns = Object.values(recipe?.files[entry]?.columns ?? {});
  /** What every column that says it says. */
  const shared = <V extends string>(values: readonly (V | undefined)[]): V | null => {
    const said = [...new Set(values.filter((value) => value !== undefined))];
    return said.length === 1 ? (said[0] ?? null) : null;
  };
  const dates = datesOf(read);
  const numbers = numbersOf(read);
  return (
    <>
      <Card title="Dates" icon="calendar" {...turn('import.dates')} evidence={dates}>
        {recipe === null
          ? null
          : (label) => (
              <Select
                label={label}
                value={shared(columns.map(({ dateOrder }) => dateOrder))}
                options={orders}
                empty="As each column shows"
                onChange={(order) => setMapping(withDates(recipe, entry, own, order))}
              />
            )}
      </Card>
      <Card title="Numbers" icon="group" {...turn('import.numbers')} evidence={numbers}>
        {recipe === null
          ? null
          : (label) => (
              <Select
                label={label}
                value={shared(columns.map(({ decimal }) => decimal))}
                options={marks}
                empty="As each column shows"
                onChange={(mark) => setMapping(withNumbers(recipe, entry, own, mark))}
              />
            )}
      </Card>
    </>
  );
};

const none: Evidence = { answer: 'Read with the check', sure: true, because: [] };

export const Cards = (): ReactElement => {
  const { recipe, inspected, check, entry, reading } = useDesk();
  const evidence = fileEvidence({ recipe, inspected, check, entry });
  const isText = inspected?.kind === 'text';
  const sheets = inspected?.kind === 'workbook' ? inspected.sheets : null;
  const [open, setOpen] = useState<CommandId | null>(null);
  const toggle = (command: CommandId) => (): void => setOpen((now) => (now === command ? null : command));
  const turn: Turn = (command) => ({ command, isOpen: open === command, onToggle: toggle(command) });
  useCommand('import.encoding', isText ? toggle('import.encoding') : null);
  useCommand('import.separator', isText || sheets !== null ? toggle('import.separator') : null);
  useCommand('import.dates', recipe === null ? null : toggle('import.dates'));
  useCommand('import.numbers', recipe === null ? null : toggle('import.numbers'));
  return (
    <section className="evs" aria-label="How the file was read">
      <Card title="Text encoding" icon="file" {...turn('import.encoding')} evidence={evidence?.encoding ?? none}>
        {isText
          ? (label) => (
              <Select
                label={label}
                value={reading.encoding}
                options={encodings.map((value) => ({ value, label: value }))}
                empty="As found"
                onChange={(encoding) => void readAs({ encoding })}
              />
            )
          : null}
      </Card>
      {sheets === null ? (
        <Card title="Separator" icon="columns" {...turn('import.separator')} evidence={evidence?.delimiter ?? none}>
          {isText
            ? (label) => (
                <Select
                  label={label}
                  value={reading.delimiter}
                  options={separators}
                  empty="As found"
                  onChange={(delimiter) => void readAs({ delimiter, headerRow: null })}
                />
              )
            : null}
        </Card>
      ) : (
        <Card
          title="Sheet"
          icon="table"
          {...turn('import.separator')}
          evidence={{
            answer: inspected?.sheet ?? '',
            sure: true,
            because: [`${sheets.length} ${sheets.length === 1 ? 'sheet' : 'sheets'} in this workbook`],
          }}
        >
          {(label) => (
            <Select
              label={label}
              value={desk().reading.sheet ?? inspected?.sheet ?? null}
              options={sheets.map(({ name, hidden }) => ({ value: name, label: hidden ? `${name} (hidden)` : name }))}
              onChange={(sheet) => sheet !== null && void readAs({ sheet, headerRow: null })}
            />
          )}
        </Card>
      )}
      <FormatCards turn={turn} />
    </section>
  );
};
