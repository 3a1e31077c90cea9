import { oneLine } from "../../host/machine/terminal.ts";
import type { Finding } from "./finding.ts";

const MARKS = { ok: "✓", warning: "!", failed: "✗" } as const;

/** True when no finding keeps the bot from working. */
export function isReady(findings: readonly Finding[]): boolean {
  return findings.every((finding) => finding.status !== "failed");
}

/** The report as text. */
export function report(findings: readonly Finding[], untouched: boolean): string {
  const width = Math.max(...findings.map((finding) => finding.name.length));
  const lines = (["settings", "services"] as const).flatMap((section) => {
    const own = findings.filter((finding) => finding.section === section);
    if (own.length === 0) return [];
    const title = section === "settings" ? "Settings" : "Services";
    return [title, ...own.flatMap((finding) => linesOf(finding, width)), ""];
  });
  return [...lines, verdict(findings, untouched)].join("\n");
}

function linesOf({ name, status, message, fix }: Finding, width: number): string[] {
  const first = `  ${MARKS[status]} ${name.padEnd(width)}  ${oneLine(message)}`;
  return fix === null ? [first] : [first, `    ${" ".repeat(width)}  → ${fix}`];
}

function verdict(findings: readonly Finding[], untouched: boolean): string {
  if (untouched)
    return "Nothing is configured yet. To try Chasqui, no settings are needed: npm run dev\nTo connect your own number, see docs/deploy.md";
  const wrong = findings.filter((finding) => finding.status === "failed").length;
  if (wrong > 0) return `Not ready: ${wrong} ${wrong === 1 ? "thing" : "things"} to fix (✗).`;
  return "Ready.";
}
