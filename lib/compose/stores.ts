import { createDatabase, type Database } from "../../db/client.ts";
import { createMediaFiles } from "../../db/media-files.ts";
import { createAdmissionCache } from "../cache/admission.ts";
import { createAnswerCache } from "../cache/answers.ts";
import { createQueueSignal } from "../cache/queue-signal.ts";
import { createGuardedFetch } from "../http/public/guard.ts";
import { createResolver } from "../http/public/resolve.ts";
import { createBlobStore } from "../media/archive/blob-store.ts";
import { createOrderSystem, createRecordsOf } from "../tools/records.ts";
import { createToolRunner } from "../tools/runner.ts";
import type { AdmissionCache, AnswerCache } from "../types/cache.ts";
import type { QueueSignal } from "../types/console/live.ts";
import type { Templates } from "../types/console/templates.ts";
import type { FileStore, MediaFiles } from "../types/media.ts";
import type { ToolRunner } from "../types/tools/declared.ts";
import type { RecordsOf } from "../types/tools.ts";
import { createTemplates } from "../whatsapp/templates/list.ts";
import { type Base, platformFetch } from "./base.ts";

/** The platform's database, else the one at POSTGRES_URL over HTTP. */
export const composeDatabase = ({ platform, env }: Base): Database =>
  platform.database ?? createDatabase(env.POSTGRES_URL, platformFetch(platform));

/** Rate limits and marks of stored messages, with their limits from the environment. */
export function composeCache({ platform, env, log }: Base): AdmissionCache {
  return createAdmissionCache({
    url: env.KV_REST_API_URL,
    token: env.KV_REST_API_TOKEN,
    scripts: platform.scripts,
    timeoutMs: env.CACHE_TIMEOUT_MS,
    rateLimit: rateLimitOf({ env }),
    log,
  });
}

/** Answers to impersonal questions; null unless the deployment wants them kept. */
export function composeAnswers({ platform, env, log }: Base): AnswerCache | null {
  if (env.ANSWER_CACHE === "off") return null;
  const { KV_REST_API_URL: url, KV_REST_API_TOKEN: token, CACHE_TIMEOUT_MS: timeoutMs } = env;
  return createAnswerCache({ url, token, scripts: platform.scripts, timeoutMs, log });
}

/** Says to hidden pages that the queue of a company has changed. */
export const composeQueueSignal = ({ platform, env, log }: Base): QueueSignal =>
  createQueueSignal({
    ...{ url: env.KV_REST_API_URL, token: env.KV_REST_API_TOKEN, log },
    scripts: platform.scripts,
  });

/** Messages that one customer may send per window. */
export const rateLimitOf = ({ env }: Pick<Base, "env">) => ({
  max: env.RATE_LIMIT,
  windowS: env.RATE_WINDOW_S,
});

/** Archive of customers' files; `fileStore` is null without a token, and then nothing is archived. */
export interface Archive {
  mediaFiles: MediaFiles;
  fileStore: FileStore | null;
}

/** Archive from the environment. */
export function composeArchive({ env }: Base, database: Database): Archive {
  const { BLOB_READ_WRITE_TOKEN: token, VERCEL_BLOB_API_URL: apiUrl } = env;
  return {
    mediaFiles: createMediaFiles(database),
    fileStore: token ? createBlobStore({ apiUrl, token }) : null,
  };
}

/** Order systems: those that companies declare, called by `runner`, and the deployment's for all others. */
export function composeRecords(base: Omit<Base, "numbers">, runner: ToolRunner): RecordsOf {
  const { COMPANY_API_URL: url, COMPANY_API_SECRET: secret } = base.env;
  if (!url || !secret) return createRecordsOf(runner, null);
  // Whoever deploys has chosen its address, which may be a private one.
  const { fetch } = globalThis;
  return createRecordsOf(runner, createOrderSystem({ ...runnerOptions(base), url, fetch }));
}

/** Calls the tools that companies declare: at public addresses, or at hosts that the environment allows. */
export function composeToolRunner(base: Omit<Base, "numbers">): ToolRunner {
  const { env, platform } = base;
  const allowed = env.ALLOW_TOOL_HOSTS;
  const own = platform.publicFetch?.(allowed);
  return createToolRunner({
    ...runnerOptions(base),
    fetch: createGuardedFetch({
      ...{ allowed, fetch: own, plainHttp: env.ALLOW_HTTP_HOSTS },
      resolve: own ? null : createResolver(env.DNS_URL),
    }),
  });
}

const runnerOptions = ({ env, clock, log, platform }: Omit<Base, "numbers">) => ({
  clock,
  log,
  variable: (name: string) => platform.toolVariable?.(name),
  secretKeys: env.SECRETS_KEY ?? [],
  secret: env.COMPANY_API_SECRET ?? null,
});

/** Templates of the numbers' accounts, as Meta lists them. */
export const composeTemplates = ({ env, numbers, clock, platform }: Base): Templates =>
  createTemplates({
    baseUrl: env.WHATSAPP_API_BASE_URL,
    version: env.WHATSAPP_API_VERSION,
    accessToken: numbers.accessToken,
    accountId: numbers.businessAccountId,
    clock,
    ...platformFetch(platform),
  });
