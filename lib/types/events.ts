/** Port of what counts events for somebody else. */
/** Sends one event; flat values, no ids, no texts. Never throws. */
export type Track = (name: string, values: Readonly<Record<string, string | number>>) => void;
