import { usePage } from "../shared/page.tsx";

/** True when two times fall on the same day in the reader's time zone. */
export function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** Heading with the day of the messages below it. */
export function Day({ at }: { at: number }) {
  const { texts, formats } = usePage();
  const { chat } = texts;
  const now = Date.now();
  const name = sameDay(at, now)
    ? chat.today
    : sameDay(at, now - 86_400_000)
      ? chat.yesterday
      : formats.day(at);
  return <li className="day">{name}</li>;
}
