/**
 * What happened to the lines of an order, and when: the quantities stand as all there is, to be typed smaller. What
 * cannot be is said here by the engine, and everything typed stays.
 */
import type { KeyboardEvent, ReactElement } from 'react';
import { useEffect, useState } from 'react';
import { fromScaled } from '../../../shared/domain/decimal.ts';
import { formatScaled } from '../../../shared/domain/format.ts';
import { styleOf } from '../../../shared/domain/locale.ts';
import { fieldOf } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { useReading, type Reading } from '../record/useReading.ts';
import { useSetting } from '../register/useSetting.ts';
import { usualOf, type Deed, type FulfilmentLine, type Recorded } from './deeds.ts';
import { canSwap, SentProduct } from './SentProduct.tsx';
import { StepFoot } from '../../ui/StepFoot.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOnce } from '../../ui/useOnce.ts';

type Props = {
  readonly id: string;
  readonly deed: Deed;
  /** Why it was refused, in words; null where it is done. */
  readonly onRecord: (recorded: Recorded) => Promise<string | null>;
  readonly onClose: () => void;
};

const nameOf = (line: FulfilmentLine, at: number): string => `Line ${line.position ?? at + 1}`;

type QuantitiesProps = {
  readonly deed: Deed;
  readonly lines: readonly FulfilmentLine[];
  readonly texts: readonly string[];
  /** Lines of which the usual substitute goes out. */
  readonly swapped: ReadonlySet<string>;
  /** Of an order that ships complete, beside a quantity that would leave something open; null = nothing. */
  readonly partial: (at: number) => string | null;
  readonly onText: (at: number, text: string) => void;
  readonly onSwap: (line: string, isSwapped: boolean) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const Quantities = ({ deed, lines, texts, swapped, partial, onText, onSwap, onKeyDown }: QuantitiesProps): ReactElement => {
  const { locale } = useSetting();
  const shown = (qty: bigint | string): string => formatScaled(String(qty), 6, 0, 6, locale);
  return (
    <table className="mini fulfil">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Product</th>
          <th scope="col" className="num">
            Ordered
          </th>
          <th scope="col" className="num">
            {deed.most}
          </th>
          <th scope="col" className="num">
            Quantity
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          <tr key={line.id}>
            <td>{line.position ?? at + 1}</td>
            <td>
              {canSwap(deed, line) ? (
                <SentProduct
                  line={line}
                  name={nameOf(line, at)}
                  isSwapped={swapped.has(line.id)}
                  onSwap={(isSwapped) => onSwap(line.id, isSwapped)}
                />
              ) : (
                line.product
              )}
            </td>
            <td className="num">{shown(line.ordered)}</td>
            <td className="num">{shown(usualOf(deed, line))}</td>
            <td className="num">
              <input
                className="input num"
                aria-label={`Quantity, ${nameOf(line, at)}`}
                aria-invalid={partial(at) !== null}
                aria-describedby={partial(at) === null ? undefined : `partial-${line.id}`}
                value={texts[at] ?? ''}
                onChange={(event) => onText(at, event.target.value)}
                onFocus={(event) => event.target.select()}
                onKeyDown={onKeyDown}
              />
              {partial(at) !== null && (
                <span id={`partial-${line.id}`} className="err">
                  {partial(at)}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

type Typed = {
  readonly deed: Deed;
  readonly isCompleteOnly: boolean;
  readonly lines: readonly FulfilmentLine[];
  readonly texts: readonly string[];
  readonly swapped: ReadonlySet<string>;
};
type Said = { readonly on: Reading; readonly by: Recorded['by']; readonly reason: string; readonly consent: string };

const PARTIAL = 'Ships complete: all of it, or close the rest short first';

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Whether a quantity leaves some of a line open that is to go out. */
const isPart = (deed: Deed, line: FulfilmentLine, qty: unknown): boolean =>
  deed.kind === 'shipped' && BigInt(typeof qty === 'number' ? qty : 0) < BigInt(line.open);

/** What was typed, as it is handed over; or what is wrong with it. */
const gather = (
  { deed, isCompleteOnly, lines, texts, swapped }: Typed,
  { on, by, reason, consent }: Said,
  read: ReturnType<typeof useReading>,
): Recorded | string => {
  const quantities = lines.map((line, at) => ({ line, ...read('decimal', nameOf(line, at), texts[at] ?? '') }));
  const bad = quantities.find(({ error }) => error !== null)?.error ?? on.error;
  if (bad !== null) return `${bad}.`;
  if (typeof on.value !== 'string') return 'Type a date.';
  const part = quantities.find(({ line, value }) => isCompleteOnly && isPart(deed, line, value));
  if (part !== undefined) return `${nameOf(part.line, lines.indexOf(part.line))}: ${PARTIAL}.`;
  const said = quantities.flatMap(({ line, value }) =>
    typeof value === 'number' && value !== 0
      ? [
          {
            line: line.id,
            qty: deed.isBack ? -value : value,
            substitute: swapped.has(line.id) ? (line.substitute?.id ?? null) : null,
          },
        ]
      : [],
  );
  if (said.length === 0) return lines.length === 0 ? deed.nothing : 'Type a quantity on a line.';
  if (deed.needsReason && reason.trim() === '') return 'Say why: it stands in the history of the order.';
  if (said.some(({ substitute }) => substitute !== null) && consent.trim() === '')
    return 'Say who of the customer agreed to what goes out instead.';
  return { kind: deed.kind, on: on.value, lines: said, by, reason: textOrNull(reason), consent: textOrNull(consent) };
};

const doneBy = fieldOf('fulfilments', 'done_by');
const byOptions = (doneBy?.kind === 'choice' ? doneBy.choices : []).flatMap(({ key, label }) =>
  key === 'us' || key === 'customer' ? [{ value: key, label } as const] : [],
);

type Found = { readonly lines: readonly FulfilmentLine[]; readonly isCompleteOnly: boolean };

const Form = ({ deed, lines, isCompleteOnly, onRecord, onClose }: Omit<Props, 'id'> & Found): ReactElement => {
  const { today, locale } = useSetting();
  const read = useReading();
  const [day, setDay] = useState(today);
  const [reason, setReason] = useState('');
  const [consent, setConsent] = useState('');
  const [swapped, setSwapped] = useState<ReadonlySet<string>>(new Set());
  const [by, setBy] = useState<Recorded['by']>(deed.by);
  const [refusal, setRefusal] = useState<string | null>(null);
  const point = styleOf(locale).decimal;
  const [texts, setTexts] = useState(() => lines.map((line) => fromScaled(usualOf(deed, line), 6).replace('.', point)));
  const on = read('date', deed.on, day);
  const gathered = gather({ deed, isCompleteOnly, lines, texts, swapped }, { on, by, reason, consent }, read);
  const record = useOnce(async () => {
    if (typeof gathered === 'string') setRefusal(gathered);
    else setRefusal(await onRecord(gathered));
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') record();
  };
  const partial = (at: number): string | null => {
    const line = lines[at];
    const { value = null, error = null } = line === undefined ? {} : read('decimal', nameOf(line, at), texts[at] ?? '');
    return isCompleteOnly && line !== undefined && error === null && isPart(deed, line, value) ? PARTIAL : null;
  };
  return (
    <Dialog
      title={deed.title}
      onClose={onClose}
      isWide
      foot={
        <StepFoot label={deed.title} blocked={typeof gathered === 'string' ? gathered : null} onDone={record} onClose={onClose} />
      }
    >
      {deed.needsReason && <TextField label="Reason" isRequired value={reason} onText={setReason} onEnter={record} />}
      {deed.asksBy && (
        <Field label="By">
          {(control) => <Select {...control} value={by} options={byOptions} onChange={(next) => setBy(next ?? 'us')} />}
        </Field>
      )}
      <TextField label={deed.on} error={on.error} value={day} onText={setDay} onEnter={record} />
      {lines.length === 0 ? (
        <p>{deed.nothing}</p>
      ) : (
        <Quantities
          deed={deed}
          lines={lines}
          texts={texts}
          swapped={swapped}
          partial={partial}
          onSwap={(line, isSwapped) =>
            setSwapped((now) => new Set([...now].filter((one) => one !== line).concat(isSwapped ? [line] : [])))
          }
          onText={(at, text) => setTexts((now) => now.with(at, text))}
          onKeyDown={onKeyDown}
        />
      )}
      {swapped.size > 0 && (
        <TextField label="Agreed by" isRequired value={consent} maxLength={200} onText={setConsent} onEnter={record} />
      )}
      <p className="err" role="alert">
        {refusal}
      </p>
    </Dialog>
  );
};

/** Reads the lines once: what is typed is not taken away while others record something. The engine judges what is handed over. */
export const FulfilDialog = ({ id, deed, onRecord, onClose }: Props): ReactElement | null => {
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    client['orders.fulfilment']({ id }).then(
      ({ lines, is_complete_only: isCompleteOnly }) =>
        setFound({ lines: lines.filter((line) => usualOf(deed, line) > 0n), isCompleteOnly }),
      (failure: unknown) => setError(messageOf(failure)),
    );
  }, [id, deed]);
  if (error !== null)
    return (
      <Dialog title={deed.title} onClose={onClose}>
        <p role="alert">{error}</p>
      </Dialog>
    );
  return found && <Form deed={deed} {...found} onRecord={onRecord} onClose={onClose} />;
};
