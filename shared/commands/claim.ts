/** The steps of a claim on a carrier. */
import { mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inRecord = inMenu('record');
export const claim = [
  inRecord('claim.next', 'Next step of the claim', 'claim', mod('Shift+Enter'), 'File it; after that, what the carrier says.'),
  inRecord('claim.file', 'File claim …', 'claim', none, 'It went to the carrier in writing: when.'),
  inRecord('claim.answer', 'Carrier’s answer …', 'claim', mod('Enter'), 'It has it, how it goes, an offer, paid or declined.'),
  inRecord('claim.evidence', 'Add evidence …', 'claim', mod('J'), 'Proof, photos, invoice or salvage, and where it lies.'),
  inRecord('claim.withdraw', 'Withdraw claim …', 'claim', none, 'It is not claimed any more, and why.'),
  inRecord(
    'claim.losses',
    'Net loss by cause …',
    'claim',
    mod('Shift+L'),
    'What customers were credited less what carriers paid.',
  ),
] as const;
