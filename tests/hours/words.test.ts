import { describe, expect, test } from "vitest";
import { DAY_MINUTES, type Schedule } from "../../lib/hours/range.ts";
import { hoursInWords } from "../../lib/hours/words.ts";

/** `Su | Mo …` with ranges as hours. */
function brief(schedule: Schedule | null): string | null {
  if (schedule === null) return null;
  const time = (minutes: number) =>
    minutes % 60 ? `${Math.floor(minutes / 60)}:${minutes % 60}` : `${minutes / 60}`;
  return schedule.week
    .map((ranges) => ranges.map(({ from, to }) => `${time(from)}-${time(to)}`).join("+") || "x")
    .join(" ");
}

describe("understands", () => {
  test.each([
    ["Lunes a sábado de 10:00 a 20:00", "x 10-20 10-20 10-20 10-20 10-20 10-20"],
    [
      "lunes a sábado de 10:00 a 20:00, domingos de 11:00 a 17:00 (hora de Perú)",
      "11-17 10-20 10-20 10-20 10-20 10-20 10-20",
    ],
    ["L-V 9:00-18:00; S 9:00-13:00", "x 9-18 9-18 9-18 9-18 9-18 9-13"],
    [
      "Lun. a vie.: 09:00 - 13:00 y 15:00 - 19:00",
      "x 9-13+15-19 9-13+15-19 9-13+15-19 9-13+15-19 9-13+15-19 x",
    ],
    ["Monday to Friday, 9am to 6pm. Closed on Sundays and Saturdays", "x 9-18 9-18 9-18 9-18 9-18 x"],
    ["Mon-Fri 8:30 a.m. - 5:30 p.m.", "x 8:30-17:30 8:30-17:30 8:30-17:30 8:30-17:30 8:30-17:30 x"],
    ["Segunda a sexta das 9h às 18h, sábado das 9h30 às 14h", "x 9-18 9-18 9-18 9-18 9-18 9:30-14"],
    ["segunda-feira a sexta-feira, das 08:00 às 12:00 e das 14:00 às 18:00", `x${" 8-12+14-18".repeat(5)} x`],
    ["todos los días de 8 a 22 hs", "8-22 8-22 8-22 8-22 8-22 8-22 8-22"],
    ["martes a domingo de 18:00 a 02:00", "18-26 x 18-26 18-26 18-26 18-26 18-26"],
    ["viernes y sábados de 6pm a 2am", "x x x x x 18-26 18-26"],
    ["domingo a jueves de 12 a 23", "12-23 12-23 12-23 12-23 12-23 x x"],
    ["Abierto 24/7", "0-24 0-24 0-24 0-24 0-24 0-24 0-24"],
    ["every day 24 hours", "0-24 0-24 0-24 0-24 0-24 0-24 0-24"],
    ["Lunes a viernes 9.00 a 18.30\nSábados cerrado", "x 9-18:30 9-18:30 9-18:30 9-18:30 9-18:30 x"],
    ["Atendemos de lunes a viernes de 9 a 18 h.", "x 9-18 9-18 9-18 9-18 9-18 x"],
    ["weekdays from 9 am until 5 pm", "x 9-17 9-17 9-17 9-17 9-17 x"],
  ])("%s", (text, week) => {
    expect(brief(hoursInWords(text))).toBe(week);
  });
});

describe("leaves alone what could mean something else", () => {
  test.each([
    "",
    "not published",
    "9-5",
    "de 10:00 a 20:00",
    "lunes a viernes de 9 a 6",
    "lunes a viernes de 9 a 12",
    "lunes a viernes de 2 a 6",
    "Mon-Fri 9 to 5pm",
    "lunes a viernes de 9:00 a 18:00, feriados cerrado",
    "lunes a viernes de 9:00 a 18:00 excepto el martes",
    "lunes a viernes de 9:00 a 18:00, viernes hasta las 16:00",
    "lunes a viernes de 9:00 a 18:00, viernes de 9:00 a 16:00",
    "con cita previa, lunes a viernes de 9:00 a 18:00",
    "lunes a viernes de 9:00 a 18:00 o por WhatsApp",
    "lunes a viernes de 25:00 a 30:00",
    "lunes a viernes de 9:75 a 18:00",
    "lunes a viernes de 13pm a 18pm",
    "lunes a viernes de 9:00 a 14:00 y 13:00 a 18:00",
    "lunes a viernes desde las 9:00",
    "lunes, miércoles",
    "cada dos sábados de 10:00 a 14:00",
    "第一 10:00-20:00",
    "lunes a viernes de 09:00 a 09:00",
    "24 horas",
  ])("%s", (text) => {
    expect(hoursInWords(text)).toBeNull();
  });
});

test("a long text takes no longer than it is", () => {
  expect(hoursInWords("lunes a ".repeat(5_000))).toBeNull();
  expect(hoursInWords(`(hora ${" ".repeat(50_000)}`)).toBeNull();
  expect(DAY_MINUTES).toBe(1_440);
});
