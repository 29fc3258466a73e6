/** What a person types into a search, letter by letter: names with and without their accents, numbers, codes. */
const TEXTS =
  'harbour foods|müller|muller chemie|O26-K7M-1234|o26-k7m-99|steel pipe|sku-42|A00123|blue crate|zürich|PO1234|kestrel parts 12';

export const KEYSTROKES: readonly string[] = TEXTS.split('|').flatMap((text) => [...text].map((_, at) => text.slice(0, at + 1)));
