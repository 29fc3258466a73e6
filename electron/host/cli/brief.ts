/** `workbench brief`: what to know of an account before a visit, as text or as a PDF. */
import { resolve } from 'node:path';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { briefAmount, briefIntro, briefMore, briefParts } from '../../../shared/domain/brief.ts';
import { pageOf, printMade } from './document.ts';
import type { Work } from './work.ts';

type Brief = OutputOf<WorkbenchContract['accounts.brief']>;

const partLines = (part: Brief['parts'][number], locale: string): readonly string[] => {
  const { label, none } = briefParts.find(({ key }) => key === part.key) ?? { label: part.key, none: '' };
  const rows = part.rows.map((row) =>
    [row.on ?? '', row.what, row.note ?? '', briefAmount(row, locale)].filter((text) => text !== '').join('  '),
  );
  const nothing = part.failed === null ? none : `This could not be read: ${part.failed}`;
  const said = rows.length === 0 ? [nothing] : rows;
  return ['', label, ...[...said, briefMore(part)].filter((text) => text !== '').map((text) => `  ${text}`)];
};

const textOf = (brief: Brief, locale: string): string =>
  [
    [brief.account.name, brief.account.code, brief.account.city].filter((text) => text !== null).join(', '),
    briefIntro(brief, locale),
    ...brief.parts.flatMap((part) => partLines(part, locale)),
  ].join('\n');

export const runBrief = async (work: Work): Promise<void> => {
  const { client, asked, output, options, folder } = work;
  const { to, since = null, locale, copy, json } = asked.values;
  const of = { code: asked.args[0] ?? '' };
  if (to !== undefined) {
    const how = { locale: locale ?? null, page: pageOf(asked), whenBusy: copy === true ? 'copy' : 'refuse' } as const;
    const made = await client['accounts.brief_document']({ of, since, to: resolve(folder, to), ...how }, options);
    return printMade(work, made);
  }
  const brief = await client['accounts.brief']({ of, since }, options);
  if (json === true) output.json(brief);
  else output.print(textOf(brief, locale ?? Intl.NumberFormat().resolvedOptions().locale));
};
