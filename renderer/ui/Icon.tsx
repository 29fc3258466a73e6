/**
 * The one icon set, drawn inline: 16 px box, 1.5 px stroke, `currentColor`. An icon never carries meaning alone,
 * so it is hidden from assistive technology and stands beside a word or inside a named control.
 */
import type { ReactElement } from 'react';

/** The drawings by name; cells of the grid, which are not React, draw from it too. */
export const iconPaths = {
  accounts: 'M3.25 13.25v-10h6v10 M9.25 6.75h3.5v6.5 M1.75 13.25h12.5 M5.75 6h1 M5.75 8.5h1 M5.75 11h1',
  alert: 'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z M8 4.75v4 M8 11.25h.01',
  'arr-d': 'M8 2.75V13 M3.75 8.75 8 13l4.25-4.25',
  'arr-l': 'M13.25 8H2.75 M7 3.75 2.75 8 7 12.25',
  'arr-r': 'M2.75 8h10.5 M9 3.75 13.25 8 9 12.25',
  'arr-u': 'M8 13.25V3 M3.75 7.25 8 3l4.25 4.25',
  bookings:
    'M4.1 11.25H1.75v-7.5H9v7.5H6.9 M9 6.5h2.75l2.5 2.75v2h-.85 M10.6 11.25H9 M5.5 12.75a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z M12 12.75a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z',
  box: 'M8 1.75l5.75 3v6.5L8 14.25l-5.75-3v-6.5z M2.5 4.9 8 7.75l5.5-2.85 M8 7.75v6.25',
  calendar: 'M2.75 3.75h10.5v9.5H2.75z M2.75 6.75h10.5 M5.5 2v3 M10.5 2v3',
  catalogue: 'M2.25 2.25h5.5l6 6-5.5 5.5-6-6z M5.25 5.25h.01',
  'chev-d': 'M3.5 6.25 8 10.75l4.5-4.5',
  'chev-r': 'M6.25 3.5 10.75 8l-4.5 4.5',
  clip: 'M12.75 7.25 7.6 12.4a3 3 0 0 1-4.25-4.25l5.4-5.4a2 2 0 0 1 2.85 2.85l-5.4 5.4a1 1 0 0 1-1.45-1.45l4.7-4.7',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z M8 4.75V8l2.25 1.5',
  columns: 'M2.25 2.75h11.5v10.5H2.25z M6 2.75v10.5 M10 2.75v10.5',
  conflict: 'M8 14V9.25 M8 9.25 3.25 4.5 M8 9.25l4.75-4.75 M3 7.75v-3.5h3.5 M13 7.75v-3.5H9.5',
  copy: 'M5.75 5.75h7.5v7.5h-7.5z M3.5 10.25h-.75v-7.5h7.5v.75',
  disk: 'M2.75 2.75h8l2.5 2.5v8H2.75z M5.25 2.75v3.5h4.5v-3.5 M5.25 13.25v-3.5h5.5v3.5',
  draft: 'M8 12.75a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5z',
  export: 'M8 9.75V2.5 M5 5.25l3-3 3 3 M2.5 10.5v3h11v-3',
  file: 'M3.75 1.75h5.5l3 3v9.5h-8.5z M9.25 1.75v3h3',
  filter: 'M2 3.5h12 M4.25 8h7.5 M6.5 12.5h3',
  flask: 'M6.25 2h3.5 M6.75 2v4L3 12.5c-.4.75 0 1.25.75 1.25h8.5c.75 0 1.15-.5.75-1.25L9.25 6V2 M4.75 9.75h6.5',
  group: 'M2.5 3.75h11 M5 8h8.5 M5 12.25h8.5',
  heart: 'M2.25 8.5h2.5L6.5 4l3 8 1.75-3.5h2.5',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z M6.25 6.4a1.8 1.8 0 1 1 2.7 1.55c-.6.35-.95.7-.95 1.3 M8 11.25h.01',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.75-4 M2.5 2.5V5h2.5 M8 5v3l2 1.25',
  import: 'M8 2.25v7.25 M5 6.75l3 3 3-3 M2.5 10.5v3h11v-3',
  issues: 'M3.75 14V2.25 M3.75 2.75h8.5l-2 3 2 3h-8.5',
  kpis: 'M2.25 13.5h11.5 M4.25 10.75v-3 M8 10.75v-7.5 M11.75 10.75v-5',
  lock: 'M3.75 7.25h8.5v6.25h-8.5z M5.5 7.25V4.75a2.5 2.5 0 0 1 5 0v2.5',
  mail: 'M1.75 3.25h12.5v9.5H1.75z M2 3.75l6 5 6-5',
  more: 'M3.5 8h.01 M8 8h.01 M12.5 8h.01',
  note: 'M2.75 2.75h10.5v7l-3.5 3.5h-7z M9.75 13.25v-3.5h3.5 M5.25 5.75h5.5 M5.25 8.25h2.5',
  octagon: 'M5.4 1.75h5.2l3.65 3.65v5.2l-3.65 3.65H5.4L1.75 10.6V5.4z',
  open: 'M9.25 2.75h4v4 M13.25 2.75 8 8 M11.5 9v4.25H2.75V4.5H7',
  orders: 'M5.75 3H3.25v10.75h9.5V3h-2.5 M5.75 1.75h4.5V4.5h-4.5z M5.75 7.5h4.5 M5.75 10.5h4.5',
  partners:
    'M6 7.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5z M1.75 13.25c0-2.4 1.7-3.75 4.25-3.75s4.25 1.35 4.25 3.75 M10.5 3a2.25 2.25 0 0 1 0 4.1 M12 9.75c1.4.5 2.25 1.7 2.25 3.5',
  pause: 'M5.5 3.25v9.5 M10.5 3.25v9.5',
  phone:
    'M3 2.5h2.75l1.25 3.25L5.4 7a7.5 7.5 0 0 0 3.6 3.6l1.25-1.6 3.25 1.25V13c0 .4-.3.75-.75.75C6.9 13.75 2.25 9.1 2.25 3.25c0-.45.35-.75.75-.75z',
  plans: 'M2.25 13.25h3v-3.5h3.5v-3.5h3.5v-3.5h1.5',
  plus: 'M8 3v10 M3 8h10',
  print: 'M4.25 5.75v-3.5h7.5v3.5 M4.25 11.25h-2v-5.5h11.5v5.5h-2 M4.25 9.25h7.5v4.5h-7.5z',
  invoices: 'M3.75 1.75h8.5v12.5l-2.1-1.4-2.15 1.4-2.15-1.4-2.1 1.4z M6 5.25h4 M6 8.25h4',
  quotes: 'M3.75 1.75h5.5l3 3v9.5h-8.5z M9.25 1.75v3h3 M6 8h4 M6 10.75h2.5',
  rail: 'M2.25 2.75h11.5v10.5H2.25z M6.25 2.75v10.5',
  renew: 'M13.25 8a5.25 5.25 0 1 1-1.6-3.75 M13.25 2v3.25H10',
  reply: 'M6.25 3.25 2.5 7l3.75 3.75 M2.75 7h6a4.5 4.5 0 0 1 4.5 4.5v1.25',
  reports: 'M2.25 2.75h11.5v10.5H2.25z M2.25 6.25h11.5 M6.25 6.25v7',
  search: 'M7 11.25a4.25 4.25 0 1 0 0-8.5 4.25 4.25 0 0 0 0 8.5z M10.25 10.25l3.25 3.25',
  settings:
    'M2.25 4.5h5.5 M12.25 4.5h1.5 M2.25 11.5h1.5 M8.25 11.5h5.5 M10 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M6 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  sync: 'M2.75 7.25a5.3 5.3 0 0 1 9.1-2.9L13.25 6 M13.25 2.75V6H10 M13.25 8.75a5.3 5.3 0 0 1-9.1 2.9L2.75 10 M2.75 13.25V10H6',
  table: 'M2.25 2.75h11.5v10.5H2.25z M2.25 6.25h11.5 M2.25 9.75h11.5 M6.25 2.75v10.5',
  tasks: 'M2.75 2.75h10.5v10.5H2.75z M5.25 8.25l2 2 3.5-4.25',
  tick: 'M3 8.5l3.25 3.25L13 4.75',
  today: 'M2.75 3.75h10.5v9.5H2.75z M2.75 6.75h10.5 M5.5 2v3 M10.5 2v3 M8 10h.01',
  undo: 'M5.5 3 2.5 6l3 3 M2.75 6h6.5a3.75 3.75 0 0 1 0 7.5H6',
  unsent: 'M8 13.25V3 M3.75 7.25 8 3l4.25 4.25',
  user: 'M8 7.5A2.5 2.5 0 1 0 8 2.5a2.5 2.5 0 0 0 0 5z M3 13.5c0-2.6 2-4 5-4s5 1.4 5 4',
  x: 'M4 4l8 8 M12 4l-8 8',
} as const;

export type IconName = keyof typeof iconPaths;

type Props = { readonly name: IconName; readonly size?: 12 | 14 | 16; readonly className?: string };

export const Icon = ({ name, size = 16, className }: Props): ReactElement => (
  <svg
    className={`i s${size}${className === undefined ? '' : ` ${className}`}`}
    viewBox="0 0 16 16"
    width={size}
    height={size}
    aria-hidden="true"
    focusable="false"
  >
    <path d={iconPaths[name]} />
  </svg>
);
