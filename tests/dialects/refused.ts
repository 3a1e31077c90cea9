import { APICallError } from "ai";
import { FEATURES, type Feature } from "../../lib/config/features.ts";
import { type Reason, reasonOf } from "../../lib/model/reasons.ts";
import { type Refusal, refusalOf } from "../../lib/model/refusal.ts";

const NOW_MS = Date.UTC(2026, 10, 28, 12);

interface Answer {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}

/** The refusal that an answer is read as. */
export function refusal({ status, body = "", headers = {} }: Answer): Refusal {
  const error = new APICallError({
    message: "refused",
    url: "http://127.0.0.1",
    requestBodyValues: {},
    statusCode: status,
    responseHeaders: headers,
    responseBody: typeof body === "string" ? body : JSON.stringify(body),
  });
  const read = refusalOf(error, NOW_MS);
  if (!read) throw new Error("no refusal was read");
  return read;
}

/** The reason of an answer to a request that has every feature, or these. */
export const reason = (answer: Answer, sent: readonly Feature[] = FEATURES): Reason =>
  reasonOf(refusal(answer), new Set(sent));
