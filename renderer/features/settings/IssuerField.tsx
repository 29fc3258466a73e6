/** Who gives the legal numbers of a kind of document: one device of the team, or each its own (N1). */
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useId } from 'react';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { withDevice, withoutDevice } from '../../../shared/domain/numbering.ts';
import { client } from '../../client/client.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { sayMoment } from '../sync/words.ts';

type Numbers = OutputOf<WorkbenchContract['numbers.list']>;
type Series = Numbers['series'][number];

const EACH = 'Each device, its own';

const asTitle = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** What is to be known before numbers are given as it stands; null where nothing is. */
const noteOn = ({ issuer }: Series): string | null => {
  if (issuer === null) return null;
  if (issuer.fault !== null) return issuer.fault;
  if (issuer.before === null) return null;
  const { name, at } = issuer.before;
  const met = at === null ? 'which has never been met here' : `last met ${sayMoment(at)}`;
  return `Before, ${name} gave them, ${met}. Let it meet the team once more before you post: a number it gave since is not known here.`;
};

/** The devices there are to choose from, with the one that is named even where it is not of the team any more. */
const optionsOf = ({ issuer }: Series, devices: Numbers['devices']) => {
  const known = devices.map(({ id, name }) => ({ value: id, label: asTitle(name) }));
  return issuer === null || devices.some(({ id }) => id === issuer.id)
    ? known
    : [...known, { value: issuer.id, label: asTitle(issuer.name) }];
};

type Props = { readonly series: Series; readonly devices: Numbers['devices'] };

export const IssuerField = ({ series, devices }: Props): ReactElement => {
  const { table, label, format, start, issuer } = series;
  const tellId = useId();
  const set = useMutation({
    mutationFn: (named: string | null) => {
      const form = named === null ? withDevice(format) : issuer === null ? withoutDevice(format) : format;
      return client['numbers.set']({ table, format: form, start, issuer: named });
    },
  });
  const error = set.error === null ? null : messageOf(set.error);
  const told = error ?? noteOn(series);
  return (
    <>
      <Select
        {...(told === null ? {} : { 'aria-describedby': tellId })}
        {...(error === null ? {} : { 'aria-invalid': true })}
        label={`Who gives the numbers of ${label.toLowerCase()}`}
        value={(set.isPending || error !== null ? set.variables : issuer?.id) ?? null}
        options={optionsOf(series, devices)}
        empty={EACH}
        onChange={(named) => set.mutate(named)}
      />
      {told !== null && (
        <span className={error === null ? 'warning-t' : 'err'} id={tellId} role={error === null ? 'note' : 'alert'}>
          <Icon name="alert" size={12} />
          {told}
        </span>
      )}
    </>
  );
};
