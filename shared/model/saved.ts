/** What people arrange for themselves. It stays on the device of whoever made it. */
import { field } from './field.ts';
import { table } from './table.ts';

/** A view of a register under a name: what is filtered, which columns, in what order. */
export const saved_views = table({
  name: 'saved_views',
  one: 'View',
  many: 'Views',
  scope: 'private',
  title: 'name',
  fields: {
    name: field('text', 'Name', { required: true }),
    /** The screen it is a tab of, and the table of its rows. */
    screen: field('text', 'Screen', { required: true }),
    table: field('text', 'Table', { required: true }),
    /** In the words of the quick filter, so that `this-month` stays this month. */
    filter: field('note', 'Filter'),
    /** `[{key, width, hidden, frozen}, …]` in order. */
    layout: field('json', 'Columns'),
    /** `[{field, dir}, …]`. */
    sort: field('json', 'Order'),
    density: field('text', 'Row height'),
  },
});
