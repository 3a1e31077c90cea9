import type { Database } from "../../../db/client.ts";
import { createRollUp } from "../../../db/metrics.ts";
import type { Env } from "../../config/env.ts";
import { createFigureSender } from "../../insight/exports/send.ts";
import type { RollUpDeps } from "../../jobs/rollup.ts";
import { composeReading } from "./reading.ts";

type Settings = Pick<RollUpDeps, "clock" | "log"> & { env: Env };

/** The roll-up; with a collector, what it has counted is sent there. */
export function composeRollUp({ env, clock, log }: Settings, database: Database): RollUpDeps {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers = "" } = env;
  const isOn = endpoint !== undefined && env.OTEL_METRICS_EXPORTER === "otlp";
  const collector = { endpoint: endpoint ?? "", headers, serviceName: env.OTEL_SERVICE_NAME };
  return {
    ...{ rollUp: createRollUp(database), clock, log },
    sendFigures: isOn ? createFigureSender({ collector, read: composeReading(database), log }) : null,
  };
}
