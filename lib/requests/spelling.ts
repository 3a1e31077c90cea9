/** Long words that requests are made of; one that is misspelt by a letter is read as meant. */
const WORDS =
  `unsubscribe subscription messages messaging message texting promotions promotional advertising marketing notifications
  remove receive receiving newsletter newsletters database representative customer service operator manager someone somebody supervisor
  desuscribir desuscribirme desuscribanme suscripcion mensajes mensaje publicidad promociones ofertas anuncios notificaciones escribirme
  enviarme mandarme eliminen eliminenme quitenme saquenme borrenme molestarme recibir persona asesor asesora agente operador vendedor
  representante encargado comuniqueme comunicame
  descadastrar descadastre descadastra descadastrem desinscrever desinscreva desinscricao inscricao mensagens mensagem propaganda promocoes
  anuncios notificacoes receber atendente atendimento pessoa humano gerente vendedor`.split(/\s+/);

/** Words that end this way by a rule of their language. */
const KNOWN = new Set([
  ...WORDS,
  ...`persona personas pessoas agentes receber recebe recebi recebo recibi recibe recibo receives received removed promocion
  anuncio mensajero oferta asesoria asesorias personales asesores atendentes humanos humana humanas humanity gerentes vendedora vendedores vendedoras
  operadora servicio services servicios customers managers someones`.split(/\s+/),
]);

/** Short forms of chats, and short words that are often misspelt. */
const CHAT: ReadonlyMap<string, string> = new Map(
  `q=que k=que qe=que d=de m=me x=por xfa=porfa xfavor=porfavor pf=porfavor pfv=porfavor pls=please plz=please u=you ur=your thx=thanks ty=thanks
  tks=thanks vc=voce vcs=voces voces=voces qro=quero kiero=quiero kero=quiero pra=para pro=para p=para stpo=stop sotp=stop stopp=stop stp=stop
  vaja=baja unsub=unsubscribe unsuscribe=unsubscribe txt=text txts=texts txting=texting msging=messaging msj=mensaje msjs=mensajes mjs=mensajes
  mensj=mensaje msgs=messages msg=message num=numero nro=numero cel=celular zap=whatsapp wsp=whatsapp wpp=whatsapp wasap=whatsapp
  wasaps=whatsapps guatsap=whatsapp publi=publicidad promos=promociones promo=promocion uds=ustedes im=i_am ive=i_have id=i_would
  gracia=gracias grax=gracias obg=obrigado brigado=obrigado brigada=obrigada`
    .split(/\s+/)
    .map((pair) => pair.split("=") as [string, string]),
);

/** A word as it was meant, in lower case without accents. */
export function respell(word: string): string {
  const meant = CHAT.get(word);
  if (meant !== undefined) return meant.replace("_", " ");
  if (word.length < 6 || KNOWN.has(word)) return word;
  return WORDS.find((known) => isOneSlip(known, word)) ?? word;
}

/** True when one letter is missing, added, exchanged or swapped with its neighbour; in a very long word two may be missing. */
function isOneSlip(known: string, word: string): boolean {
  if (known[0] !== word[0] || known.length < 6 || Math.abs(known.length - word.length) > 1) return false;
  let start = 0;
  while (start < known.length && known[start] === word[start]) start++;
  // "Pessoal" and "remover" are words of their own.
  if (start === known.length) return false;
  const rest = known.slice(start);
  const found = word.slice(start);
  return (
    rest.slice(1) === found ||
    rest === found.slice(1) ||
    // An ending is what tells a plural or a person apart: only letters inside are forgiven.
    (rest.length > 2 && rest.slice(1) === found.slice(1)) ||
    (rest.length > 2 && rest[0] === found[1] && rest[1] === found[0] && rest.slice(2) === found.slice(2))
  );
}
