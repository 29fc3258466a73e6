/** Brings files to a record: pictures are made smaller first, as cameras make them far larger than anybody looks at. */
import { isPicture, mediaTypeOf } from '../../../shared/domain/attachments.ts';
import { client } from '../../client/client.ts';
import { say } from '../../state/toasts.ts';
import { sayUndoable } from '../../state/undoable.ts';
import { messageOf } from '../../ui/ErrorBar.tsx';

/** The longer side, in pixels: text on a label stays readable. */
const LONGEST_SIDE = 2000;
/** Below this a picture is kept as it is. */
const SMALL_BYTES = 700 * 1024;
const QUALITY = 0.85;

/** The picture in fewer pixels, with what the camera wrote of the place left out; as it is where it cannot be read. */
const smaller = async (file: File): Promise<File> => {
  if (!isPicture(mediaTypeOf(file.name)) || file.type === 'image/gif' || file.size <= SMALL_BYTES) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    return blob.size < file.size ? new File([blob], file.name.replace(/\.[^.]*$/, '.jpg'), { type: blob.type }) : file;
  } catch {
    return file;
  }
};

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? (reader.result.split(',', 2)[1] ?? '') : '');
    reader.onerror = () => reject(new Error(`“${file.name}” could not be read.`));
    reader.readAsDataURL(file);
  });

const sayKept = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]} attached` : `${names.length} files attached`;

/** @param about `<table>/<id>`. What is refused is said, and the others are kept all the same. */
export const attachFiles = async (about: string, files: readonly File[]): Promise<void> => {
  const kept: string[] = [];
  const refused: string[] = [];
  for (const file of files) {
    try {
      const small = await smaller(file);
      const { name } = await client['attachments.add']({
        about,
        name: small.name,
        content: await base64Of(small),
        screen: about,
      });
      kept.push(name);
    } catch (error) {
      refused.push(messageOf(error));
    }
  }
  if (refused.length > 0) say([...refused, ...(kept.length > 0 ? [`${sayKept(kept)}.`] : [])].join(' '), { tone: 'danger' });
  else if (kept.length > 0) sayUndoable(sayKept(kept));
};
