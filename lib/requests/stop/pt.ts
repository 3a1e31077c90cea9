import { andThen, any, type Grammar, phrases } from "./grammar.ts";

const DET =
  "(?:(?:mais|suas?|seus?|vossas?|vossos?|os|as|o|a|essas?|esses?|estas?|estes?|dessas?|desses?|tantas?|tantos?|nenhuma?|qualquer|todas?|todos?|tanta|d[ao]s|de) ){0,3}";
/** What is sent and not wanted. */
const SENT = any(`
    (?:mensage(?:m|ns)|messages?|mensajes?)(?: (?:promocionais|de (?:propaganda|promocao|promocoes|marketing|texto|whatsapp|voces|divulgacao)|automaticas|em massa|comerciais))?
    sms ; textos ; emails? ; e mails? ; whatsapps? ; propagandas? ; publicidades? ; promocao ; promocoes ; promociones
    ofertas? ; anuncios? ; spam ; notificacao ; notificacoes ; newsletters? ; marketing ; divulgacao ; divulgacoes ; catalogos?
    disparos? ; avisos promocionais`);
/** The same, also in words that are only clear beside a verb. */
const THING = any(`
    ${SENT} ; nada(?: mais)? ; isso ; isto ; coisas? ; informac(?:ao|oes) ; novidades ; audios ; links ; essas coisas`);
const ME = any(`me ; nos`);
const KIND = any(`
    transmissao ; ofertas ; contac?tos? ; promoc(?:ao|oes) ; mensagens ; clientes ; emails ; envios? ; whatsapp ; divulgacao
    distribuicao`);
const PLACE = `(?:d[aeo]s?|dess[ae]s?|dest[ae]s?|daquela|de (?:sua|seu|toda)|d[ao]s? (?:suas?|seus?|minhas?|vossas?|vossos?)|n[ao]|nessa) ${any(`
    (?:sua )?listas?(?: de ${KIND})? ; grupos?(?: de ${KIND})? ; cadastro ; base(?: de dados)? ; sistema ; contac?tos? ; agenda
    banco de dados ; mailing ; registros? ; envios?(?: de (?:voces|mensagens))? ; transmissao`)}${andThen(`de voces ; da loja ; aqui`)}`;
const AWAY = any(`${PLACE} ; da[iq]u?i? ; ai ; daqui ; fora`);
const SEND = any(`
    mandem? ; manda ; mandar(?:em)? ; enviem? ; envia ; enviar(?:em)? ; encaminhem? ; encaminha`);
const WRITE = any(`
    escrevam? ; escreve ; escrever(?:em)? ; contatem? ; contatar ; contactem? ; perturbem? ; perturba ; incomodem? ; importunem?
    encham? ; encher ; enche ; procurem? ; spammem? ; aborrecam?`);
const CEASE = any(`
    para ; parem? ; parar(?:em)? ; deixa ; deixem? ; deixar(?:em)? ; cessem? ; cessar ; paro ; deixo ; parasse[m]?
    deixasse[m]?`);
const BOTHER = any(`
    escrever ; contatar ; contactar ; incomodar ; perturbar ; encher ; importunar ; ligar ; chamar ; aborrecer ; spammar
    encher o saco ; chatear ; mandar ; enviar ; ficar mandando ; ficar enviando ; procurar`);
const SENDING = any(
  `mandar ; enviar ; disparar ; encaminhar ; ficar mandando ; ficar enviando ; me encher com`,
);
const TAKE = any(`
    tir(?:a|e|em|ar|arem) ; remov(?:a|am|e|er|erem) ; exclu(?:a|am|i|ir|irem) ; retir(?:a|e|em|ar|arem)
    apag(?:a|ue|uem|ar|arem) ; delet(?:a|e|em|ar|arem) ; descadastr(?:a|e|em|ar|arem) ; elimin(?:a|e|em|ar) ; bloquei(?:a|e|em)
    bloquear ; risc(?:a|a|que|quem)`);
const NUMBER =
  "(?:o |os )?(?:meu|minha|este|esse)s? (?:numero|contac?to|celular|telefone|telemovel|whatsapp|cadastro|linha)(?: de (?:telefone|celular|telemovel|whatsapp))?";
const NO = any(`nao ; nunca ; nunca mais ; ja nao ; jamais`);
const WANT = any(`
    quero ; queria ; desejo ; gostaria(?: de)? ; preciso ; aceito ; autorizo ; quis ; tenho(?: mais)? interesse(?: mais)?(?: em)? ; pretendo
    autorizei ; permito ; queremos ; to afim de ; curto`);

/** Stop requests in Portuguese. */
export const PT: Grammar = {
  before: phrases(`
    agradec(?:o|ia|eria)(?: que| se)? ;     prefiro(?: que)? ; onde(?: eu)?(?: posso)?(?= (?:cancel|me desc|saio|sair|descad)) ; que(?= [a-z]+(?:em|am) ) ; pelo amor de deus ; mais uma vez
    oi ; ola ; opa ; bo[ma] (?:dia|tarde|noite) ; gente ; moc[oa] ; senhor(?:es|a)? ; ok ; desculpa ; desculpem? ; por ?favor
    favor ; por gentileza ; gentileza ; obrigad[oa](?: mas)? ; muito obrigad[oa] ; nao obrigad[oa] ; olha ; cara ; entao ; mas
    e ; ja chega ; chega ; basta ; de novo ; quero ; queria ; gostaria(?: de)? ; desejo ; preciso ; so quero ; eu quero
    eu gostaria(?: de)? ; (?:quero|queria|gostaria|desejo|preciso|peco|exijo|solicito)(?: por ?favor)? que(?: (?:voces?|vcs))?
    peco(?: por ?favor)?(?: para| pra)?(?: que)? ; solicito ; exijo
    (?:voces?|vcs?)?(?: )?(?:pode|podem|poderiam?|podia|podiam|conseguem|tem que|devem|precisam)(?: por ?favor)?(?= (?:parar|me|nao|tirar|remover|excluir|retirar|apagar|deixar|descadastrar|cancelar|deletar|por ?favor|bloquear|suspender))
    da (?:para|pra)(?: (?:voces?|vcs?))? ; tem como(?: (?:voces?|vcs?))?
    como (?:que )?(?:eu )?(?:faco|posso|fazer|consigo)(?: para| pra)?(?: eu)?
    como(?= (?:saio|sair|me descadastro|cancelo|cancelar|paro|parar|descadastrar|desativo|me desinscrevo))
    (?:eu )?ja (?:pedi|falei|disse|avisei|solicitei)(?: (?:para|pra|que|a|pros?|pras?))*(?: (?:voces?|vcs))?(?: (?:para|pra))?
    numero errado ; foi engano ; nao tenho interesse ; sai fora ; nao me interessa ; por isso ; que(?= (?:parem|nao|me)) ; serio
    se (?:puderem|der|possivel) ; amig[oa]`),
  behind: phrases(`
    (?:para|a) mim ;     voss[oa]s? ; se faz favor ;     por ?favor ; por gentileza ; (?:muito )?obrigad[oa] ; ja ; agora ; nunca(?: mais)? ; jamais ; de novo ; outra vez
    (?:para|neste|nesse|para o|no) (?:este|meu|esse)? ?(?:numero|celular|telemovel|whatsapp|telefone) ; aqui ; por aqui
    no (?:meu )?(?:whatsapp|celular) ; de (?:voces|vcs|vc|voce|sua loja|sua empresa) ; da (?:loja|empresa) ; todo dia
    todos os dias ; toda hora ; o tempo todo ; o dia todo ; tanto ; de uma vez ; imediatamente ; urgente ; ta ; ta bom ; viu
    gente ; ai ; mais ; moc[oa] ; pelo amor de deus ; amig[oa] ; thanks`),
  stop: phrases(`
    ${CEASE} de ficar (?:me )?(?:mandando|enviando)(?: me)? ${DET}${THING}
    (?:remover|apagar|excluir|tirar|deletar) (?:o )?(?:numero|contac?to) ; me tirar ${AWAY}
    (?:a )?(?:exclusao|remocao|retirada) d[oe] (?:meu |minha )?(?:numero|contac?to|cadastro|telefone)(?: ${PLACE})?
    nao precisam?(?: mais)? (?:me )?(?:mandar|enviar)(?: mais)?(?: me)? ${DET}${SENT}
    ${CEASE} de (?:lotar|encher) (?:o )?(?:meu|nosso) (?:celular|whatsapp|telefone) (?:de|com) ${DET}${SENT}
    ${NO} ${SEND}(?: mais)? (?:mais )?nada(?: mais)?(?: (?:para|a) mim)? ; (?:eu )?(?:ja )?nao quero(?: mais)? contac?to(?: com voces| de voces)?
    (?:eu )?(?:ja )?nao (?:quero|desejo|gostaria de)(?: mais)? ser (?:contatad|contactad|incomodad|perturbad|importunad)[oa]
    (?:revogo|retiro|cancelo) (?:meu|o|o meu) consentimento(?: para [a-z ]{1,40})? ; (?:meu|o meu|este) (?:numero|contac?to) seja (?:removid|excluid|apagad|retirad)o(?: ${PLACE})?
    (?:remover|tirar|excluir|retirar|apagar|descadastrar) ${PLACE}
    cancel(?:ar|a|e|em|o) (?:a |minha |a minha )?assinatura (?:d[ae]s?|dessas?) ${SENT}
    ${CEASE}(?: ja)? de ${ME} ${BOTHER}(?:em)?(?: (?:com )?${DET}${THING})?(?: (?:o saco|toda hora))?
    ${CEASE}(?: ja)? de (?:escrever|incomodar|perturbar|importunar|encher(?: o saco)?|chatear|contac?tar)(?: com ${DET}${SENT})?
    (?:eu )?(?:vou )?(?:denunci|bloque|report)(?:o|ar|io)(?: (?:voces?|vcs?|este numero))? se (?:(?:voces?|vcs?) )?(?:continuar(?:em)?|nao pararem|nao parar) (?:a |de )?(?:me )?(?:mandando|enviando|mandar|enviar) ${DET}${SENT}
    se (?:(?:voces?|vcs?) )?(?:continuar(?:em)? (?:a )?me (?:mandando|enviando|mandar|enviar)|me (?:mandarem|enviarem|escreverem))(?: ${DET}${THING})?(?: de novo)? (?:eu )?(?:vou )?(?:denunci|bloque|report)(?:o|ar|io)(?: (?:voces?|vcs?))?
    (?:eu )?nao (?:aguento|suporto) mais (?:receber )?${DET}${SENT}
    ${CEASE}(?: ja)? de ${SENDING} ${DET}${any(`${SENT} ; coisas? ; essas coisas ; isso`)}
    ${any(`parar ; deixar ; paro ; deixo`)} de receber ${DET}${THING}
    ${any(`cancelar? ; cancelem? ; cancelo ; suspendam? ; suspender ; parar ; bloquear`)} (?:o )?(?:recebimento|envio|disparo) ${DET}${SENT}
    ${any(`
    chega ; basta ; parem? ; para ; pare ; parar ; interromper ; interrompam? ; bloquear ; bloqueiem? ; cancelar ; desativar
    desativem? ; desative ; suspender ; suspendam? ; sem ; stop ; chega ja ; zero`)}(?: ja)?(?: de| com)? ${DET}${SENT}
    ${NO} ${ME} ${SEND}(?: mais)? ${DET}${THING}(?: mais)? ; ${NO} ${ME} ${SEND} mais ; ${NO} ${SEND}(?: mais)? ${DET}${SENT}
    ${NO} (?:${ME} )?${WRITE}(?: mais| nunca mais)? ; ${NO} entr(?:e|em|ar|arem)(?: mais)? em contac?to(?: comigo)?
    ${NO} ${ME} (?:cham(?:e|em|a)|lig(?:ue|uem|a)|procurem?) mais ; mais ${NO} me ${SEND} ${DET}${SENT}
    (?:eu )?(?:ja )?nao ${WANT}(?: mais)?(?: continuar)? (?:a )?receb(?:er|endo)(?: mais)? ${DET}${THING}
    (?:nao|nunca mais) receber(?: mais)? ${DET}${any(`${SENT} ; nada ; isso`)}
    (?:eu )?(?:ja )?nao ${WANT}(?: mais)? ${DET}${SENT}(?: mais)?
    (?:eu )?(?:ja )?nao ${WANT}(?: mais)? que (?:(?:voces?|vcs?) )?(?:fiquem )?(?:${ME} )?(?:${SEND}|mandando|enviando)(?: mais)? ${DET}${THING}
    (?:eu )?(?:ja )?nao ${WANT}(?: mais)? que (?:(?:voces?|vcs?) )?(?:${ME} )?${any(`${WRITE} ; liguem ; chamem ; entrem em contac?to`)}(?: mais)?
    (?:eu )?nao ${any(`autorizo ; autorizei ; aceito ; permito ; quero`)}(?: mais)? (?:o )?(?:envio|recebimento) d[aeo]s? ${DET}${SENT}
    (?:eu )?nao quero(?: mais)? (?:ficar|estar|fazer parte|continuar) (?:n[ao]|nessa|desse|dessa|nesse|d[ao]) ${any(`lista ; grupo ; cadastro`)}(?: de ${KIND})?
    (?:nao|sem|nada de) mais ${SENT} ; nao (?:perturbem?|incomodem?|perturbar|incomodar)(?: mais)?
    nao ${ME} (?:perturbem?|incomodem?|perturba|encham?(?: o saco)?)(?: mais)? ; nao quero mais saber de voces
    nao quero mais contac?to ; nao quero mais contac?to com voces ; ${ME} ${TAKE} ${AWAY} ; ${TAKE} ${ME} ${AWAY}
    (?:${ME} )?${TAKE} ${NUMBER}(?: ${AWAY})? ; ter (?:meu|o meu) numero (?:removido|excluido|apagado)(?: ${AWAY})?
    (?:ser )?(?:removid|excluid|retirad|descadastrad)[oa](?: ${PLACE})? ; sa(?:ir|io|indo) ${PLACE}
    (?:${ME} )?(?:descadastr(?:ar|e|a|em|o|ada|ado|amento)|desinscrev(?:er|a|e|am|o)|desinscri(?:cao|to)|desincrever|descadastrem|unsubscribe)(?: me)?(?: ${NUMBER})?(?: ${PLACE}| (?:d[aeo]s?|dessas?) ${SENT})?
    ${any(`cancel(?:ar|a|e|em|o) ; anul(?:ar|a|e|em|o)`)} (?:a |minha |a minha |o |meu |o meu )?(?:inscricao|subscricao|cadastro)(?: ${PLACE}| n?d?[aeo]s? ${SENT})?
    ${TAKE} (?:o )?meu nome ${PLACE}
    cancelar recebimento ; cancelar cadastro ; dar baixa(?: (?:no|em) (?:meu )?(?:cadastro|numero|contac?to))?(?: ${PLACE})?
    ${ME} deix(?:a|e|em) em paz ; deix(?:a|e|em) ${ME} em paz ; ${ME} bloquei(?:a|e|em)(?: ${AWAY})?`),
  word: phrases(`pare ; parem ; parar ; sair ; para de`),
  doubtful: phrases(`
        nao manda mais ; (?:parar|deixar) de receber ; (?:eu )?nao quero mais receber
    nao (?:envie|mande)m? mais
    chega ; basta ; ja chega ; ja deu ; nao (?:me interessa|tenho interesse) ; nao quero(?: mais)? nada
    (?:eu )?nao quero(?: mais)? ; cala a boca ; me deixa ; me deixem? ; vai embora ; me tira ; me tirem? ; sai fora
    apag(?:a|uem?) meus dados ; exclu(?:a|am|i) meus dados ; vou (?:bloquear|denunciar)(?: voces)? ; me esquec(?:e|am)
    isso e spam ; spam ; nao me mand(?:a|em?) ; nao quero mais isso ; nao chama mais`),
  reason: phrases(`
    (?:para|parem?|chega) (?:com isso|disso|ja) ; (?:voces?|vcs) (?:nao param de|ficam|so) [a-z ]*(?:mensage|propagand|promoc|spam)[a-z ]*
    (?:e )?numero errado ; (?:foi )?engano ; nao (?:sou|fui) cliente[a-z ]*
    (?:eu )?(?:nunca|nao) (?:me |os )?(?:pedi|cadastrei|inscrevi|conheco|autorizei|solicitei|comprei)[a-z ]*
    nao (?:me interessa|tenho interesse)[a-z ]* ; (?:eu )?ja (?:pedi|falei|disse)[a-z ]* ; quem (?:e|sao)(?: voces?)?
    isso (?:e|ta) (?:muito )?(?:chato|spam|demais) ; que saco ; estou (?:cansad|de saco)[a-z ]* ; chega
    ou (?:eu )?(?:vou )?(?:bloque|denunci)[a-z ]* ; nao`),
  against: phrases(`
    (?<!nao )quero ; mand(?:a|e|em) (?:mensagem|por|aqui|sms|whatsapp) ; melhor ; prefiro
    disse(?:ram)? ; diz(?:em)? ; falou ; falaram ; escreveu ; escrevi ; pediu ; sem querer ; por engano ; se eu ; se voces? ; se nao ; se for ; quando
    ate ; antes ; so ; me mand[ae]m?(?! mais) ; mas eu ; por que ; quanto ; preco ; pedido
    nao (?:parem|para|pare|deixem|quero (?:sair|me)) ; erro ; tamanho ; meu marido ; minha (?:esposa|mae|filha)
    meu (?:filho|pai)`),
};
