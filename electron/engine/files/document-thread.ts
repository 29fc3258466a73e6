/** The thread that lays a document out. It reads its own fonts and template, and answers once. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { toWire, type WireError } from '../../../shared/rpc/wire.ts';
import { printBrief } from './brief-print.ts';
import { printDocument } from './document-print.ts';
import { readTemplate, standardFolder } from './document-template.ts';
import type { DocumentStart, MadeDocument } from './document.ts';

export type FromDocumentThread = ({ readonly k: 'made' } & MadeDocument) | { readonly k: 'failed'; readonly error: WireError };

const port = parentPort;
if (!port) throw new Error('This file is a thread of the engine.');
// eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const post = (message: FromDocumentThread): void => port.postMessage(message);
// Set by the code that started the thread, and by nobody else.
const { data, page, own } = workerData as DocumentStart;

const work = async (): Promise<FromDocumentThread> => {
  try {
    const standard = standardFolder();
    const template = readTemplate(own, standard);
    const made =
      data.kind === 'brief'
        ? await printBrief(data, template, standard, page)
        : await printDocument(data, template, standard, page);
    return { k: 'made', ...made };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const known = error instanceof AppError ? error : new AppError('internal', `The document could not be made: ${why}`);
    return { k: 'failed', error: toWire(known) };
  }
};

void work().then(post);
