import "./customer-panel.css";
import type { ReactNode } from "react";
import type { CustomerPanel as Customer } from "../../../../contracts/console/thread.ts";
import { CopyButton } from "../../shared/copy-button.tsx";
import { usePage } from "../../shared/page.tsx";
import { TagEditor } from "../acts/tag-editor.tsx";
import { useMay } from "../client/session.tsx";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useTexts } from "../shell/texts.ts";
import { CustomerActs } from "./customer-acts.tsx";
import { Handoffs } from "./handoffs.tsx";
import { Notes } from "./notes.tsx";
import { Orders } from "./orders.tsx";
import { Ratings } from "./ratings.tsx";

/** What is known about the customer, in sections. */
export function CustomerDetails(props: ConversationProps) {
  const { panel: words, tags } = useTexts().composer;
  const mayAct = useMay("agent");
  const { row, customer, notes, botNote } = props.view;
  return (
    <aside className="customer-panel" aria-label={words.title}>
      <header className="customer-head">
        <span className="face" aria-hidden="true">
          {[...(customer.name ?? "?")][0]}
        </span>
        <h2>{customer.name ?? words.unnamed}</h2>
      </header>
      <Facts customer={customer} />
      <Consent customer={customer} />
      <CustomerActs view={props.view} />
      <Section title={words.orders}>
        <Orders conversationId={row.id} />
      </Section>
      <Section title={tags.title}>{mayAct ? <TagEditor {...props} /> : <TagList tags={row.tags} />}</Section>
      <Section title={words.notes}>
        <Notes notes={notes} />
      </Section>
      {botNote && (
        <Section title={words.botNote}>
          <p className="panel-note">{botNote}</p>
        </Section>
      )}
      <Section title={words.handoffs}>
        <Handoffs handoffs={customer.handoffs} />
      </Section>
      <Section title={words.ratings}>
        <Ratings ratings={customer.csat} />
      </Section>
    </aside>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function TagList({ tags }: { tags: readonly string[] }) {
  const { tags: words } = useTexts().composer;
  return <p>{tags.length === 0 ? words.none : tags.join(", ")}</p>;
}

function Facts({ customer }: { customer: Customer }) {
  const { panel: words } = useTexts().composer;
  const { texts, formats } = usePage();
  const { phone, waUserId, language, firstSeenAt } = customer;
  return (
    <dl className="panel-facts">
      <div>
        <dt>{words.phone}</dt>
        <dd>
          {phone ?? waUserId ?? words.noPhone}
          {phone && <CopyButton value={phone} label={words.phone} />}
        </dd>
      </div>
      <div>
        <dt>{words.language}</dt>
        <dd>{language ? texts.languages[language] : words.unknownLanguage}</dd>
      </div>
      <div>
        <dt>{words.firstSeen}</dt>
        <dd>{formats.day(firstSeenAt)}</dd>
      </div>
    </dl>
  );
}

/** What the customer has agreed to, and what follows from it for whoever writes. */
function Consent({ customer }: { customer: Customer }) {
  const { panel: words } = useTexts().composer;
  const { formats } = usePage();
  const { optedOutAt, noMarketingAt, unreachableAt } = customer;
  const facts = [
    optedOutAt !== null && words.optedOutSince(formats.day(optedOutAt)),
    optedOutAt === null && noMarketingAt !== null && words.noMarketingSince(formats.day(noMarketingAt)),
    unreachableAt !== null && words.unreachableSince(formats.day(unreachableAt)),
  ].filter((fact) => fact !== false);
  return (
    <Section title={words.contact}>
      {facts.length === 0 && <p>✓ {words.mayWrite}</p>}
      {facts.map((fact) => (
        <p key={fact} className="panel-warning">
          {fact}
        </p>
      ))}
    </Section>
  );
}
