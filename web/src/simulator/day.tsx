import { usePage } from "../shared/page.tsx";

/** Whether two times fall on one day where the reader is. */
export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** The day on which the messages below were written. */
export function Day({ at }: { at: number }) {
  const { texts, formats } = usePage();
  const { chat } = texts.simulator;
  const now = Date.now();
  const name = sameDay(at, now)
    ? chat.today
    : sameDay(at, now - 86_400_000)
      ? chat.yesterday
      : formats.day(at);
  return <li className="day">{name}</li>;
}
