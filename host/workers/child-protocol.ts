/** A request as it crosses to another process; bodies are whole. */
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

/** All that a child says: once that it is ready, then one answer a request. `worn`: it kept too much memory to go on. */
export type ChildMessage = { ready: true } | { answer: ChildAnswer; worn: boolean };
