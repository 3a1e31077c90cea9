import type { MoneyView } from "../../../../contracts/console/money.ts";
import { BigNumber, BigNumbers } from "../charts/big-number.tsx";
import { NONE, useFigures } from "../frame/formats.ts";
import { useMoneyWords } from "../frame/money-words.ts";
import { useInsightTexts } from "../frame/texts.ts";

/** The sums of the period, and what a conversation costs. */
export function Summary({
  view: { total, models, discarded, fees, conversations, head },
}: {
  view: MoneyView;
}) {
  const { big, withoutPrice, messagesWithoutPrice } = useInsightTexts().money;
  const figures = useFigures();
  const words = useMoneyWords();
  const through = conversations && figures.slot(conversations.throughMs, head.range.step);
  const behind = (count: number) =>
    through === null
      ? big.notCounted
      : count === 0
        ? big.noConversations
        : big.conversations(figures.count(count), through);
  const each = (count: number) => (conversations ? words.each(conversations.spent, count) : NONE);
  return (
    <BigNumbers>
      <BigNumber label={big.total} value={words.amount(total)} />
      <BigNumber
        label={big.models}
        value={words.amount(models)}
        note={
          models.unpriced > 0
            ? withoutPrice(figures.count(models.unpriced))
            : big.replies(figures.count(models.n))
        }
      />
      <BigNumber
        label={big.discarded}
        value={words.usd(discarded.usd)}
        note={big.discardedTokens(figures.count(discarded.tokens))}
      />
      <BigNumber
        label={big.fees}
        value={words.amount(fees)}
        note={
          fees.unpriced > 0
            ? messagesWithoutPrice(figures.count(fees.unpriced))
            : big.billed(figures.count(fees.n), figures.count(fees.free))
        }
      />
      <BigNumber
        label={big.perConversation}
        value={each(conversations?.all ?? 0)}
        note={behind(conversations?.all ?? 0)}
      />
      <BigNumber
        label={big.perResolved}
        value={each(conversations?.resolved ?? 0)}
        note={behind(conversations?.resolved ?? 0)}
      />
    </BigNumbers>
  );
}
