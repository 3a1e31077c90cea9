import { createClient, type VercelKV } from "@vercel/kv";
import type { ScriptRunner } from "./scripts.ts";

/** Redis over Vercel KV's REST protocol: one HTTP request per call, no retry. */
export function createUpstashScripts({ url, token }: { url: string; token: string }): ScriptRunner {
  const clients = new Map<number, VercelKV>();
  const within = (timeoutMs: number): VercelKV => {
    const client = clients.get(timeoutMs) ?? connect(url, token, timeoutMs);
    clients.set(timeoutMs, client);
    return client;
  };
  return {
    run: (script, keys, args, timeoutMs) => within(timeoutMs).eval(script, [...keys], [...args]),
    async ping(timeoutMs) {
      await within(timeoutMs).ping();
    },
  };
}

function connect(url: string, token: string, timeoutMs: number): VercelKV {
  return createClient({
    url,
    token,
    // A message id made of digits must not come back as a number.
    automaticDeserialization: false,
    enableAutoPipelining: false,
    readYourWrites: false,
    retry: false,
    // A plain signal would turn an abort into a null result; a function makes it throw.
    signal: () => AbortSignal.timeout(timeoutMs),
  });
}
