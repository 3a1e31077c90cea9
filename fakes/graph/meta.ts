import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { createFaultPlan, createFaultPlayer, type FaultPlan } from "../faults/faults.ts";
import { type AccountState, WELL } from "./account.ts";
import { graphApp } from "./app.ts";
import { type Customers, createCustomers } from "./customers.ts";
import type { GraphRequest } from "./faults.ts";
import { mediaApp } from "./media/app.ts";
import type { MediaFault, MediaFaultRule, MediaRequest } from "./media/faults.ts";
import { createMediaStore, type MediaStore } from "./media/store.ts";
import { ACCOUNT_ID, type GraphOptions } from "./options.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPolicy } from "./policy.ts";
import { createRefusedParts, type RefusedParts } from "./refused-parts.ts";
import { createAccess } from "./rules/access.ts";
import { createRateLimits, type RateLimits } from "./rules/rate-limits.ts";
import { registeredFor } from "./rules/templates.ts";
import { createStatusReporter, type StatusDelays, type StatusReporter } from "./statuses.ts";

/** State of one Graph API stand-in, and its endpoints. */
export interface Meta {
  app: Hono<{ Bindings: HttpBindings }>;
  outbox: Outbox;
  customers: Customers;
  rates: RateLimits;
  refused: RefusedParts;
  faults: FaultPlan<GraphRequest>;
  reporter: StatusReporter;
  requests: GraphRequest[];
  setAccount(state: Partial<AccountState>): void;
  media: Pick<MediaStore, "put" | "get"> & {
    requests: MediaRequest[];
    setFault(rule: MediaFaultRule | null): void;
  };
}

const DEFAULT_DELAYS_MS: StatusDelays = { sent: 30, delivered: 150, read: 700, played: 700, failed: 150 };

/** Puts the parts together; aborting `stopping` ends delays. */
export function createMeta(options: GraphOptions, stopping: AbortSignal): Meta {
  const { now = Date.now, templates = [], throughput = null, closedWindow = "report" } = options;
  const requests: GraphRequest[] = [];
  const outbox = createOutbox(now);
  const customers = createCustomers();
  const access = createAccess(options);
  const store = createMediaStore(now);
  const rates = createRateLimits({ pairRate: options.pairRate ?? false, throughput, now });
  const refused = createRefusedParts();
  const policy = createPolicy({ customers, rates, media: store, refused, templates, closedWindow, now });
  const faults = createFaultPlan<GraphRequest>();
  const player = createFaultPlayer(stopping);
  const reporter = reporterOf(options, outbox, now);
  const { accountId = ACCOUNT_ID } = options;
  const numbers = { access, policy, customers, outbox, faults, player, requests, throughput, now };
  let account = WELL;
  const app = graphApp({ ...numbers, accountId, account: () => account, templates });
  const setAccount: Meta["setAccount"] = (state) => {
    account = { ...WELL, ...state };
  };
  const mediaFaults = createFaultPlan<MediaRequest, MediaFault>();
  const media: Meta["media"] = { put: store.put, get: store.get, requests: [], setFault: mediaFaults.set };
  const files = { access, store, requests: media.requests, faults: mediaFaults };
  app.route("/", mediaApp({ ...files, player, stopping, now }));
  return { app, outbox, customers, rates, refused, faults, reporter, requests, setAccount, media };
}

function reporterOf(options: GraphOptions, outbox: Outbox, now: () => number): StatusReporter {
  const { appSecret, appSecrets, templates = [], redeliveryWaitsMs } = options;
  const reporter = createStatusReporter({
    mode: options.statuses ?? "auto",
    delaysMs: options.statusDelaysMs ?? DEFAULT_DELAYS_MS,
    appSecretOf: (phoneNumberId) => appSecrets?.[phoneNumberId] ?? appSecret,
    webhookUrl: options.webhookUrl ?? (() => null),
    ...(redeliveryWaitsMs ? { redeliveryWaitsMs } : {}),
    categoryOf: ({ type, body }) =>
      type === "template" ? (registeredFor(body.template, templates)?.category ?? "utility") : "service",
    now,
    onStatus: (message, status) => outbox.emit({ type: "status", message, status }),
  });
  outbox.subscribe((event) => {
    if (event.type === "message") reporter.follow(event.message);
  });
  return reporter;
}
