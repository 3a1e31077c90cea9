/** Index behind the console's search. */
export interface SearchIndex {
  /** Brings in words of messages that wait, at most `most` of them. Returns how many did. */
  bringIn(most: number): Promise<number>;
}
