import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "/usr/bin/prometheus";
const TOOL = "/usr/bin/promtool";
const PATIENCE_MS = 60_000;

/** One series of an answer. */
export interface Found {
  metric: Record<string, string>;
  value: number;
}

/** A rule as Prometheus has it. */
export interface Rule {
  name: string;
  type: "recording" | "alerting";
  query: string;
  health: string;
  lastError?: string;
  /** ISO 8601; the year 1 before the first time. */
  lastEvaluation: string;
  alerts?: { labels: Record<string, string>; annotations: Record<string, string>; state: string }[];
}

export interface Prometheus {
  query(expression: string): Promise<Found[]>;
  labelValues(label: string, of: string): Promise<string[]>;
  rules(): Promise<Rule[]>;
  /** Asks until the answer is as wanted; throws with the last one when it never is. */
  until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

/** Starts a Prometheus that scrapes an address every second and evaluates these rules. */
export async function startPrometheus(scraped: {
  url: string;
  token: string;
  rules: readonly string[];
}): Promise<Prometheus> {
  if (!existsSync(PROGRAM)) throw new Error(`there is no ${PROGRAM}: apt-get install prometheus`);
  const folder = await mkdtemp(join(tmpdir(), "chasqui-prometheus-"));
  const file = join(folder, "prometheus.json");
  // YAML reads JSON.
  const settings = {
    global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: scraped.rules,
    scrape_configs: [
      {
        ...{
          job_name: "chasqui",
          metrics_path: "/api/metrics",
          authorization: { credentials: scraped.token },
        },
        static_configs: [{ targets: [new URL(scraped.url).host] }],
      },
    ],
  };
  await writeFile(file, JSON.stringify(settings));
  const port = await freePort();
  const child = spawn(
    PROGRAM,
    [
      ...[`--config.file=${file}`, `--storage.tsdb.path=${join(folder, "data")}`, "--log.level=warn"],
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const api = async <T>(path: string, parameters: Record<string, string> = {}): Promise<T> => {
    const response = await fetch(
      `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters)}`,
    );
    const answer = (await response.json()) as { status: string; data: T; error?: string };
    if (answer.status !== "success") throw new Error(`${JSON.stringify(parameters)}: ${answer.error}`);
    return answer.data;
  };
  const prometheus: Prometheus = {
    async query(expression) {
      type Vector = { result: { metric: Record<string, string>; value: [number, string] }[] };
      const { result } = await api<Vector>("query", { query: expression });
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    labelValues: (label, of) => api(`label/${label}/values`, { "match[]": of }),
    async rules() {
      const { groups } = await api<{ groups: { rules: Rule[] }[] }>("rules");
      return groups.flatMap(({ rules }) => rules);
    },
    async until(ask, isWanted) {
      const endMs = Date.now() + PATIENCE_MS;
      let last: unknown;
      while (Date.now() < endMs) {
        try {
          const answer = await ask();
          if (isWanted(answer)) return answer;
          last = answer;
        } catch (error) {
          last = error;
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      throw new Error(`it never came: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
    },
    async close() {
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
  await prometheus
    .until(
      () => prometheus.query("up"),
      ([up]) => up?.value === 1,
    )
    .catch(async (error) => {
      await prometheus.close();
      throw error;
    });
  return prometheus;
}

/** Prometheus' own checker; throws with what it says. */
export const promtool = (args: readonly string[], input = ""): string =>
  execFileSync(TOOL, args, { input, encoding: "utf8" });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
