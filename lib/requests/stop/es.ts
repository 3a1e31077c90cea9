import { andThen, any, type Grammar, maybe, phrases } from "./grammar.ts";

const DET =
  "(?:(?:mas|sus|tus|su|tu|los|las|la|el|estos|estas|este|esta|esos|esas|ese|esa|tantos|tantas|tanta|tanto|mis|ningun|ninguna|nada de|cualquier|todos|todas|toda) ){0,3}";
/** What is sent and not wanted. */
const SENT = any(`
    mensaj(?:e|ito|aso)s?(?: (?:promocionales|publicitarios|de (?:publicidad|promocion|promociones|marketing|texto|whatsapp|ustedes)|masivos|automaticos|comerciales))?
    messages? ; sms ; textos ; correos ; mails? ; whatsapps? ; publicidad(?:es)? ; propagandas? ; promocion(?:es)? ; ofertas?
    anuncios? ; spam ; catalogos? ; notificacion(?:es)? ; boletin(?:es)? ; newsletters? ; marketing ; cadenas ; difusion(?:es)?`);
/** The same, also in words that are only clear beside a verb. */
const THING = any(`
    ${SENT} ; informacion ; info ; novedades ; avisos? ; nada(?: mas)? ; cosas ; audios ; links ; eso ; esto ; tanta cosa`);
const ME = any(`me ; nos`);
const PLACE_KIND = any(`
    difusion ; contactos? ; correos? ; promociones ; ofertas ; mensajes ; envios? ; clientes ; whatsapp ; publicidad
    distribucion ; suscriptores`);
const PLACE = `(?:de |del )?${maybe(`la ; su ; tu ; esta ; esa ; sus ; tus ; este ; ese ; el ; vuestra`)}${any(`
    listas?(?: de ${PLACE_KIND})? ; grupo(?: de ${PLACE_KIND})? ; base(?: de datos)? ; sistema ; registros? ; contactos?
    agenda ; difusion ; directorio`)}${andThen(`de ustedes`)}`;
const AWAY = any(`de ${any(`ahi ; aqui ; aca ; alli ; esto`)} ; (?:de|del|en) ${PLACE} ; del? ${PLACE}`);
/** Imperatives, wishes and infinitives of sending; past and present tenses are complaints. */
const SEND = any(`
    mande[ns]? ; mandeis ; mandar ; envie[ns]? ; envieis ; enviar ; lleguen? ; hagan? llegar ; pongan? ; pasen?`);
const WRITE = any(`
    escriba[ns]? ; escribais ; escribir ; contacte[ns]? ; contactar ; moleste[ns]? ; molestar ; fastidien? ; fastidiar
    hostiguen? ; acosen? ; busquen? ; hablen? ; insistan? ; incomoden? ; incomodar ; jodan? ; spameen? ; bombardeen? ; texteen? ; hinchen?`);
const SEND_ME = any(`mandar ; enviar ; hacer llegar`);
const SENDING = any(`mandando ; enviando`);
const WRITING = any(`escribiendo ; contactando ; molestando ; llamando ; fastidiando`);
const BOTHER = any(`
    escribir ; contactar ; molestar ; fastidiar ; acosar ; hostigar ; joder ; chingar ; jorobar ; hinchar ; fregar ; insistir ; incomodar ; bombardear ; llamar
    spamear ; hablar`);
const CEASE = any(`
    deja ; dejas? ; dejad ; deje[ns]? ; dejen ; dejar ; dejaran? ; dejarian? ; para ; parad ; paren? ; parenle ; parale ; parar
    paranle ; cesen? ; cesar ; terminen? ; basta ; eviten?`);
const TAKE = any(`
    quiten? ; quitar ; quita ; quitas ; quitan ; saquen? ; saca ; sacar ; sacas ; sacan ; borren? ; borra ; borrar ; borras
    borran ; eliminen? ; elimina ; eliminar ; eliminas ; eliminan ; retiren? ; retira ; retirar ; retiran ; remuevan? ; remueve
    remover ; excluyan? ; excluir ; saquen`);
const TAKE_ME = any(`
    (?:quit|sac|borr|elimin|retir)(?:a|e|en|ar)${ME} ; saque(?:n)?me ; remueva[n]?me ; remueveme ; excluya[n]?me ; excluirme
    removerme ; bloqueen?me`);
const NUMBER = any(`
    mi (?:numero|celular|telefono|contacto|whatsapp)(?: de (?:telefono|celular|whatsapp|contacto))?
    este (?:numero|contacto|telefono|celular)`);
const NO = any(`no ; ya no ; nunca ; jamas ; nunca mas ; no quiero que ; ya no quiero que`);
const WANT = any(`
    quiero ; quisiera ; deseo ; necesito ; quiere ; queremos ; pienso ; estoy interesado en ; estoy interesada en ; me gustaria
    autorizo ; autorice ; acepto ; permito ; me interesan?`);
const RECEIVE = any(`(?:seguir |volver a )?(?:recibir(?:los|las)?|recibiendo|tener|ver|saber de)(?: mas)?`);

/** Stop requests in Spanish. */
export const ES: Grammar = {
  before: phrases(`
    el favor de(?: que)?
    prefiero(?: que)? ; preferiria(?: que)? ; mejor ; amablemente ; (?:ya )?les he (?:dicho|pedido)(?: [a-z]+ veces)?(?: que)?
    me (?:quiero|quisiera|gustaria|puedo|quieren?)(?= (?:dar|desuscribir|desinscribir|salir|borrar|eliminar|retirar))
    hola ; buen[oa]s?(?: (?:dias?|tardes?|noches?))? ; oigan? ; oye ; oiga ; hey ; senor(?:es|a|ita)? ; amig[oa]s? ; disculpen? ; che ; boludo ; wey ; guey ; bro ; parce ; pana ; chic[oa]s ; estimad[oa]s?
    perdon ; ok ; okay ; bueno ; ya ; mira ; miren ; muchas gracias ; gracias ; no gracias ; de antemano ; por ?favor
    porfa(?:s)? ; favor(?: de)? ; le[s]? agradeceria(?: que| si)? ; agradezco(?: que)? ; agradeceria(?: que)? ; se agradece
    quiero ; quisiera ; deseo ; necesito ; solicito ; exijo ; me gustaria ; queria
    (?:les?|te|os)? ?(?:pido|ruego|suplico|solicito|exijo|pediria)(?: que| por ?favor)?
    (?:ya )?(?:les?|te|os|yo) (?:dije|pedi|he dicho|he pedido|habia dicho|habia pedido|vuelvo a pedir)(?: ya)?(?: que)?
    (?:me |nos )?(?:puede[ns]?|podes|podria[ns]?|podrian|pueden|podeis)(?= (?:por ?favor )?(?:dejar|dar|quitar|sacar|borrar|eliminar|retirar|parar|desuscribir|desinscribir|remover|no|excluir))
    podrian(?= [a-z]+me)
    (?:como|donde|que) (?:hago|puedo|debo hacer|tengo que hacer|se hace|hay que hacer|le hago)(?: para)?(?: que)?
    como(?= (?:me doy|dejo|cancelo|salgo|me salgo|desactivo|me desuscribo|me desinscribo|dejar|darme|cancelar|salir))
    hay forma de ; tienen que ; deben ; que(?= (?:no|me|ya|[a-z]+en) )
    si (?:me )?(?:pueden|podrian)(?= (?:dejar|dar|quitar|sacar|borrar|eliminar|retirar|parar)) ; de verdad ; en serio ; solo ; y
    pero ; numero equivocado ; no me interesa(?:n)? ; se lo pido ; por ultima vez ; la verdad ; entonces ; pues`),
  behind: phrases(`
    que (?:yo )?no (?:pedi|solicite|quiero|me interesan?)
    suy[oa]s? ; tuy[oa]s? ; a ninguna hora ; nunca jamas ; por ?favor ; porfa(?:s)? ; muchas gracias ; gracias ; de antemano ; ya ; ahora(?: mismo)? ; nunca(?: mas)? ; jamas
    de nuevo ; otra vez ; a(?:l)? (?:este|mi) (?:numero|celular|telefono|whatsapp|linea) ; al whatsapp
    en (?:mi|este) (?:whatsapp|celular|numero|telefono) ; por (?:aqui|aca|este medio|este numero|whatsapp|este chat) ; aqui
    de (?:ustedes|vosotros|usted|tu parte|su parte|esta empresa|esta tienda|su empresa|su tienda|la tienda|la empresa|este numero|esta marca)
    todos los dias ; (?:a )?cada rato ; a cada hora ; todo el (?:dia|tiempo) ; tanto ; de una vez(?: por todas)? ; de inmediato
    inmediatamente ; senor(?:es|a|ita)? ; amig[oa]s? ; urgente ; por dios ; que molestia ; que fastidio ; si ; nomas
    pues ; a diario`),
  stop: phrases(`
    ${CEASE} de estar (?:${WRITING}|fregando|jodiendo|hostigando)(?:me|nos)?(?: con ${DET}${SENT})?
    (?:ya )?no ${WANT} que (?:me )?(?:sigan?|esten?) (?:mandando|enviando)(?:me|nos)? ${DET}${THING}
    (?:ya )?no ${WANT} que (?:me )?(?:sigan?|esten?) (?:escribiendo|molestando|contactando)(?:me|nos)?
    no molesten?(?: mas)? con ${DET}${SENT} ; (?:cancelo|desactivo|detengo|paro) ${DET}${SENT}
    (?:borrar|eliminar|quitar|remover|retirar) (?:el )?(?:numero|contacto) ; baja ${DET}${SENT} ; salir (?:de )?listas?
    ${CEASE} de llenar(?:me|nos) (?:el (?:celular|telefono|whatsapp|chat) )?(?:de|con) ${DET}${any(`${SENT} ; cosas`)}
    la eliminacion de mi (?:numero|contacto)(?: ${AWAY})?
    (?:deja|deje[ns]?|dejen|pare[ns]?)(?:me|nos) de (?:estar )?(?:mandar|enviar|escribir|molestar)(?: ${DET}${THING})?
    (?:dejen|deja|quiten) (?:ya )?(?:el|los|la|las|con el|con los) (?:spam|mensajes|publicidad)
    (?:ya )?no (?:quiero|deseo|quisiera|acepto) (?:ser|estar siendo|volver a ser) (?:contactad|molestad|incomodad|hostigad)[oa]
    (?:ya )?no (?:quiero|deseo) (?:ser|formar) parte de ${PLACE}
    (?:ya )?no recibir(?: mas)? ${DET}${SENT}
    (?:yo )?(?:ya )?no (?:autorizo|consiento|permito|acepto|doy (?:permiso|autorizacion) para)(?: que)? (?:el uso de |usar |usen |utilicen |que usen )${NUMBER}(?: para [a-z ]{1,40})?
    (?:les? |te )?prohibo (?:que )?${ME} (?:vuelvan a |sigan? )?${any(`${SEND} ; ${SENDING} ; ${WRITE} ; ${WRITING}`)}(?: ${DET}${THING})?
    si ${ME} (?:vuelven a ${any(`${BOTHER} ; ${SEND_ME}`)}|siguen ${any(`${WRITING} ; ${SENDING}`)})(?: ${DET}${THING})? (?:los |las |te |lo |la )?(?:voy a )?(?:bloque|denunci|report)[a-z]{1,8}
    (?:revoco|retiro|cancelo) (?:mi|el) consentimiento(?: para [a-z ]{1,40})?
    (?:${NO} )${ME} (?:anden?|esten?) (?:escribiendo|molestando|contactando|mandando ${DET}${THING})
    (?:cesen?|cesar|terminen?|paren?) (?:con )?el envio de ${DET}${SENT}
    (?:eliminar|eliminen|borrar|quitar|terminar) (?:mi |la )?suscripcion ; darse de baja
    baja (?:de|en) ${any(`${PLACE} ; ${DET}${SENT}`)} ; baja del? (?:este )?(?:servicio|grupo|sistema)(?: de ${SENT})?
    ${TAKE} mis datos ${AWAY} ; no (?:me )?(?:agreguen?|incluyan?|pongan?) (?:mas )?(?:en|a) ${PLACE}
    ${maybe(`${ME}`)}${CEASE}(?: ya)? de ${BOTHER}(?:me|nos)?${andThen(`con ${DET}${THING} ; con ${DET}${SENT}`)}
    ${maybe(`${ME}`)}${CEASE}(?: ya)? de (?:estar )?${any(`${SEND_ME} ; ${SENDING}`)}(?:me|nos) ?(?:${DET}${THING})?(?: mas)?
    ${ME} ${CEASE}(?: ya)? de ${SEND_ME}(?: ${DET}${THING})?
    ${maybe(`${ME}`)}${CEASE}(?: ya)? de (?:estar )?${any(`${SEND_ME} ; ${SENDING}`)} ${DET}${any(`${SENT} ; informacion ; cosas ; tanta cosa`)}
    (?:dejar|dejo|parar|paro|cancelar|cancelo) (?:de )?(?:recibir(?:los)?|seguir recibiendo|el envio de|la recepcion de) ${DET}${THING}
    ${any(`
    para ; paren? ; parenle ; parale ; parar ; basta ; ya basta ; ya estuvo ; ya estuvo bueno ; suficiente ; detengan? ; detener
    suspendan? ; suspender ; alto ; stop ; no mas ; cancelen? ; cancelar ; desactiven? ; desactivar ; terminen? ; parad ; corten
    frenen ; bloquear`)}(?: ya)? ?(?:con|de|a|el envio de|la recepcion de)? ?${DET}${SENT}
    ${NO} ${ME} (?:vuelva[ns]? a |sigan? )?${any(`${SEND} ; ${SENDING}`)}(?: mas)? ${DET}${THING}(?: mas)?
    ${NO} (?:${ME} )?(?:vuelva[ns]? a |volver a |sigan? )?${any(`${WRITE} ; ${WRITING}`)}(?:me|nos)?(?: (?:mas|nunca mas|nada|nada mas|jamas|ni me (?:llamen|manden nada)|con ${DET}${THING}))?
    ${NO} (?:${ME} )?(?:vuelva[ns]? a |volver a )?(?:contactar|mandar|enviar)(?:me|nos)(?: mas)?(?: ${DET}${THING})?
    ${NO} (?:vuelva[ns]? a |volver a |sigan? )?${any(`${SEND} ; ${SENDING}`)}(?: mas)? ${DET}${SENT}(?: mas)? ; ${NO} ${SEND} (?:mas (?:cosas|nada)|nada mas)
    ${NO} ${ME} llenen? (?:mas )?(?:el (?:celular|telefono|whatsapp|chat) )?(?:de|con) ${DET}${SENT} ; ni (?:un|una)(?: sol[oa])? ${SENT} mas
    baja (?:definitiva|inmediata|total) ; ${TAKE} mi nombre (?:de|del) ${PLACE}
    ${NO} ${ME} (?:vuelva[ns]? a )?${SEND} mas
    ${NO} ${ME} (?:(?:vuelva[ns]? a llamar|llamen?)(?: mas| nunca mas)|llamen? ni me escriban?(?: mas)?)
    (?:ya )?no (?:${WANT}|kiero) ${RECEIVE} ?${DET}${THING}
    (?:ya )?no ${WANT} (?:que )?(?:ustedes )?${ME} (?:vuelvan a |sigan? |esten? )?${any(`${SEND} ; ${SENDING} ; lleguen ; llegando`)} ?(?:mas )?${DET}${any(`${THING} ; mensajes`)}
    (?:ya )?no ${WANT} (?:que )?(?:ustedes )?${ME} (?:vuelvan a |sigan? |esten? )?${any(`${WRITE} ; ${WRITING}`)}(?: mas)?
    (?:ya )?no ${any(`quiero ; quisiera ; deseo ; acepto ; autorizo ; necesito`)} ${DET}${SENT}(?: mas)?
    (?:ya )?no (?:quiero|deseo) saber (?:mas |nada |nada mas )?de (?:ustedes|uds|sus ${SENT})
    (?:ya )?no quiero (?:estar|seguir|continuar) en ${PLACE}
    no quiero ${any(`estar|seguir`)} (?:en|suscrit[oa] a) ${any(`${PLACE} ; ${DET}${SENT}`)}
    (?:no|ya no|sin|cero|nada de) (?:mas )?${DET}${SENT} ; no molestar ; no molesten?(?: mas)? ; no contactar
    no volver a (?:contactar|escribir|molestar|llamar)(?:me)? ; recibir(?:los)? ${DET}${SENT} no ; ${TAKE_ME} ${AWAY}
    ${any(`elimin ; borr`)}(?:a|e|en)me ; (?:que )?${ME} ${TAKE} ${AWAY}
    ${TAKE} ${any(`${NUMBER}`)}(?: ${AWAY})?(?: de ${any(`sus ; tus ; su ; tu ; los`)} [a-z]+)?
    ${any(`
    quitar ; sacar ; borrar ; eliminar ; retirar ; salir ; salirme ; salirnos ; salgo ; me salgo`)} (?:de|del) ${PLACE}
    ${TAKE}(?:me|nos) (?:de|del) ${PLACE} ; que ${ME} ${TAKE} ${AWAY}
    (?:${ME} )?(?:(?:puedo|quiero|puede[ns]?|podria[ns]?) )?(?:dar(?:me|nos)?|de[ns]?me|de[ns]?|dame|doy|dan?|dar|demen|des|denos) (?:la )?(?:de )?baja(?: (?:de|en|a) ${any(`
    ${PLACE} ; ${DET}${SENT} ; (?:este|el) servicio(?: de ${SENT})? ; (?:su|este|mi) numero ; todo ; aqui ; esto`)})?
    la baja(?: (?:de|en) ${any(`${PLACE} ; ${DET}${SENT} ; (?:este|el) servicio(?: de ${SENT})?`)})?
    (?:me )?(?:des(?:u|in|sub|uns)scri(?:b|p)\\w{0,7}|desinscrib\\w{0,7}|desuscrib\\w{0,7}|desafili(?:ar|en|e)(?:me)?|unsubscribe|opt out|optout|unsuscribe)(?: me)?(?: (?:de|del|a) ${any(`${PLACE} ; ${DET}${SENT} ; aqui ; esto ; todo`)})?
    ${any(`cancelar ; cancelen? ; cancela ; cancelo ; anular ; anulen? ; anula ; terminar`)} (?:mi |la )?(?:suscripcion|subscripcion)(?: (?:a|de|en) ${any(`${PLACE} ; ${DET}${SENT}`)})?
    deja(?:d|r|n)?${ME} (?:en paz|tranquil[oa]) ; dejen?${ME} (?:en paz|tranquil[oa])
    (?:que )?me dejen? (?:en paz|tranquil[oa]) ; stop all ; stopall`),
  word: phrases(`baja ; parar ; pare ; detener ; baja baja`),
  doubtful: phrases(`
    (?:ya )?no (?:quiero|deseo|necesito) (?:mas |su )?informacion
    (?:que |pueden |me pueden )?(?:me )?(?:saquen|sacar|quitar|quiten) ; ya no me (?:manden?|envien?) ; dejar de recibir
    borren?lo ; eliminen?lo
    (?:dejen|deja|paren?) de (?:mandar|enviar)(?:los|las|lo)? ; no (?:manden|envien) mas
    basta ; ya basta ; ya estuvo ; suficiente ; ya no quiero nada(?: mas)? ; no quiero nada(?: mas)? ; ya no
    no me interesan?(?: nada| (?:sus|tus) (?:ofertas|promociones|productos|mensajes))? ; ya no me interesan? ; callate
    ya callate ; callense ; dejame ; dejenme ; ya dejenme ; ya dejenlo ; dejenlo(?: ya)? ; no molestes ; salir de aqui
    quiten?me ; saquen?me ; sacame ; quitame ; bloqueen?me ; (?:los|te) voy a (?:bloquear|reportar|denunciar)
    borren? mis datos ; eliminen? mis datos ; no me manden? ; no me envien? ; no me llamen? ; paren ; esto es spam ; spam
    no estoy interesad[oa]`),
  reason: phrases(`
    (?:ustedes|uds|tu) otra vez ; otra vez(?: ustedes)? ; me (?:estan?|siguen?) (?:mandando|enviando|llegando|escribiendo)[a-z ]*
    me (?:mandan|envian|llegan|llega|escriben) (?:mucho|mucha|muchos|muchas|demasiad|tanto|tanta)[a-z ]* ; no he pedido[a-z ]* ; ya paren ; paren ya
    (?:es )?numero equivocado ; (?:se )?equivoc\\w+(?: de numero)? ; no (?:soy|fui) (?:su )?cliente\\w*
    (?:yo )?(?:nunca|no|jamas) (?:les? |me |los )?(?:pedi|suscribi|inscribi|registre|solicite|conozco|di mi numero|autorice|compre|estoy interesad[oa])[a-z ]*
    (?:ya )?no me interesa[a-z ]* ; no estoy interesad[oa] ; ya (?:les?|te) (?:dije|pedi)[a-z ]* ; no se quienes son
    no los conozco ; quien(?:es)? (?:son|eres)(?: ustedes)? ; es (?:muy )?(?:molesto|fastidioso|spam) ; son muchos
    que (?:molestia|fastidio|pesados) ; me (?:molesta|fastidia|cansa)n?[a-z ]* ; estoy (?:cansad|hart)[oa][a-z ]*
    o (?:los|te) (?:bloqueo|denuncio|reporto) ; no`),
  against: phrases(`
    (?<!no )quiero ; manden?me ; por aqui prefiero
    manda ; manden ; envien ; por aqui (?:esta|si|prefiero|mejor) ; aqui esta bien
    dijo ; dice[ns]? ; dijeron ; dijiste ; decia ; escribio ; escribi ; mande ; pidio ; puso ; sin querer ; por error ; si
    cuando ; mejor ; hasta ; antes ; solo ; escriban?me ; escribeme ; mandame ; mandenme ; envienme ; llamenme ; llamame
    pero (?:si|yo|el|la|los|quiero) ; por que ; cuesta ; cuanto ; precio ; pedido
    necesito
    no (?:quiero )?(?:dejar|dejen|dejes|deje|paren|pares|dar) ; nunca dejen? ; correo ; error ; talla ; color`),
};
