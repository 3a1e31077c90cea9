import { RATING_TEXTS, type RatingTexts } from "../language/rating.ts";
import type { RatingNotices } from "../types/ratings.ts";
import type { HandoffNotice } from "../types/turn-store.ts";
import { describeOutbound, replyMessages } from "../whatsapp/messages/reply.ts";

/** The notices about a rating; the question is a list, whose rows carry the score: `rating:<id>:<1 to 5>`. */
export const RATING_NOTICES: RatingNotices = {
  es: notices(RATING_TEXTS.es),
  en: notices(RATING_TEXTS.en),
  pt: notices(RATING_TEXTS.pt),
};

function question({ question: words, button, scores }: RatingTexts): HandoffNotice {
  const options = scores.map((name, at) => ({
    id: `rating:{rating}:${5 - at}`,
    title: `${5 - at} · ${name}`,
  }));
  const [message] = replyMessages(words, { kind: "choices", options, button });
  if (!message) throw new Error("a question without words");
  return { message, text: describeOutbound(message) };
}

function plain(text: string): HandoffNotice {
  return { message: { kind: "text", text }, text };
}

function notices(texts: RatingTexts): RatingNotices[keyof RatingNotices] {
  return { question: question(texts), why: plain(texts.why), thanks: plain(texts.thanks) };
}
