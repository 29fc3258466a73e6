/** Claims on carriers: opened, filed, answered; the claim and the customer's credit stay two records (T2, T3). */
import { AppError, type OutputOf } from '../../../../shared/contract/define.ts';
import type { Commands, Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import {
  answersIn,
  claimCauses,
  evidenceKinds,
  missingEvidence,
  provenBy,
  netLossByCause,
  type ClaimCause,
  type Loss,
} from '../../../../shared/domain/claims/claim.ts';
import { deadlinesOf, deadlineWords } from '../../../../shared/domain/claims/read.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { numberOf, textOf } from '../booking/read.ts';
import { companyToday } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { bigOf, creditAmount } from '../billing/receivables.ts';
import { claimGuard } from '../rules/claim-guards.ts';
import { applyStep } from '../access/step.ts';

type Deps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'clock' | 'ids' | 'zone'> };
type ClaimCommand = Extract<keyof Commands, `claims.${string}`>;
type ClaimQuery = Extract<keyof Queries, `claims.${string}`>;

const claimById = (read: Reader, id: string): StoredRow => {
  const claim = read.get('claims', id);
  if (claim) return claim;
  throw new AppError('not-found', 'The claim is not here or was deleted.', { table: 'claims', id });
};

const nameOf = (claim: StoredRow): string => textOf(claim['number']) ?? 'the claim';

const set = (id: string, values: Readonly<Record<string, CellInput>>): StorePatch => ({
  kind: 'update',
  table: 'claims',
  id,
  values,
});
const move = (id: string, to: string, why: string | null = null): StorePatch => ({
  kind: 'transition',
  table: 'claims',
  id,
  field: 'status',
  to,
  why,
});

/** The day something happened: today unless it is said; never to come, never before what it follows. */
const dayOf = (on: string | null, after: string | null, { store, env }: Deps): string => {
  const today = companyToday(store, env);
  const day = on ?? today;
  if (day > today) throw new AppError('blocked', 'That day is still to come. Nothing was changed.');
  if (after !== null && day < after) throw new AppError('blocked', `That is before ${after}. Nothing was changed.`);
  return day;
};

const open =
  (deps: Deps): Commands['claims.open'] =>
  ({ booking, order, issue, account, partner, cause, amount, currency, description, screen }, context) => {
    const { store, env } = deps;
    const id = env.ids();
    const given = {
      booking_id: booking,
      order_id: order,
      case_id: issue,
      account_id: account,
      partner_id: partner,
      amount,
      // What was typed in a currency is of that currency, whatever the order has.
      currency: amount === null ? null : currency,
      description,
    };
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    const done = applyStep(store, context, { label: 'Open claim', screen }, [
      { kind: 'insert', table: 'claims', id, values: { ...values, cause } },
    ]);
    return { ...done, id };
  };

const file =
  (deps: Deps): Commands['claims.file'] =>
  ({ id, on, screen }, context) => {
    const claim = claimById(deps.store, id);
    if (claim['status'] !== 'draft')
      throw new AppError('illegal-transition', `${nameOf(claim)} was filed already, or is over. Nothing was changed.`, { id });
    // Of what never came the day is when it should have: that it is lost may be known before.
    const day = dayOf(on, claim['cause'] === 'lost' ? null : textOf(claim['delivered_on']), deps);
    return applyStep(deps.store, context, { label: `File ${nameOf(claim)}`, screen }, [
      move(id, 'filed'),
      set(id, { filed_on: day, ...(claim['told_on'] === null ? { told_on: day } : {}) }),
    ]);
  };

type Answer = Parameters<Commands['claims.answer']>[0];

/** What each answer writes, where it says enough. */
const answered = ({ answer, amount, reason }: Answer, day: string, claim: StoredRow): Readonly<Record<string, CellInput>> => {
  const asked = bigOf(claim['amount']);
  switch (answer) {
    case 'acknowledged':
      return { acknowledged_on: day };
    case 'report':
      return { status_on: day, ...(reason === null ? {} : { reason }) };
    case 'declined':
      if (reason === null || reason === '') throw new AppError('blocked', 'Say why the carrier declines. Nothing was changed.');
      return { decided_on: day, denied_on: day, reason };
    case 'offered':
    case 'paid':
      if (amount === null) throw new AppError('blocked', 'Say how much. Nothing was changed.');
      if (BigInt(amount) > asked) throw new AppError('blocked', 'That is more than was claimed. Nothing was changed.');
      return answer === 'offered' ? { decided_on: day, offered: amount } : { decided_on: day, paid: amount };
  }
};

const answer =
  (deps: Deps): Commands['claims.answer'] =>
  (asked, context) => {
    const { id, screen } = asked;
    const claim = claimById(deps.store, id);
    const filed = textOf(claim['filed_on']);
    if (filed === null)
      throw new AppError('blocked', 'It was not filed yet: there is nothing to answer. Nothing was changed.', { id });
    if (!answersIn(claim['status']).includes(asked.answer)) {
      const words = `${nameOf(claim)} is ${(stateOf('claim', String(claim['status']))?.label ?? 'over').toLowerCase()}: that answer does not follow. Nothing was changed.`;
      throw new AppError('illegal-transition', words, { id });
    }
    const day = dayOf(asked.on, filed, deps);
    const values = answered(asked, day, claim);
    const moves = asked.answer === 'report' || asked.answer === claim['status'] ? [] : [move(id, asked.answer, asked.reason)];
    const label = `${nameOf(claim)}: ${(stateOf('claim', asked.answer)?.label ?? 'Report').toLowerCase()}`;
    return applyStep(deps.store, context, { label, screen }, [...moves, set(id, values)]);
  };

const withdraw =
  ({ store }: Deps): Commands['claims.withdraw'] =>
  ({ id, reason, screen }, context) => {
    const claim = claimById(store, id);
    if (reason === '') throw new AppError('blocked', 'Say why it is withdrawn. Nothing was changed.', { id });
    return applyStep(store, context, { label: `Withdraw ${nameOf(claim)}`, screen, reason }, [
      move(id, 'withdrawn', reason),
      set(id, { reason }),
    ]);
  };

const addEvidence =
  ({ store, env }: Deps): Commands['claims.evidence'] =>
  ({ id, kind, name, file: place, screen }, context) => {
    const claim = claimById(store, id);
    const actor = actorOf(store, context);
    const person = store.get('people', actor) === undefined ? null : actor;
    const label = evidenceKinds.find(({ key }) => key === kind)?.label ?? kind;
    const values = {
      claim_id: id,
      kind,
      name: name === '' ? label : name,
      file: place,
      added_on: companyToday(store, env),
      person_id: person,
    };
    return applyStep(store, context, { label: `Evidence of ${nameOf(claim)}`, screen }, [
      { kind: 'insert', table: 'claim_evidence', id: env.ids(), values },
    ]);
  };

export const claimCommands = (deps: Deps): Pick<Commands, ClaimCommand> => ({
  'claims.open': open(deps),
  'claims.file': file(deps),
  'claims.answer': answer(deps),
  'claims.withdraw': withdraw(deps),
  'claims.evidence': addEvidence(deps),
});

const causeOf = (claim: StoredRow): ClaimCause | null => claimCauses.find(({ key }) => key === claim['cause'])?.key ?? null;

type Evidence = OutputOf<WorkbenchContract['claims.story']>['evidence'][number];

/** What was put down as evidence, and what files kept with the claim or its booking prove. */
const evidenceOf = (claim: StoredRow, read: Reader): readonly Evidence[] => {
  const booking = textOf(claim['booking_id']);
  const abouts = [`claims/${claim.id}`, ...(booking === null ? [] : [`bookings/${booking}`])];
  const files = abouts
    .flatMap((about) => read.match('attachments', 'about', about))
    .flatMap((id) => read.get('attachments', id) ?? []);
  return [
    ...read.children('claim_evidence', claim.id).map((row) => ({
      id: row.id,
      kind: String(row['kind'] ?? 'other'),
      name: textOf(row['name']),
      file: textOf(row['file']),
      added_on: textOf(row['added_on']),
    })),
    ...files.flatMap((row) => {
      const kind = provenBy[String(row['kind'])];
      return kind === undefined ? [] : [{ id: row.id, kind, name: null, file: textOf(row['name']), added_on: null }];
    }),
  ];
};

const story =
  (read: Reader): Queries['claims.story'] =>
  ({ id }) => {
    const claim = claimById(read, id);
    const partner = textOf(claim['partner_id']);
    const evidence = evidenceOf(claim, read);
    const cause = causeOf(claim);
    const kinds = evidence.map(({ kind }) => kind);
    const labelOf = (kind: string): string => evidenceKinds.find(({ key }) => key === kind)?.label ?? kind;
    return {
      deadlines: deadlinesOf(claim, partner === null ? undefined : read.get('partners', partner)).map(
        ({ kind, due, who, doneOn }) => ({ kind, label: deadlineWords[kind].label, due, who, done_on: doneOn }),
      ),
      evidence: evidence.map(({ kind, ...one }) => ({ ...one, kind: labelOf(kind) })),
      missing: cause === null ? [] : missingEvidence(cause, kinds).map(labelOf),
      blocked: claim['status'] === 'draft' ? claimGuard(claim, 'filed', true) : null,
    };
  };

/**
 * What a claim's credit note comes to, where it is in the currency of the claim. One that several claims name was given to the
 * customer once: it counts with the first that asks.
 * @param counted the notes that counted already; the one that counts here is added
 */
const creditedOf = (claim: StoredRow, read: Reader, counted: Set<string>): bigint => {
  const note = textOf(claim['credit_note_id']);
  const row = note === null || counted.has(note) ? undefined : read.get('credit_notes', note);
  const invoice = row === undefined ? undefined : read.get('invoices', String(row['invoice_id'] ?? ''));
  if (row === undefined || invoice?.['currency'] !== claim['currency']) return 0n;
  counted.add(row.id);
  return creditAmount(row, read);
};

type Ended = Loss & { readonly currency: string };

/** Its note counts with the eldest claim whether or not that one lies in the days asked for: two periods add up to one. */
const lossOf = (claim: StoredRow, read: Reader, counted: Set<string>, from: string, to: string): readonly Ended[] => {
  const [cause, day] = [causeOf(claim), textOf(claim['delivered_on'])];
  const isIn = day === null ? from === '' && to === '9999' : day >= from && day <= to;
  if (cause === null) return [];
  const [credited, recovered] = [creditedOf(claim, read, counted), BigInt(numberOf(claim['paid']) ?? 0)];
  if (!isIn) return [];
  return credited === 0n && recovered === 0n ? [] : [{ cause, credited, recovered, currency: textOf(claim['currency']) ?? '' }];
};

const losses =
  (read: Reader): Queries['claims.losses'] =>
  ({ from, to }) => {
    const counted = new Set<string>();
    const all = ['draft', 'filed', 'acknowledged', 'offered', 'declined', 'paid', 'withdrawn']
      .flatMap((status) => read.matching('claims', { status }))
      // Ids stand in the order they were made, on every device.
      .toSorted()
      .flatMap((id) => lossOf(claimById(read, id), read, counted, from ?? '', to ?? '9999'));
    const currencies = [...new Set(all.map(({ currency }) => currency))].toSorted();
    return {
      rows: currencies.flatMap((currency) => {
        const own = all.filter((one) => one.currency === currency);
        return netLossByCause(own).map(({ cause, net }) => {
          const ofCause = own.filter((one) => one.cause === cause);
          const sum = (key: 'credited' | 'recovered'): string => String(ofCause.reduce((total, one) => total + one[key], 0n));
          const label = claimCauses.find(({ key }) => key === cause)?.label ?? cause;
          const [credited, recovered] = [sum('credited'), sum('recovered')];
          return { currency, cause, label, claims: ofCause.length, credited, recovered, net: String(net) };
        });
      }),
    };
  };

export const claimQueries = ({ read }: { readonly read: Reader }): Pick<Queries, ClaimQuery> => ({
  'claims.story': story(read),
  'claims.losses': losses(read),
});
