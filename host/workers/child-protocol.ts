/** A request on its way to another process, with its whole body. */
export interface ChildRequest {
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array | null;
}

/** Its answer; `failed` when the endpoint threw. */
export type ChildAnswer =
  | { status: number; headers: [string, string][]; body: Uint8Array }
  | { failed: true };

/** A child's messages: ready once, then one answer for each request. `worn`: it keeps too much memory to go on. */
export type ChildMessage = { ready: true } | { answer: ChildAnswer; worn: boolean };
