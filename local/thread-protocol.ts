/** A request as it crosses to another thread; bodies are whole. */
export interface ThreadRequest {
  id: number;
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array | null;
}

/** Its answer; `failed` when the endpoint threw. */
export type ThreadAnswer =
  | { id: number; status: number; headers: [string, string][]; body: Uint8Array }
  | { id: number; failed: true };
