/** Marks the fields of a form that undo, or whoever asks, just changed; a grid does the same to its cells. */
import type { RefObject } from 'react';
import { useEffect } from 'react';
import { onFlash } from '../../state/flash.ts';
import type { RecordHandle } from './useRecord.ts';

const flashMs = 1200;

/** @param form holds the fields, each in an element that names it as `data-field` */
export const useFieldFlash = ({ table, id }: Pick<RecordHandle, 'table' | 'id'>, form: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const marked = new Map<Element, ReturnType<typeof setTimeout>>();
    const mark = (element: Element): void => {
      clearTimeout(marked.get(element));
      element.classList.add('field-flash');
      marked.set(
        element,
        setTimeout(() => element.classList.remove('field-flash'), flashMs),
      );
    };
    const stop = onFlash(table, (rows) => {
      const fields = rows.filter((row) => row.id === id).flatMap((row) => row.fields);
      const elements = fields.flatMap((field) => form.current?.querySelector(`[data-field="${field}"]`) ?? []);
      elements[0]?.scrollIntoView({ block: 'nearest' });
      for (const element of elements) mark(element);
    });
    return () => {
      stop();
      for (const timer of marked.values()) clearTimeout(timer);
    };
  }, [table, id, form]);
