/** The version of the app, read once from the package it came in. */
import { readFileSync } from 'node:fs';

let known: string | undefined;

/** `package.json` lies two folders above every program of ours, built or not. */
export const appVersion = (): string => {
  if (known === undefined) {
    const text: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    known = typeof text === 'object' && text !== null && 'version' in text ? String(text.version) : '0.0.0';
  }
  return known;
};
