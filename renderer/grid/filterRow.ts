/** The filter's boxes under the headers, as a grid shows them: what each says, what was typed, what could be. */
/** A value that could be meant, and the whole text of the box with it. */
export type Suggestion = { readonly label: string; readonly text: string };

export type FilterRow = {
  /** What a column's box says. */
  readonly text: (key: string) => string;
  /** Why what was typed is not heeded; null where it is. */
  readonly problem: (key: string) => string | null;
  /** @param isDone the person is through with the box: read it at once */
  readonly type: (key: string, text: string, isDone: boolean) => void;
  /** What the text typed so far could become. */
  readonly suggest: (key: string, text: string) => Promise<readonly Suggestion[]>;
};
