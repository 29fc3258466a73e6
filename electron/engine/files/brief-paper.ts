/** A brief as plain data for paper, in the words it is printed in. It is for the own people: no customer is handed it. */
import type { DocumentData } from './document.ts';

export type BriefPaper = Pick<DocumentData, 'locale' | 'company' | 'author' | 'created'> & {
  readonly kind: 'brief';
  readonly name: string;
  /** Under the name: its code and town. */
  readonly about: string;
  readonly intro: string;
  readonly parts: readonly {
    readonly label: string;
    /** Said where there is no row: that there is nothing, or why it could not be read. */
    readonly none: string;
    readonly more: string;
    readonly rows: readonly {
      readonly on: string;
      readonly what: string;
      readonly note: string;
      readonly amount: string;
      readonly isUrgent: boolean;
    }[];
  }[];
};
