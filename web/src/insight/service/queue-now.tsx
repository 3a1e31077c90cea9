import { Link } from "wouter";
import type { Queue } from "../../../../contracts/console/insight.ts";
import { useTenant } from "../../console/client/session.tsx";
import { pageHref } from "../../console/shell/pages.ts";
import { usePage } from "../../shared/page.tsx";
import { BigNumber, BigNumbers } from "../charts/big-number.tsx";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** Counts end here: more are not counted. */
const MOST = 1_000;

/** What is open at this moment. */
export function QueueNow({ queue }: { queue: Queue }) {
  const { service } = useInsightTexts();
  const { tenantId } = useTenant();
  const { formats } = usePage();
  const figures = useFigures();
  const count = (n: number) => `${figures.count(n)}${n >= MOST ? "+" : ""}`;
  const since = (at: number | null) =>
    at === null ? service.nobody : service.since(formats.span(Date.now() - at));
  const state = (n: number) => ({ state: { good: n === 0, words: n === 0 ? service.fine : service.look } });
  return (
    <section aria-labelledby="service-now" className="service-now">
      <header>
        <h2 id="service-now">{service.now}</h2>
        <Link href={pageHref(tenantId, "inbox")}>{service.openInbox}</Link>
      </header>
      <BigNumbers>
        <BigNumber
          label={service.queue.waiting}
          value={count(queue.waiting)}
          note={since(queue.waitingSince)}
        />
        <BigNumber label={service.queue.withPerson} value={count(queue.withPerson)} />
        <BigNumber label={service.queue.unread} value={count(queue.unread)} note={since(queue.unreadSince)} />
        <BigNumber
          label={service.queue.stranded}
          value={count(queue.stranded)}
          note={service.strandedNote}
          {...state(queue.stranded)}
        />
        <BigNumber
          label={service.queue.dead}
          value={count(queue.dead)}
          note={service.deadNote}
          {...state(queue.dead)}
        />
      </BigNumbers>
    </section>
  );
}
