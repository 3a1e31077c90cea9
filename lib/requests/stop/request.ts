import { foldText } from "../../language/fold.ts";
import { atEnd, atStart, clausesOf, LONGEST, strip, strips, whole, within } from "../clauses.ts";
import { EN } from "./en.ts";
import { ES } from "./es.ts";
import type { Grammar } from "./grammar.ts";
import { PT } from "./pt.ts";

/** A request for no more messages: `word` is one that may also answer a question of ours, such as "baja". */
export type StopRequest = "stop" | "word" | "doubtful" | "no";

const all = (list: keyof Grammar): string[] => [ES, EN, PT].flatMap((grammar) => grammar[list]);

// People mix languages ("stop publicidad"), so the three grammars are one.
const BEFORE = atStart(all("before"));
const BEHIND = atEnd(all("behind"));
const STOP = whole(all("stop"));
const WORD = whole(all("word"));
const DOUBTFUL = whole(all("doubtful"));
const REASON = whole(all("reason"));
const AGAINST = within(all("against"));
const AND = / (?:y|e|and|pero|but|ni|or) /;
/** Words in front of a request that turn it into something else: a negation, another person, another thing. */
const TURNED =
  /(?:^| )(?:no|not|nao|nunca|never|dont|didnt|sin|sem|without|ni|nem|have|got|get|one|tengo|tenho|it|lo|los|las|le|les|ele|ela|he|she|they|him|her|mi|my|meu|minha|su|un|una|um|uma|a|diga|dice|escrita|vend\w+|sell|busco|banco|bank|si|se|if|que pasa)(?= |$)/;
/** More words in front of a request are another subject. */
const MOST_BEFORE = 6;

/** Nobody should send, write or receive something more: that it is about our messages shows only in the words around. */
const SENDING_REFUSED =
  /(?:^| )(?:no|nao|nunca|dont|do not|never|stop|dejen de|deixem de|parem de) (?:(?!qui?eren? |querem |wants |pued[eo]n? |se |cons[ie]g|poss?o |can )\w{1,12} ){0,3}?(?:recib(?:ir|an)|receb(?:er|am)|receiv(?:e|ing)|(?:mand|envi|escrib|llen|escrev|contact|send|text|messag)(?:a|e|as|es|an|en|am|em|ais|eis|ar|er|ir|ing)?) (?:\w{1,12} ){0,4}?(?:mensajes?|mensagens?|mensagem|messages|publicidad|publicidade|propagandas?|promociones|promocoes|promos|ofertas|anuncios|spam|ads|marketing)$/;
/** "No promotions today?" asks whether there are any. */
const NONE_TODAY =
  /^(?:no|sin|sem|zero|cero) (?:promo|ofert|offers?|deals?|anunci|ads?(?: |$)|publicid|propagand|spam|mensaj|mensag|messages|texts)/;

type Kind = StopRequest | "polite" | "reason" | "against";

/** Beginnings of words of which every request, sure or doubtful, has one: most messages are none at a glance. */
const HINT =
  /(?<!\p{L})(?:no(?!\p{L})|nao|not(?!\p{L})|nun|never|jam|sin(?!\p{L})|sem(?!\p{L})|zero|cero|don|do |sto?p|sotp|quit|ceas|end(?!\p{L})|enou|bast|alto|par[ae]|dej|deix|cheg|ces|det|revo|withdr|disc|forg|prefer|rather|done|had|make|be left|sol|a ex|a rem|la el|susp|cancel|anul|des|turn o|disab|interr|blo|termin|evit|cort|fren|ba[jh]a|vaja|un ?s|opt|rem|del|eras|elim|borr|saq|sac|ret|excl|apag|tir|take|get|lo[sc]e|off(?!\p{L})|out(?!\p{L})|sa[il]|shut|spam|fuck|piss|call|cala|leav|cut|knock|halt|paus|mut|sufi|esque|ya|ja|go away|vai embora|dar ba|nada de|i (?:will|ll)|proh?ib|denunci|if (?:you|u) )/u;

/** The request in a message's own words, whatever was said before it. */
export function stopRequest(text: string): StopRequest {
  const words = text.trim();
  if (words.length > LONGEST || !HINT.test(foldText(words.normalize("NFKC")))) return "no";
  const said = clausesOf(words);
  if (!said || said.clauses.length === 0 || said.quotes) return "no";
  if (said.asks && said.clauses.some((clause) => NONE_TODAY.test(clause))) return "no";
  const kinds = said.clauses.flatMap(kindsOf);
  const against = kinds.includes("against");
  const other = kinds.includes("no");
  if (kinds.includes("stop")) return against ? "no" : "stop";
  if (kinds.includes("word")) return against || other || kinds.includes("doubtful") ? "no" : "word";
  if (against) return "no";
  if (kinds.includes("doubtful")) return other ? "no" : "doubtful";
  return said.clauses.some((clause) => endsWithStop(clause) || SENDING_REFUSED.test(clause))
    ? "doubtful"
    : "no";
}

/** True when a request stands behind a few words that say nothing against it. */
function endsWithStop(clause: string): boolean {
  const words = strip(clause, BEHIND).split(" ");
  for (let at = 1; at <= MOST_BEFORE && at < words.length - 1; at++) {
    if (TURNED.test(words.slice(0, at).join(" "))) return false;
    if (STOP.test(words.slice(at).join(" "))) return true;
  }
  return false;
}

/** The word of a request that is one word alone, for a look at what was asked: "baja". */
export function bareWord(text: string): string {
  return (
    clausesOf(text)
      ?.clauses.flatMap((clause) => clause.split(" "))
      .find((word) => WORD.test(word)) ?? ""
  );
}

/** The kind of a clause; of both its halves, when only those make sense. */
function kindsOf(clause: string): Kind[] {
  const kind = kindOf(clause);
  if (kind !== "no" && kind !== "against") return [kind];
  const halves = clause.split(AND).map(kindOf);
  return halves.length > 1 && halves.includes("stop") ? halves : [kind];
}

function kindOf(clause: string): Kind {
  const asked = strip(clause, BEFORE);
  // What stands behind may also be part of it: "no más".
  for (const words of new Set([clause, asked, ...strips(asked, BEHIND), ...strips(clause, BEHIND)])) {
    if (words === "") return "polite";
    if (STOP.test(words)) return "stop";
    if (isWord(words)) return "word";
    if (DOUBTFUL.test(words)) return "doubtful";
  }
  if (REASON.test(clause)) return "reason";
  return AGAINST.test(clause) ? "against" : "no";
}

/** "Stop stop STOP" is one word. */
function isWord(words: string): boolean {
  const [first = "", ...others] = words.split(" ");
  return WORD.test(others.every((word) => word === first) ? first : words);
}
