import { any, phrases } from "../stop/grammar.ts";

/** Requests for a person in three languages, as sources of regular expressions over clauses (`clauses.ts`). */

const REAL =
  "(?: (?:real|humano|humana|de verdade?|de carne y hueso|fisica|viva|disponible|aqui|alli|atendente|vivo|por telefono|del (?:equipo|local|negocio|area)|que sepa|de (?:(?:la |el )?(?:tienda|local|sucursal|negocio|oficina)|ustedes|su equipo|ventas|voces|atencion|soporte|la empresa|atendimento|vendas|suporte|loja)|da (?:equipe|loja|empresa)|in charge|from (?:your|the) team|of your team|on your team|who works there|there|available|at the (?:store|shop)))*";
const DET =
  "(?:(?:un|una|uno|el|la|los|algun|alguna|otro|otra|su|tu|con|a|an|the|your|some|actual|real|live|um|uma|o|seu|sua|outro|outra|algum|alguma|another|any|human|proper|al|us|ao|pelo|so) ){0,3}";
/** Somebody of the company. */
const WHO = `${DET}${any(`
    personas? ; humanos? ; ser humano ; asesora? ; agente(?: humano)? ; operadora? ; encargad[oa] ; ejecutiv[oa] ; representante
    vendedora? ; gerente ; supervisora? ; jefe ; jefa ; duen[oa] ; responsable ; consultora? ; especialista ; tecnico
    companer[oa] ; as?sistente humano ; trabajador ; persons? ; humans? ; human being ; agents? ; representatives? ; rep
    operators? ; managers? ; supervisors? ; salesperson ; sales ?man ; staff(?: member)? ; team member
    member of (?:the|your) (?:team|staff) ; colleague ; specialist ; boss ; owner ; employee ; consultant ; real one ; pessoas?
    humano ; atendentes? ; responsavel ; tecnico ; dono ; dona ; encarregad[oa] ; chefe ; colega`)}${REAL}`;
const SOMEONE = `${any(`alguien ; alguem ; someone ; somebody ; anyone ; anybody ; algun companero ; (?:un|una|um|uma) (?:chic[oa]|muchach[oa]|senorita|moc[oa]|rapaz) ; gente(?= real| de verdade?| humana)`)}(?: (?:else|mas|mais))?${REAL}`;
const DEPARTMENT = `${DET}${any(`
    soporte(?: tecnico)? ; ventas ; atencion (?:al cliente|humana|personalizada) ; servicio (?:al cliente|tecnico) ; la tienda
    tienda ; administracion ; reclamos ; area de [a-z]+ ; departamento de [a-z]+
    (?:customer |technical |tech )?support(?: team)? ; customer (?:service|care) ; sales(?: team| department)? ; billing
    (?:support|sales|service|your) team ; help ?desk ; suporte(?: tecnico)? ; vendas
    atendimento(?: (?:humano|ao cliente|personalizado))? ; sac ; setor de [a-z]+ ; loja ; equipe(?: de [a-z]+)?`)}`;
const ANYONE = any(`${WHO} ; ${SOMEONE} ; ${DEPARTMENT}`);
const ME = any(`me ; nos`);

/** Said before a request without changing it. */
export const BEFORE = phrases(`
    hola ; oi ; ola ; hi ; hello ; hey ; buen[oa]s?(?: (?:dias?|tardes?|noches?))? ; bo[ma] (?:dia|tarde|noite)
    good (?:morning|afternoon|evening) ; por ?favor ; please ; porfa ; disculpen? ; oigan? ; oye ; desculpa ; sorry ; excuse me
    ok ; okay ; just ; ya ; solo ; mejor ; so ; y ; e ; and ; but ; pero ; mas ; gracias ; thanks ; bueno ; mira ; moc[oa]
    senor(?:es|ita|a)? ; c(?:an|ould)(?= someone) ; can(?=not) ; por gentileza ; can you please ; this bot is useless ; entonces ; aun asi ; yes
    si ; sim
    (?:yo |eu |i )?(?:solo |just |only |so )?(?:quiero|quisiera|queria|deseo|desearia|necesito|prefiero|preferiria|busco|solicito|quero|gostaria(?: de)?|desejo|preciso(?: de)?|prefiro|want|wanna|need|d like|would like|would rather|id like|id rather|d rather|i_would like|i_would rather|rather|prefer|wish|would prefer|demand|exijo|exijo que|me gustaria|tengo que|tenho que|have to|must|estoy buscando|looking for)(?: que)?(?: to)?(?: you to)?
    (?:me |nos )?(?:puede[ns]?|podes|podrias?|podrian|pueden|puedo|podemos|sera posible|es posible|seria posible)(?= (?!llamar|contactar(?: |$)))
    (?:eu |voces? |vcs? )?(?:posso|pode|podem|poderia|poderiam|consigo|teria como|tem como|da pra|da para|podemos)
    (?:can|could|may|might|would|will|shall) (?:i|you|u|we|you guys)(?: please)? ; let me ; is it possible to ; how (?:do|can) i
    como (?:hago|puedo|faco|posso|eu faco)(?: para| pra)? ; hay forma de
    (?:hay|habra|tienen|existe|tem|ha|voces tem|vcs tem|is there|are there|do you have|there is) ; que ; donde puedo ; i`);
/** Said behind one. */
export const BEHIND = phrases(`
    por ?favor ; porfa ; please ; pls ; gracias ; thanks ; thank you ; obrigad[oa] ; ya ; ahora(?: mismo)? ; now ; right now
    agora ; hoy ; today ; hoje ; urgente ; asap ; cuanto antes ; o quanto antes ; back ; directamente ; directly ; diretamente
    aqui ; here ; ai ; ahi ; alli ; conmigo ; comigo ; with me ; to me ; instead ; a (?:este|mi) (?:numero|celular|telefono) ; al (?:celular|telefono|movil|cel|numero)
    (?:at|on|to) (?:this|my) (?:number|phone) ; (?:nesse|neste|no meu|para o meu|neste meu) (?:numero|celular|telefone)
    por (?:telefono|aqui|telefone|whatsapp) ; (?:by|on the|over the) phone
    manana ; tomorrow ; amanha ; mas tarde ; later ; mais tarde ; que me (?:ayude|atienda|pueda ayudar) ; who can help(?: me)?
    que (?:me ajude|possa me ajudar|me atenda) ; (?:to|who can) (?:help|assist|answer)(?: me)? ; at your company ; si
    para mim? ; for me ; a las? [0-9]+ ; em vez disso ; disponible ; available ; disponivel`);

/** What the request is about, said behind it. */
export const SUBJECT = [
  "(?:sobre|acerca de|about|regarding|por lo de|para(?! recoger| que)|a respeito d[eao]|for help with|con mi|with my|de mi|da minha|do meu|to help me with|for) [a-z0-9 ]{1,60}",
];

/** Whole clauses that ask for a person. */
export const REQUEST = phrases(`
    (?:hablar|falar|talk|speak) (?:urgente(?:mente)?|ya|ahora|agora|directamente|now|urgently|por telefono) (?:con|com|to|with) ${ANYONE}
    contacto (?:con|com) ${ANYONE} ; (?:soporte|suporte|ayuda|ajuda|asistencia|atencion|human) (?:humano|humana|help|support|assistance)
    ${ME} (?:puede[ns]?|podria[ns]?|podrian|podem|pode|poderiam) (?:contactar|contatar)(?: ${ANYONE})? ; (?:dame|deme|denme) con ${ANYONE}
    ${SOMEONE} (?:please )?give me a (?:call|ring) ; (?:un|algun|um|algum|a) (?:numero|telefono|telefone|phone number|number)(?: de telefono)? (?:donde|al que|para|a donde|where i can|i can|to|que posso) (?:llamar|llamarlos|ligar|call)(?: you)? ; call ${SOMEONE}
    (?:que )?(?:me )?${any(`
    hablar ; conversar ; chatear ; platicar ; comunicarme ; contactarme ; contactar ; comunicar ; tratar
    entrar en contacto ; falar ; conversar ; tratar ; entrar em contato ; ser atendid[oa] por ; ser transferid[oa]`)} ?(?:com|con|a|por|para)? ${ANYONE}
    hablar con (?:ustedes|uds) ${any(`directamente ; por telefono`)}
    ${any(`talk ; speak ; chat ; connect ; get in touch ; get through ; deal`)} ?(?:to|with)? ${ANYONE}
    (?:to )?(?:reach|contact) ${ANYONE} ; falar por telefone(?: com .{1,30})?
    (?:me |nos )?${any(`
    pas[ae][ns]? ; pasas ; pasar(?:me)? ; pas[ae]me ; pasenme ; paseme ; pasame ; comuni(?:ca|que|quen|cas|can)(?:me)?
    comunicar(?:me)? ; conect(?:a|e|en|as|an|ar)(?:me)? ; transf(?:iere|iera|ieran|ieres|ieren|ere|ira|iram|erir)(?:me)?
    deriv(?:a|e|en|as|an|ar)(?:me)? ; pon(?:er|es|en)?(?:me)? ; pong(?:a|an)(?:me)? ; contact(?:a|e|en|as|an|ar)(?:me)?
    enlac(?:e|en)(?:me)? ; enlaza(?:r)?(?:me)? ; dirij(?:a|an)(?:me)? ; poe ; poem ; passa ; passem? ; passar
    encaminh(?:a|e|em|ar) ; coloc(?:a|a em contato|ar em contato|ar|que)(?: em contato)? ; chama ; chamar ; chame ; bota
    direciona(?:r)?`)} ?(?:em contato )?(?:con|a|al|para|pra|com|pro|ao|o)? ${ANYONE}
    ${any(`
    transfer ; connect ; put ; pass ; forward ; redirect ; get ; switch ; refer ; send ; direct ; hook ; patch`)} me ?(?:up|through|over|on)? ?(?:to|with)? ${ANYONE}
    ${any(`get ; give ; send ; find`)} me ${ANYONE}
    (?:que )?(?:alguien |alguem |${WHO} )?(?:me|nos) ${any(`
    llame[ns]? ; llamaran ; telefonar ; llama ; llamas ; llaman ; llamar ; liguem? ; liga ; ligar ; telefonem? ; marquen? ; ligasse`)}(?: ${any(`${ANYONE}`)})?
    ${any(`llamame ; llameme ; llamenme ; llamarme ; marcame ; marquenme ; telefoneenme`)}
    (?:${ME} )?(?:puede[ns]?|podes|podrian?|podrias) (?:llamar|marcar|telefonear)(?:me)?(?: ${ANYONE})?
    (?:me )?(?:devolver(?:me)?|devuelvan(?:me)?|devuelve(?:me)?|regresen(?:me)?|retornar|retornem|dar|hacer|haga[ns]?|de[ns]?|fazer|facam) (?:a |la |una |uma )?(?:llamada|ligacao)
    (?:una|uma|a) (?:llamada|ligacao|phone call|call ?back|call)(?: ${any(`de ; from`)} .{1,30})? ; call ?back
    (?:recibir|receber|get|receive|have) (?:una|uma|a) (?:llamada|ligacao|phone call|call)(?: from .{1,30})?
    (?:(?:have|get|ask|tell) )?(?:${SOMEONE} |${WHO} )?(?:to )?(?:please )?(?:call|phone|ring|contact) me
    (?:(?:can|could|will|would) )?(?:${SOMEONE} |${WHO} )(?:please )?(?:call|phone|ring|contact|help|answer|talk to|speak to|assist|reply to) (?:me|us)
    (?:please )?give me a (?:call|ring)
    (?:pedir|peca|pedem?) (?:para|pra|a) (?:alguem|um atendente|uma pessoa) me (?:ligar|chamar|atender)
    have ${ANYONE} (?:call|contact|phone|help|answer) me
    get (?:someone|somebody|a human|a person) to (?:help|call|contact|answer) me
    ${SOMEONE} (?:from (?:your|the) team )?to (?:contact|call|help|answer) me
    ${DEPARTMENT} ${any(`por ?favor ; please ; porfa`)} ; (?:get|have) ${ANYONE} on the (?:phone|line)
    lig(?:a|ue|uem) (?:para mim|me) ; telefonem? me ; (?:telefonar|ligar|contac?tar) me ; ${any(`${WHO} ; ${SOMEONE}`)} (?:se (?:comunique|contacte|ponga en contacto)|entre em contato|entrar em contato)(?: con nosotros)?
    con ${ANYONE}
    ${any(`
    atencion al cliente ; atencion humana ; atencion personalizada ; servicio al cliente ; customer service ; customer support
    customer care ; atendimento humano ; atendimento ao cliente ; atendimento personalizado ; live chat
    live (?:agent|person|support|chat)(?: with .{1,20})?`)}
    (?:que )?(?:me |nos )(?:atiend[ae]n?|atender|atienden|respond[ae]n?|responder|conteste[n]?|ayud[ae]n?|contacte[n]?|hable|escriba|ajude|ajudar|atenda|responda|contate|llame|ligue) ${any(`${WHO} ; ${SOMEONE}`)}
    (?:que )?${any(`${WHO} ; ${SOMEONE}`)} (?:que )?(?:me |nos )?(?:(?:puede|podria|pode|poderia|possa|pueda) )?(?:me )?(?:atiend[ae]|atender(?:me)?|respond[ae]|responder(?:me)?|contest[ae]|contestar(?:me)?|ayud[ae]|ayudar(?:me)?|contact[ae]|contactar(?:me)?|llam[ae]|llamar(?:me)?|atenda|ajude|ajudar|ligar|ligue|atende|contatar)(?: me)?
    atender ${any(`${WHO} ; ${SOMEONE}`)}
    (?:ajuda|ayuda|help|atencion|atendimento)(?: personalizad[oa]| human[oa])? (?:de|from|por|com|con) ${any(`${WHO} ; ${SOMEONE}`)}
    contactarse ${any(`${WHO} ; ${SOMEONE}`)}
    (?:can |could )?${WHO} (?:can )?(?:please )?(?:answer|help|talk to|reply to|assist) me
    (?:(?:con|com) )?(?:quien|quem|who) (?:eu )?(?:puedo|posso|podria|falo|hablo|can i|could i|do i|should i) ?(?:hablar|falar|speak|talk|contact)?(?: (?:to|with))?
    ${any(`${WHO} ; ${SOMEONE}`)} (?:(?:con|com) (?:quien|quem|el que|la que|la cual|o qual|a qual) (?:yo |eu )?(?:pueda|puedo|possa|posso) (?:hablar|falar)|i can (?:talk|speak|chat)(?: to| with)?|to (?:talk|speak|chat)(?: to| with)?|available|disponible|disponivel)
    (?:alguem|alguien) (?:ai |ahi |aqui )?(?:pra|para|que) (?:me )?(?:atender(?:me)?|atienda|ajudar|ayudar(?:me)?|ayude|responder)(?: me)?
    (?:i )?(?:no quiero|nao quero|dont want|do not want|no quiero seguir|cansad[oa] de|stop)(?: to)?(?: (?:hablar|falar|talk|talking|speak|chat|chatear|conversar|hablando))?(?: (?:con|com|to|with))?(?: (?:un|el|al|la|una|um|a|o|the|this|this stupid|uma))? (?:robot|bot|maquina|robo|machine|ia|ai|chatbot|computer|contestador|the bot)`);

/** Words that ask for one alone, but may also be an answer. */
export const WORD = [`(?!(?:.* )?(?:personas|pessoas|persons|humans|humanos|agents)$)${WHO}`];
/** Clauses that may ask for one. */
export const DOUBTFUL = phrases(`
    (?:hay |is |tem )?(?:${SOMEONE}|anyone|anybody|somebody)(?: (?:ahi|there|ai|aqui|here|me ayuda|help))? ; ${DEPARTMENT}
    help ; ayuda ; ajuda ; help me ; llamada ; ligacao ; call ; telefono ; telefone`);

/** Beginnings of words of which every clause that these patterns match has one. */
export const HINT =
  /(?<!\p{L})(?:person|pessoa|hum|ser |as[ei]s|ass|agent|operad|operat|encar|ejec|repr|rep(?!\p{L})|vend|venta|geren|super|jef|duen|respons|consul|espec|spec|tecn|tech|companer|traba|manag|sales|staff|team|member|colle|colega|boss|owner|employ|real one|atend|atien|atenc|don[oa]|chefe|alg[uú]|some|any|chic|muchach|senorit|moc|rapaz|gente|sopor|supor|support|serv|tiend|admin|reclam|area|depart|custom|bill|help|sac(?!\p{L})|setor|loj|equip|hablar|falar|falo|hablo|talk|speak|chat|conv|cont|comuni|tele|phone|numer|number|llam|marc|marq|lig|call|ring|dev|retorn|regres|robo|bot|maquin|machin|ia(?!\p{L})|ai(?!\p{L})|comput|quien|quem|who|ayud|ajud|live|your)/u;
