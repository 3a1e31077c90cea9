import { any, type Grammar, phrases } from "./grammar.ts";

const DET =
  "(?:(?:any|more|further|other|your|ur|these|those|this|the|that|all|all of|so many|such|of|me|us|my|a|single|other|another|no) ){0,4}";
const KIND =
  "(?:(?:promotional|promotion|marketing|automated|automatic|whatsapp|text|advertising|sales|spam|unsolicited|unwanted|bulk|daily|stupid|annoying|random|damn|mass) ){0,2}";
/** What is sent and not wanted. */
const SENT = `${KIND}${any(`
    messages? ; texts? ; sms ; ads? ; adverts? ; advertising ; advertisements? ; promotions? ; promociones ; offers? ; deals
    marketing ; spam ; newsletters? ; notifications? ; emails? ; mails? ; communications? ; whatsapps? ; solicitations?
    text ?messages ; junk ; mensajes?`)}`;
/** The same, also in words that are only clear beside a verb. */
const THING = any(`
    ${SENT} ; stuff ; things ; crap ; these ; those ; this ; anything(?: else| more)? ; them ; it ; info(?:rmation)? ; updates?
    links ; nothing ; catalogs?`);
const ME = any(`me ; us ; this (?:number|phone) ; my (?:number|phone|whatsapp)`);
const DOING = any(`
    texting ; messaging ; contacting ; writing(?: to)? ; emailing ; spamming ; bothering ; harassing ; annoying ; pinging
    bugging ; disturbing ; hitting up ; reaching out(?: to)? ; pestering ; text ; blowing up`);
const SENDING = any(`sending ; forwarding ; pushing ; with`);
const CEASE = any(`stop ; quit ; cease ; end ; stop it with ; stop with`);
const LIST = any(`
    (?:mailing |contacts? |texting |text |marketing |distribution |broadcast |messaging |sms |phone |email |promo |whatsapp )?lists?
    (?:contact )?(?:database|system|records?|contacts) ; (?:broadcast |whatsapp |promo )?group ; here ; (?:text )?subscriptions?`);
const PLACE = `(?:off|from|out|out of|off of)(?: of)? (?:(?:your|ur|this|the|that|any|all|these|my) ){0,2}${any(`${LIST} ; ${SENT} ; this ; here ; it all ; everything`)}`;
const TAKE = any(`remove ; take ; get ; delete ; erase ; scrub ; drop ; cut ; pull ; unlist ; leave`);
const NUMBER = any(`
    my (?:phone |cell |mobile |contact |whatsapp )?(?:number|contact|phone|name|info|details|cell) ; this (?:phone )?number ; me
    us`);
const NOT = any(`
    do not ; dont ; never ; please dont ; please do not ; not ; dont you ; do not ever ; dont ever`);
const NOT_WANT = any(
  `do not ; dont ; no longer ; never ; didnt ; did not ; dont ever ; do no longer ; am not`,
);
const WANT = any(`
    want ; wish ; need ; like ; consent ; agree ; care ; wanna ; interested in ; authorize ; want you ; want you guys ; want u`);
const GET = any(`
    receive ; receiving ; get ; getting ; hear ; have ; see ; be getting ; be receiving ; keep getting ; keep receiving
    continue receiving ; continue to receive ; be sent`);

/** Stop requests in English. */
export const EN: Grammar = {
  before: phrases(`
    (?:i|we) keep (?:asking|telling)(?: (?:you|u))?(?: to)?
    (?:i )?(?:would )?(?:prefer|rather)(?: to)? ; (?:i am |i |i have been |been )?(?:trying|tried) to
    (?:i|we) (?:said|repeat)(?: to)? ; (?:you|u) guys (?:need to|have to|must|should)
    hi ; hello ; hey ; hey guys ; good (?:morning|afternoon|evening) ; sorry ; ok ; okay ; please ; kindly ; thanks(?: but)?
    thank you(?: but)? ; no thanks ; no thank you ; just ; guys ; sir ; yo ; dude ; look ; and ; but ; so ; omg ; seriously
    (?:i )?(?:already )?(?:just )?(?:want|need|would like|id like|would love|i_would like|i would like|wanted|am asking|asked|ask|have asked|told|wish|demand|request|beg)(?: for)?(?: you| u)?(?: guys| all)?(?: to)?(?: please)?(?: that you)?
    id like(?: to)? ; (?:can|could|will|would|may) (?:you|u|i|someone|you guys|y all)(?: please)?(?: just)? ; would you mind
    do you mind ; how (?:do|can|could|would|should) (?:i|we|you) ; how to ; is there (?:a|any) way to ; where (?:do|can) i
    (?:you|u) (?:need to|have to|must|should|better) ; let me ; i (?:have to|must) ; for the last time ; again ; as i said
    like i said ; (?:you have the |you got the |sorry )?wrong (?:number|person) ; (?:i am |i m |im |we are )?not interested
    i am`),
  behind: phrases(`
    any longer ; altogether ; completely
    please ; thanks ; thank you(?: very much)? ; now ; already ; any ?more ; anymore ; again ; ever(?: again)? ; at all
    (?:to|at|on|from) (?:this|my) (?:number|phone|whatsapp) ; on whatsapp ; over whatsapp ; via whatsapp ; here
    from (?:you|u|you guys|your (?:store|shop|company|business|team)) ; you guys ; guys ; immediately ; asap ; right now ; today
    every ?day ; all the time ; all day ; so much ; so often ; for good ; forever ; ok ; from now on ; kindly
    or i will block you ; would you ; will you ; por ?favor ; gracias`),
  stop: phrases(`
    (?:unsubscribe|opt out) (?:from|of) (?:receiving|getting) ${DET}${THING} ; be unsubscribed(?: from ${DET}${any(`${SENT} ; ${LIST} ; this`)})?
    (?:remove|delete|erase) (?:the )?(?:number|contact) ; not (?:to )?(?:receive|get|be sent) ${DET}${THING}
    (?:i am |am )?(?:no longer|not) interested in (?:receiving ${DET}${SENT}|${DET}(?:messages?|texts?|spam))
    (?:i am |am )?done with ${DET}${SENT} ; (?:ive |i have )?had enough of ${DET}${SENT} ; get rid of my (?:phone )?number
    my (?:phone )?number (?:removed|deleted|erased|taken off)(?: ${PLACE})? ; be left alone ; make it stop
    ${NOT} (?:call|text|message|email|contact) (?:or|and) (?:call|text|message|email|contact) ${ME}
    ${CEASE} (?:calling|${DOING}) (?:or|and) (?:calling|${DOING}) ${ME}
    (?:discontinue|suspend) ${DET}${SENT} ; (?:discontinue|suspend) ${SENDING} ${ME} ?${DET}${THING}
    (?:i )?(?:hereby )?(?:revoke|withdraw) (?:my |the )?consent(?: [a-z ]{1,40})? ; (?:remove|delete|erase) (?:me )?from ${DET}${LIST}
    unsubscribe all ; (?:i )?${NOT_WANT} ${WANT} (?:to be )?(?:contacted|texted|messaged|bothered)
    ${CEASE}(?: it)?(?: the)? ${DOING}(?: (?:and|or) ${DOING})?(?: ${ME})?(?: (?:with|about) ${DET}${THING})?
    ${CEASE} calling ${ME} ; ${CEASE} ${SENDING} ${ME} ?${DET}${THING} ; ${CEASE} ${SENDING} ${ME}
    ${CEASE} ${SENDING} ${DET}${any(`${SENT} ; stuff ; these ; crap ; those`)}(?: to ${ME})? ; stop sending
    ${CEASE} (?:receiving|getting) ${DET}${THING} ; ${CEASE} contact(?: with ${ME})?
    ${any(`
    stop ; end ; cease ; quit ; turn off ; disable ; cancel ; enough ; enough with ; enough of ; pause ; halt ; block
    deactivate ; no ; cut ; stop with ; stop it with ; mute ; cut it out with ; knock it off with`)} ${DET}${SENT}
    ${NOT} (?:text|txt|message|contact|write|write to|email|bother|disturb|msg|spam|reach out to|hit up|texting|messaging|contacting|writing|writing to|bothering|ping|annoy) ${ME}
    ${NOT} (?:text|message|contact|write|disturb|write back|texting|messaging) (?:any ?more|again|ever again)
    do not (?:disturb|contact|text|message) ; ${NOT} call ${ME} (?:again|any ?more|ever again)
    ${NOT} (?:send|sending|forward|keep sending|be sending)(?: ${ME})? ${DET}${any(`${SENT} ; stuff ; anything ; these ; crap`)}
    ${NOT} (?:text|message|write|contact)(?: to)? ${ME} (?:again|ever|any ?more) ; ${NOT} (?:send|text) ${ME} ${DET}${THING}
    (?:i |we )?${NOT_WANT} ${WANT}(?: to)? ${GET} ${DET}${THING} ; (?:i |we )?${NOT_WANT} ${WANT}(?: to)? hear from you
    (?:i |we )?${NOT_WANT} ${WANT} to be (?:contacted|texted|messaged|on ${DET}${LIST}|part of this group)
    (?:i |we )?${NOT_WANT} ${any(`want ; need ; like ; wanna see`)} ${DET}${SENT}
    (?:i |we )?${NOT_WANT} ${WANT}(?: to)? (?:text|message|texting|messaging|contact|contacting|send|sending|spam|spamming|write|bother)(?: to)? ${ME}(?: ${DET}${THING})?
    if (?:you|u) (?:text|message|contact|write|write to|spam|send) ${ME}(?: ${DET}${SENT})?(?: again)? (?:i will |i ll |ill |i am going to |im going to |i_will |im )?(?:gonna )?(?:block|report|reporting|blocking)(?: (?:you|u|this number))?
    (?:i )?(?:do not|dont) (?:consent|agree) to ${DET}${SENT} ; (?:no|not|zero) (?:more|further|other|longer)? ?${DET}${SENT}
    no more contact ; leave (?:me|us) alone ; leave (?:me|us) the (?:hell|fuck) alone ; ${TAKE} ${NUMBER} ${PLACE}
    ${TAKE} ${NUMBER} (?:off|out)
    ${any(`remove ; delete ; erase ; unlist ; lose ; forget`)} ${any(`my (?:phone |cell |mobile |contact )?(?:number|contact) ; this number`)}
    remove (?:me|us) ; (?:to )?(?:be|get) (?:removed|taken|deleted|dropped|off|out)(?: (?:off|out))?(?: ${PLACE})?
    (?:be|get) taken off ; (?:have|get) (?:my|this) (?:phone )?number (?:removed|deleted|taken off)(?: ${PLACE})?
    (?:get|want|be|i want) (?:off|out) ?(?:of)? ?${DET}${LIST} ; ${any(`out ; off`)}(?: of)? ${DET}${LIST}
    leave ${DET}(?:mailing |broadcast )?list
    (?:i )?(?:un ?subscribe|opt (?:me |us |this number |my number )?out|optout|unsubscribing|opting out)(?: ${any(`me ; us ; my number ; this number`)})?(?: ${any(`from ; of ; to ; out of`)} ${any(`
    (?:(?:your|ur|this|the|that|all|these|any) ){0,2}(?:of )?(?:your )?${any(`${LIST} ; ${SENT} ; updates`)} ; this ; here
    everything ; all ; these ; it`)})?
    (?:cancel|end|stop) (?:my |the )?subscription(?: (?:to|from) ${DET}${any(`${SENT} ; list`)})? ; stop all ; stopall
    stop everything`),
  word: phrases(`stop ; stop it ; stop now ; stop this ; stop that ; stop stop ; just stop ; stop here`),
  doubtful: phrases(`
    (?:delete|remove|erase) it
    enough ; enough already ; thats enough ; (?:i am |im |we are )?not interested ; no interest ; shut up ; go away ; get lost
    piss off ; fuck off ; delete (?:all )?my (?:data|info) ; (?:i )?dont want anything(?: else| more)?
    (?:i )?dont want (?:this|these)(?: anymore)? ; take me off ; spam ; this is spam
    i (?:will|ll|am going to) (?:block|report) you ; block me ; get me out(?: of here)? ; cut it out ; knock it off ; leave me
    bye forever ; lose me`),
  reason: phrases(`
    (?:youve|you have|you ve) been [a-z ]* ; (?:but )?(?:you|u) keep [a-z ]*
    (?:why do )?(?:you|u|you guys) (?:keep|are|re|always) (?:texting|messaging|sending|spamming|bothering|text)[a-z ]*
    (?:you have the |you got the |this is the |sorry )?wrong (?:number|person)
    (?:i |we )?(?:never|didnt|did not|dont|do not|have never|havent)(?: ever)? (?:sign|signed|subscrib|subscribed|ask|asked|know|request|requested|order|ordered|opt|opted|gave|give|agree|agreed|want|buy|bought)[a-z ]*
    (?:i am |im |we are )?not (?:interested|your customer|a customer)[a-z ]* ; (?:i )?(?:already )?(?:asked|told) you[a-z ]*
    who (?:is this|are you|dis) ; this is (?:annoying|spam|harassment|ridiculous|too much) ; too many(?: messages| texts)?
    (?:i am|im) (?:tired|sick|fed up|done)[a-z ]* ; its (?:annoying|too much|spam) ; not interested ; no
    how did you get my number ; or i (?:will|ll) (?:block|report)[a-z ]* ; ill (?:block|report) you`),
  against: phrases(`
    (?<!dont |not |longer |never )want ; (?:message|msg|whatsapp) me ; better ; is fine ; prefer
    send
    said ; says ; say ; told me ; tells ; wrote ; written ; typed ; my (?:friend|wife|husband|mom|dad|daughter|son|colleague)
    by (?:mistake|accident) ; if ; when ; until ; before ; instead ; only ; just (?:text|call|email|the)
    (?:text|call|email|write) me ; but ; why ; what ; order ; price ; cost ; dont (?:stop|unsubscribe|remove|take|quit)
    not (?:to )?(?:stop|unsubscribe) ; never stop ; error ; size ; color ; colour
    do you ; is there ; didnt mean`),
};
