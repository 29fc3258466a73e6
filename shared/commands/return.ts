/** The steps of a return. */
import { mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inRecord = inMenu('record');
export const returned = [
  inRecord(
    'return.next',
    'Next step of the return',
    'return',
    mod('Shift+Enter'),
    'Answer it, receive it, inspect it, settle it.',
  ),
  inRecord(
    'return.authorise',
    'Authorise or deny …',
    'return',
    mod('Enter'),
    'How many may come back, and what is done with them.',
  ),
  inRecord('return.label', 'Send label …', 'return', none, 'The customer has what it needs to send the goods.'),
  inRecord('return.receive', 'Receive …', 'return', mod('J'), 'How many came back, and when; it stands on the order.'),
  inRecord('return.inspect', 'Inspect …', 'return', none, 'How much of what came back is accepted, and why not all of it.'),
  inRecord('return.settle', 'Settle …', 'return', none, 'The credit note with its fee, and what goes out again.'),
] as const;
