/** The sections of the settings, as they are called there: every check of a whole screen goes through all of them. */
export const settingsSections = [
  'Company',
  'People',
  'Limits',
  'Numbers',
  'SLA',
  'Credit',
  'Tax',
  'Freight',
  'Return terms',
  'Notifications',
  'Appearance',
  'Shortcuts',
  'Data',
] as const;
