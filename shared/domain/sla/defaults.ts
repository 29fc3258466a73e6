/** What the workbench ships with (RULES 3.15): the targets of each severity in minutes of working time. */
import type { ClockKey } from './types.ts';

const HOUR = 60;

type Targets = Readonly<Record<ClockKey, number>>;

const targets = (acknowledge: number, respond: number, update: number, resolve: number): Targets => ({
  acknowledge: acknowledge * HOUR,
  respond: respond * HOUR,
  update: update * HOUR,
  resolve: resolve * HOUR,
});

/** In the order they are tried; the last is the default. */
export const defaultPolicies = [
  { name: 'Severity 1', severity: 'sev1', targets: targets(0.5, 1, 4, 8) },
  { name: 'Severity 2', severity: 'sev2', targets: targets(1, 4, 8, 24) },
  { name: 'Severity 3', severity: 'sev3', targets: targets(4, 8, 24, 40) },
  { name: 'Default', severity: null, targets: targets(8, 16, 40, 80) },
] as const;
