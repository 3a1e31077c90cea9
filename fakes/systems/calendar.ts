/** Stand-in for a calendar's private address (iCalendar over HTTP), which misbehaves as it is told. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What it does instead of answering with its calendar. */
export type CalendarMisbehaviour =
  | "slow"
  | "redirect"
  | "gone"
  | "busy"
  | "breaks off"
  | "cut short"
  | "endless"
  | "a page";

export interface Calendar {
  /** Its private address. */
  url: string;
  host: string;
  /** Requests as they came: path and headers. */
  requests: { path: string; headers: Record<string, unknown> }[];
  /** Puts other components into it, as `event` and others write them. */
  hold(...components: readonly string[]): void;
  /** Null: it behaves. */
  misbehave(how: CalendarMisbehaviour | null): void;
  close(): Promise<void>;
}

const PATH = "/ical/private-0123456789abcdef/basic.ics";

/** Starts it on loopback. */
export async function startCalendar({ port = 0, elsewhere = "" } = {}): Promise<Calendar> {
  let how: CalendarMisbehaviour | null = null;
  let text = calendarOf([]);
  const requests: Calendar["requests"] = [];
  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? "", headers: request.headers });
    if (how !== null) return misbehaviour(how, response, { text, elsewhere });
    if (request.url !== PATH) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/calendar; charset=utf-8" }).end(text);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ host, requests, url: `http://${host}${PATH}` },
    hold: (...components) => {
      text = calendarOf(components);
    },
    misbehave: (next) => {
      how = next;
    },
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** A feed with these components, its lines folded as the standard has it. */
export function calendarOf(components: readonly string[]): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", ...components, "END:VCALENDAR"];
  const folded = lines
    .flatMap((line) => line.split("\n"))
    .map((line) => line.replace(/.{74}(?=.)/gu, "$&\r\n "));
  return `${folded.join("\r\n")}\r\n`;
}

let events = 0;

/** A component of an event with these lines, a title that nobody may see, and an alarm. */
export const event = (...lines: readonly string[]): string =>
  [
    "BEGIN:VEVENT",
    ...(lines.some((line) => line.startsWith("UID:")) ? [] : [`UID:${++events}@example.com`]),
    ...lines,
    "SUMMARY:Ana Quispe: treatment\\, +51 999 000 111",
    "BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT99H\nACTION:DISPLAY\nEND:VALARM",
    "END:VEVENT",
  ].join("\n");

function misbehaviour(
  how: CalendarMisbehaviour,
  response: ServerResponse,
  { text, elsewhere }: { text: string; elsewhere: string },
): void {
  const calendar = { "content-type": "text/calendar" };
  if (how === "slow") return;
  if (how === "redirect") return void response.writeHead(302, { location: elsewhere }).end();
  if (how === "gone") return void response.writeHead(404).end();
  if (how === "busy") return void response.writeHead(503).end();
  if (how === "a page") return void response.writeHead(200).end("<html>Please log in</html>");
  if (how === "cut short")
    return void response.writeHead(200, calendar).end(text.slice(0, text.lastIndexOf("END:VCALENDAR")));
  response.writeHead(200, calendar);
  if (how === "breaks off") {
    response.write(text.slice(0, 20), () => response.socket?.destroy());
    return;
  }
  const more = (): void => {
    while (!response.destroyed && response.write("X-FILLER:x\r\n".repeat(5_000)));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}
