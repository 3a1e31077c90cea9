/**
 * Short forms and misspellings of chats, in lower case without accents, and the words that they stand for (`_` between two).
 * One list serves the three languages: nearly every form has one reading among them.
 */
const CHAT = `q=que k=que ke=que qe=que xq=porque pq=porque xk=porque porq=porque d=de dl=del dnd=donde dond=donde adonde=donde aonde=onde tb=tambien
  tmb=tambien tbm=tambem m=me t=te x=por bn=bien ta=esta toy=estoy tan=estan nro=numero num=numero nr=numero cto=cuanto cnto=cuanto qanto=cuanto
  cuant=cuanto kuanto=cuanto kiero=quiero qiero=quiero quero=quero kero=quero kisiera=quisiera qisiera=quisiera qda=queda keda=queda aki=aqui
  grax=gracias grcs=gracias gracia=gracias grasias=gracias ola=hola olaa=hola wenas=buenas bnas=buenas bns=buenas uenas=buenas ps=pues tngo=tengo
  tnen=tienen tienn=tienen bno=bueno vdd=verdad ud=usted uds=ustedes hr=hora hrs=horas dsd=desde hst=hasta msj=mensaje mjs=mensajes pto=punto
  xfa=porfavor xfavor=porfavor porfa=porfavor plis=porfavor plisss=porfavor porfis=porfavor pls=please plz=please pfv=porfavor pf=porfavor
  pfvr=porfavor fvr=favor wsp=whatsapp wpp=whatsapp zap=whatsapp cel=celular tlf=telefono tel=telefono dir=direccion prod=producto
  vc=voce vcs=voces voces=voces ce=voce ces=voces cs=voces n=nao nn=nao naum=nao hj=hoje qto=quanto qt=quanto qnto=quanto qnt=quanto qd=quando
  qnd=quando qdo=quando oq=o_que pra=para pro=para_o pras=para_as pros=para_os td=tudo tds=todos blz=beleza vlw=valeu flw=tchau obg=obrigado
  brigado=obrigado brigada=obrigada obgd=obrigado obgda=obrigada obrigadaa=obrigada mto=muito mt=muito mta=muita ngm=ninguem alg=alguem cmg=comigo
  to=estou tou=estou msg=mensagem msgs=mensagens eh=e c=com cm=como cmo=como agr=agora dps=depois tmj=valeu end=endereco
  u=you r=are ur=your ure=you_are thx=thanks thnx=thanks ty=thank_you tysm=thank_you tks=thanks tnx=thanks thanx=thanks wat=what wats=what_is
  whats=what_is wheres=where_is whens=when_is hows=how_is whos=who_is im=i_am ive=i_have id=i_would ill=i_will wanna=want_to gonna=going_to
  gotta=have_to dont=do_not doesnt=does_not didnt=did_not hasnt=has_not havent=have_not havnt=have_not cant=can_not wont=will_not isnt=is_not
  arent=are_not wasnt=was_not rn=right_now abt=about ordr=order oder=order recieved=received recieve=receive adress=address shiping=shipping
  delivry=delivery ppl=people sb=somebody smth=something sth=something hav=have hv=have wen=when wer=where  info=informacion
  pkg=package gr8=great thru=through`;

const MEANT: ReadonlyMap<string, readonly string[]> = new Map(
  CHAT.split(/\s+/).map((pair) => {
    const [written = "", meant = ""] = pair.split("=");
    return [written, meant.split("_")];
  }),
);

/** The words that a chat's short form stands for; the word itself when it is none. */
export const meantBy = (word: string): readonly string[] => MEANT.get(word) ?? [word];
