/** What can be read from outside: the public views and the custom fields, by name. */
import type { Queries } from '../../../../shared/contract/index.ts';
import type { ReadStore } from '../../store/read/read-store.ts';

export const schemaQueries = (store: ReadStore): Pick<Queries, 'query.schema' | 'fields.list'> => ({
  'query.schema': () => ({ views: store.describeViews().map(({ columns, ...view }) => ({ ...view, columns: [...columns] })) }),
  'fields.list': ({ table }) => ({
    fields: [...store.customFields(table)].map(([key, field]) => ({
      key,
      kind: field.kind,
      label: field.label,
      choices: field.kind === 'choice' ? field.choices.map((one) => ({ key: one.key, label: one.label })) : null,
    })),
  }),
});
