/** Ideas that the three languages name alike: the first word of a line is the idea, the others name it. Accents are left out. */
const TABLE = `
  HOWMUCH cuanto cuanta cuesta sale salen vale valen quanto quanta custa much cost costs price precio precios preco precos valor valores
  HOWMANY cuantos cuantas quantos quantas many
  WHEN cuando quando when demora demoran tarda tardan tarde prazo eta long dias days dia day tiempo tempo time
  WHERE donde onde cade where ubicacion ubicados direccion endereco address location localizacao ubicada
  WHICH cual cuales qual quais which que what
  HOW como how
  WHO quien quem who alguien alguem someone somebody anyone anybody
  ORDER pedido pedidos orden ordenes compra compras order orders purchase encomenda paquete pacote package parcel encomienda entrega
  STATUS estado status situacion situacao
  TRACK rastrear rastreo rastreio rastreamento seguimiento tracking track guia acompanhar
  ARRIVE llega llego llegue llegado llegar chega chegou chegar chegue chegado arrive arrived come comes came recibir recibo recibido recebi receber recebo recebido receive received get got
  SENT enviaron envian enviado despacharon despachado despachar mandaron mandan salio salido saiu enviaram enviar enviam despachado postaram postado mandaram shipped ship ships sent send dispatched left
  SHIP envio envios delivery frete shipping reparto domicilio
  BROKEN roto rota rotos quebrado quebrada broken danado danada danificado damaged defecto defeito defectuoso defective hueco furo hole manchado manchada stained stains rasgou ripped sucio sujo dirty vencido expired malogro estragou
  WRONG equivocado errado errada wrong otra otro outra outro different diferente
  MISSING falta falto faltou faltando missing incompleto incomplete
  REFUND reembolso refund devuelvan devolvam dinero dinheiro money plata
  CHARGED cobraron cobrado cobraram cobro cobrada charged overcharged doble dobro double twice
  COMPLAIN reclamo reclamacion reclamacao reclamar complaint complain claim denunciar denuncia report
  BAD pesimo pesima pessimo pessima malo mala mal ruim terrible awful bad horrible verguenza vergonha disgrace
  SCAM estafa estafadores ladrones golpe scam scammed thieves ladroes enganada
  ANGRY molesto molesta enojado indignado indignada decepcionado angry furious unhappy insatisfeito raiva
  NOBODY nadie ninguem nobody noone
  ANSWER responde respondem contestan answers answer replies
  PERSON persona humano humana pessoa person human people
  AGENT asesor asesora agente atendente agent representative vendedor vendedora ejecutivo encargado gerente manager dueno dono owner
  TALK hablar hablo falar falo talk speak conversar chat comunicar comunicame
  CALL llamen llamar llame liguem ligar ligue call
  BOT bot robot robo maquina machine
  HELLO hola oi ola hi hello hey buenas opa alo
  GOODDAY buenos buen bom boa good dias dia morning afternoon evening tarde tardes noite noches night
  THANKS gracias obrigado obrigada valeu thanks thank agradezco agradeco appreciate cheers
  BYE chau chao adios tchau bye goodbye hasta ate luego logo pronto later
  FINE perfecto perfeito perfect listo beleza great cool genial ok okay vale excelente excellent otimo bueno joia super
  WANT quiero quisiera queria quero gostaria want would like need necesito preciso deseo busco procuro looking
  BUY comprar compro buy purchase adquirir encargar levar llevar
  HAVE tienen tiene tienes tem have has hay venden vendem sell vende
  SIZE talla tallas tamanho tamanhos size sizes medida medidas numeracao
  COLOR color colores cor cores colour colours
  RED rojo vermelha red azul blue negro negra preto preta black verde blanco branco white gray
  STOCK stock estoque disponible disponivel available disponibles disponiveis
  PAY pagar pago pagos pagamento pay payment payments abonar
  CARD tarjeta tarjetas cartao cartoes card cards credito credit debito debit yape pix paypal transferencia transfer efectivo cash dinheiro parcelar instalments
  OPEN abren abierto abiertos abrem aberto abertos open atienden atendem funciona
  CLOSE cierran cierra fecham fecha close closes
  HOUR hora horas horario horarios hours time
  DAYNAME martes domingo domingos feriado feriados sunday sundays saturday holidays weekend
  STORE tienda local sucursal loja shop store
  RETURN devolver devolucion devoluciones devolucao return returns cambiar cambio cambios trocar troca exchange
  WARRANTY garantia warranty
  DISCOUNT descuento descuentos desconto descontos discount discounts ofertas offers promociones promo promocoes rebaja
  WHOLESALE mayor mayorista atacado wholesale bulk
  INVOICE factura nota recibo receipt comprobante comprovante
  MATERIAL material alpaca lana la wool cotton algodon fabric hecho feito made
  WASH lavar lavo lavadora wash washable
  GIFT regalo regalar regalos presente gift gifts
  CATALOG catalogo catalog catalogue modelos models modelo model fotos photos pictures lista list
  INFO informacion informacao informacoes info information detalles details
  PRODUCT producto productos produto produtos product products item items articulo poncho ponchos chompa chompas manta mantas chalinas cachecol sueter sueteres sweater sweaters scarf blanket blankets cafe coffee hat jacket casaca vestido zapatos shoes
  CANCEL cancelar cancela cancel anular anula
  HELP ayuda ayudar ayudame ajuda ajudar help
  NEG no not nao nunca never
  NUMBER numero number codigo code
`;

const IDEAS: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split("\n")
    .toReversed()
    .flatMap((line) => {
      const [idea = "", ...words] = line.trim().split(" ");
      return words.map((word) => [word, idea] as const);
    }),
);

/** The ideas of these words in their order; words without one are left out. */
export function ideasOf(words: readonly string[]): string[] {
  const ideas = words.flatMap((word) => IDEAS.get(word) ?? []);
  return ideas.filter((idea, at) => idea !== ideas[at - 1]);
}
