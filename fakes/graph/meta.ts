import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { createAccess } from "./access.ts";
import { graphApp } from "./app.ts";
import { createConduct } from "./conduct.ts";
import { createFaults, type GraphFaults, type GraphRequest } from "./faults.ts";
import { createMediaFaults, mediaApp } from "./media-app.ts";
import type { MediaFaultRule, MediaRequest } from "./media-faults.ts";
import { createMediaStore, type MediaStore } from "./media-store.ts";
import type { GraphOptions } from "./options.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createPace, type Pace } from "./pace.ts";
import { createPeople, type People } from "./people.ts";
import { createStatusReporter, type StatusDelays, type StatusReporter } from "./statuses.ts";
import { registeredFor } from "./templates.ts";

/** All that one pretend Graph API remembers, and its endpoints. */
export interface Meta {
  app: Hono<{ Bindings: HttpBindings }>;
  outbox: Outbox;
  people: People;
  pace: Pace;
  faults: GraphFaults;
  reporter: StatusReporter;
  requests: GraphRequest[];
  media: Pick<MediaStore, "put" | "get"> & {
    requests: MediaRequest[];
    setFault(rule: MediaFaultRule | null): void;
  };
}

const DEFAULT_DELAYS_MS: StatusDelays = { sent: 30, delivered: 150, read: 700, played: 700, failed: 150 };

/** Puts the parts together; `stopping` ends what waits. */
export function createMeta(options: GraphOptions, stopping: AbortSignal): Meta {
  const { now = Date.now, templates = [], throughput = null, closedWindow = "report" } = options;
  const requests: GraphRequest[] = [];
  const outbox = createOutbox(now);
  const people = createPeople();
  const access = createAccess(options);
  const store = createMediaStore(now);
  const pace = createPace({ pairRate: options.pairRate ?? false, throughput, now });
  const conduct = createConduct({ people, pace, media: store, templates, closedWindow, now });
  const faults = createFaults(stopping);
  const reporter = reporterOf(options, outbox, now);
  const app = graphApp({ access, conduct, people, outbox, faults, requests, throughput, now });
  const mediaFaults = createMediaFaults();
  const media: Meta["media"] = { put: store.put, get: store.get, requests: [], setFault: mediaFaults.set };
  const files = { access, store, requests: media.requests, faultFor: mediaFaults.next };
  app.route("/", mediaApp({ ...files, suffer: faults.suffer, stopping, now }));
  return { app, outbox, people, pace, faults, reporter, requests, media };
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
