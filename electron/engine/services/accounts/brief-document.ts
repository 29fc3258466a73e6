/** The brief of an account as a PDF: the same parts as on the screen, read at one moment. */
import { dirname, join } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { briefAmount, briefIntro, briefMore, briefParts } from '../../../../shared/domain/brief.ts';
import { formatDate } from '../../../../shared/domain/format.ts';
import type { EngineEnv } from '../../env.ts';
import type { BriefPaper } from '../../files/brief-paper.ts';
import { makeDocument } from '../../files/document.ts';
import { createBriefReader } from '../../store/brief/read.ts';
import { openReader } from '../../store/file/db.ts';
import { createReader } from '../../store/read/reader.ts';
import { briefOf, type Brief } from './brief.ts';
import type { PaperMaking } from '../document/parts.ts';
import { pdfPlace, writeDocument, type DocumentDeps } from '../document/documents.ts';
import { localeOf } from '../export/exports.ts';

const paperOf = (brief: Brief, making: PaperMaking): BriefPaper => ({
  ...making,
  kind: 'brief',
  name: brief.account.name,
  about: [brief.account.code, brief.account.city].filter((part) => part !== null).join(', '),
  intro: briefIntro(brief, making.locale),
  parts: brief.parts.map((part) => {
    const { label, none } = briefParts.find(({ key }) => key === part.key) ?? { label: part.key, none: '' };
    return {
      label,
      none: part.failed === null ? none : `This could not be read: ${part.failed}`,
      more: briefMore(part),
      rows: part.rows.map((row) => ({
        on: row.on === null ? '' : formatDate(row.on, making.locale),
        what: row.what,
        note: row.note ?? '',
        amount: briefAmount(row, making.locale),
        isUrgent: row.tone === 'danger',
      })),
    };
  }),
});

/** Looks at the file by a connection of its own, which sees one moment. */
const readBrief = (
  env: Pick<EngineEnv, 'db' | 'clock' | 'zone' | 'locale'>,
  of: Parameters<typeof briefOf>[1],
  since: string | null,
): Brief => {
  const db = openReader(env.db);
  try {
    return briefOf({ brief: createBriefReader(db), read: createReader(db), env }, of, since);
  } finally {
    db.close();
  }
};

type Deps = Pick<DocumentDeps, 'about'> & { readonly env: Pick<EngineEnv, 'db' | 'clock' | 'zone' | 'locale'> };

export const createBriefDocument = ({ env, about }: Deps): Pick<Commands, 'accounts.brief_document'> => ({
  'accounts.brief_document': async ({ of, to, since, locale, page, whenBusy }, call) => {
    const path = pdfPlace(to, env.db);
    const { author, company } = about(call);
    const making = { author, company, created: env.clock(), locale: localeOf(locale, env.locale) };
    const data = paperOf(readBrief({ ...env, locale: making.locale }, of, since), making);
    const { bytes, ...made } = await makeDocument({ data, page, own: join(dirname(env.db), 'documents') }, () => {
      if (call.signal.aborted) throw new AppError('cancelled', 'The brief was cancelled. No file was written.');
    });
    return { ...made, sent: null, issued: null, path: writeDocument(path, bytes, whenBusy) };
  },
});
