/** A partner beside its row, with its people. */
import type { ReactElement } from 'react';
import { useEngine } from '../../client/cache.ts';
import { formatCell } from '../../../shared/domain/format.ts';
import { fieldOf, tableOf } from '../../../shared/model/index.ts';
import { sayShare } from '../booking/Offers.tsx';
import { Facts, usePanelRecord } from '../record/Facts.tsx';
import { useSetting } from '../register/useSetting.ts';
import { RowList } from '../record/RowList.tsx';

const facts = ['code', 'kind', 'phones', 'email', 'city', 'country', 'insurance_to', 'contract_to', 'active', 'notes'];

const typeLabel = (type: string): string => {
  const field = fieldOf('partner_papers', 'type');
  return (field?.kind === 'choice' ? field.choices.find(({ key }) => key === type)?.label : undefined) ?? type;
};

/** What is agreed about claims on it; what is left empty is as on United States roads. */
const claimTerms = Object.keys(tableOf('partners').fields).filter((key) => key.startsWith('claim_'));

/** How a partner keeps its word, what it offers, and its papers with their end. */
const Desk = ({ id }: { readonly id: string }): ReactElement | null => {
  const { data } = useEngine(
    'partners.desk',
    { id },
    { tables: ['bookings', 'tenders', 'tracking_events', 'partner_papers', 'partner_rates', 'partner_services'] },
  );
  const setting = useSetting();
  if (!data) return null;
  const { on_time: onTime, acceptance, open, rates, services, papers } = data;
  const left = (to: string | null, alert: number | null): string => {
    if (to === null) return 'no end';
    const day = formatCell({ kind: 'date' }, to, setting);
    return alert === null ? day : alert === 0 ? `ended ${day}` : `ends ${day}`;
  };
  return (
    <>
      <section className="sec" aria-label="Scorecard">
        <h3 className="h3">Scorecard</h3>
        <dl className="dl">
          <dt>On time</dt>
          <dd>{sayShare(onTime)}</dd>
          <dt>Tenders taken</dt>
          <dd>{sayShare(acceptance)}</dd>
          <dt>Open bookings</dt>
          <dd>{open}</dd>
          <dt>Rates</dt>
          <dd>{rates}</dd>
          <dt>Services</dt>
          <dd>{services.join(', ') || 'none'}</dd>
        </dl>
      </section>
      {papers.length > 0 && (
        <section className="sec" aria-label="Papers">
          <h3 className="h3">Papers</h3>
          <dl className="dl">
            {papers.map(({ id: paper, type, to, alert }) => [
              <dt key={`${paper}t`}>{typeLabel(type)}</dt>,
              <dd key={paper} className={alert === 0 ? 'danger-t' : alert === null ? undefined : 'warning-t'}>
                {left(to, alert)}
              </dd>,
            ])}
          </dl>
        </section>
      )}
    </>
  );
};

export const PartnerPanel = ({ id }: { readonly id: string }): ReactElement => {
  const record = usePanelRecord('partners', id, 'screen:partners');
  const contacts = useEngine(
    'view.first',
    { table: 'contacts', filter: { field: 'party', is: 'eq', value: `partners/${id}` }, limit: 5 },
    { tables: ['contacts'] },
  );
  return (
    <>
      <Desk id={id} />
      <Facts record={record} fields={[...facts, ...claimTerms]} />
      <RowList title="Contacts" table="contacts" rows={contacts.data?.rows} show={['name', 'role', 'phones']} />
    </>
  );
};
