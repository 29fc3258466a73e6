import type { RegisterView } from './RegisterScreen.tsx';

/** The view of a register that shows what is in one state. @param value the state, where the view is called otherwise */
export const statusView = (key: string, label: string, value = key): RegisterView => ({
  key,
  label,
  filter: { field: 'status', is: 'eq', value },
});
