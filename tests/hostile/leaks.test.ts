import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBlank } from "../../lib/turn/outgoing/leaks/blank.ts";
import { withoutLeaks } from "../../lib/turn/outgoing/leaks/leaks.ts";
import { wholePart } from "../../lib/turn/outgoing/whole.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";
import { describeOutbound } from "../../lib/whatsapp/messages/reply.ts";
import { TOOL_NAMES } from "../../tools/registry.ts";
import { runs } from "../support/seed.ts";

const shown = (text: string) => withoutLeaks(text, TOOL_NAMES).text;

/** Words of honest replies in three languages, with what looks like a leak and is none. */
const LEGITIMATE: readonly string[] = [
  // Prices, lists, links
  ...[
    "El poncho cuesta S/ 189.",
    "¡Hola, Ana! 👋 ¿Qué talla buscas?",
    "It costs $1,299.00, or $5 and $10 each.",
    "São R$ 120,50 à vista.",
  ],
  ...[
    "Tenemos:\n- *Wayra*: S/ 189\n- *Inti*: S/ 219\n\n¿Cuál prefieres?",
    "1. Poncho\n2. Manta\n3. Chalina",
    "Sí.",
    "None.",
    "👍",
  ],
  ...[
    "Mira el [catálogo](https://tambo.example/c) o [image](https://tambo.example/i).",
    "Quedan [talla M] y [talla L] (pocas).",
    "[1] Nota al pie",
  ],
  ...[
    "Antes <s>S/ 250</s>, ahora S/ 189.",
    "<s>S/ 250</s> S/ 189",
    "a < b y c > d",
    "<precio> va aquí",
    "<b>Oferta</b>: S/ 9",
  ],
  // Words that a leak has too
  ...[
    "I think so. The reason is simple: thinking of you.",
    "Our assistant is Laura. Assistant manager: Pedro.",
    "La función de búsqueda: fácil.",
    "Es un lookup (búsqueda) de pedidos.",
  ],
  ...[
    "La etiqueta `<think>` la usan algunos modelos.",
    "La etiqueta <think> aparece a veces.",
    "Las etiquetas <think> y </think> encierran el razonamiento.",
  ],
  ...[
    "The <think> tag is for models, the `<|im_start|>` token too.",
    'Escribe "<s>" así.',
    "El token <|endoftext|> marca el final.",
    "A tag <think> abre, a tag </think> fecha.",
  ],
  // Data with a customer's name
  ...[
    "Entra con estos datos:\nUsuario: ana\nContraseña: poncho",
    "Usuario: ana / Contraseña: 1234",
    "- Usuario: ana\n- Contraseña: x",
    "Pedido 1042\n\nCliente: Ana Pérez\nTotal: S/ 189",
  ],
  ...[
    "Your booking\n\nCustomer: Ana Pérez\nDate: 12/10",
    "Dados:\nCliente: João da Silva\nPedido: 7",
    "Gracias por escribir.\n\nUsuario: ana",
    "Model: X200\nColor: azul",
    "Te atiende:\n\nAsistente: Laura Gómez",
  ],
  // Code
  ...[
    'Un ejemplo:\n\n```json\n{"name": "Poncho", "price": 189}\n```',
    "```html\n<b>hola</b>\n```",
    "Usa `<br>` y `[INST]`.",
    "Así:\n```\nUser: hola\nAssistant: hola\n```",
    'Un JSON: {"talla": "M"} y listo.',
  ],
  ...[
    "Escribe {z} y [a, b].",
    "x = {1, 2}",
    "f(x) = 2",
    "Instalar:\n```sh\nnpm install\n```\nListo.",
    "Llama (o escribe) hoy.",
    "Action: ninguna",
    "Sistema: Android\nMarca: X",
    "Te atiende el agente: Laura",
    "Agente: Laura Gómez",
    "Input: 220V\nOutput: 5V",
    "(Nota: no abrimos el domingo.)",
    "El usuario debe tener 18 años. The user manual is in the box.",
    "[Talla M] y [imagen](https://tambo.example/i)",
    "Ana: ¿a qué hora abren? Abrimos a las 9.",
    "## Model\n\nX200",
    "Requisitos del programa.\n\nSystem: Windows 11",
    "How it works.\n\nYou: choose a size\nWe: ship it",
    "Hay dos roles.\n\n## User\n\nCompra.\n\n## Agent\n\nVende.",
    "Herramientas: aguja y lana (tool kit: lookup table)",
    "El usuario necesita tener 18 años para comprar.",
    "O usuário precisa estar cadastrado para comprar.",
    "The user needs to register first.",
    "The user has 30 days to return it.",
    "The user is responsible for the return.",
    "El usuario está registrado con tu correo.",
    "El usuario quiere decir quien entra a la página.",
    "We need to know your size. Which one is it?",
    "Thoughts? Tell us.",
    "El usuario pide la devolución en la web y nosotros la recogemos.",
    "The user wants to return it? Then print the label.",
    "Ok, the user has two options: pick up or delivery.",
    "The customer asks, we deliver: free shipping.",
    "O usuário quer trocar? Pode sim.",
    'We need to write: "Feliz día" on the card, right?',
    "Según las instrucciones de lavado, va en agua fría.",
    "final sale: S/ 189",
    "El cliente paga el envío. The customer pays for returns.",
    "First, choose your size. The user name is your email.",
    'search("x") es código.',
    "Análisis de laboratorio: 100 % alpaca.",
    "Okay, let me see: the M is 60 cm wide.",
    "En el aviso, <user> se cambia por tu nombre.",
  ],
];

describe("what a reply honestly says", () => {
  it.each(LEGITIMATE)("stays as it is: %j", (text) => {
    expect(withoutLeaks(text, TOOL_NAMES)).toEqual({ text, kinds: new Set() });
    expect(isBlank(text)).toBe(false);
  });
});

const CALL = '{"name": "lookup", "arguments": {"source": "knowledge", "query": "poncho"}}';
const secret = [
  "The user wants a price. The margin is 40%.",
  "El margen es 40 %, no decirlo.",
  "Preciso ver o preço; margem de 40 %.",
];

/** Ways to put something around or beside an answer that no customer may read. */
const WRAPPERS: readonly [string, (answer: string, hidden: string) => string][] = [
  ["<think>", (answer, hidden) => `<think>\n${hidden}\n</think>\n\n${answer}`],
  ["<Thinking> with attributes", (answer, hidden) => `<Thinking time="2">${hidden}</Thinking> ${answer}`],
  ["an empty block", (answer) => `<think>\n\n</think>\n\n${answer}`],
  ["<reasoning>", (answer, hidden) => `<reasoning>${hidden}</reasoning>${answer}`],
  ["<thought> behind", (answer, hidden) => `${answer}\n\n<thought>${hidden}</thought>`],
  ["unclosed behind", (answer, hidden) => `${answer}\n<think>${hidden}`],
  ["unopened", (answer, hidden) => `${hidden}\n</think>\n${answer}`],
  [
    "a block in a block",
    (answer, hidden) => `<think>${hidden}<think>${hidden}</think>${hidden}</think>\n${answer}`,
  ],
  ["two blocks", (answer, hidden) => `<think>${hidden}</think><reflection>${hidden}</reflection>\n${answer}`],
  ["a block with code", (answer, hidden) => `<think>${hidden} \`x and \`\`\`\n${CALL}\n</think>\n${answer}`],
  ["Mistral's", (answer, hidden) => `[THINK]${hidden}[/THINK]${answer}`],
  ["Kimi's", (answer, hidden) => `◁think▷${hidden}◁/think▷${answer}`],
  [
    "Cohere's",
    (answer, hidden) =>
      `<|START_THINKING|>${hidden}<|END_THINKING|><|START_RESPONSE|>${answer}<|END_RESPONSE|>`,
  ],
  [
    "begin_of_thought",
    (answer, hidden) =>
      `<|begin_of_thought|>${hidden}<|end_of_thought|><|begin_of_solution|>${answer}<|end_of_solution|>`,
  ],
  [
    "gpt-oss's",
    (answer, hidden) =>
      `<|channel|>analysis<|message|>${hidden}<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`,
  ],
  ["gpt-oss's without tokens", (answer, hidden) => `analysisWe see. ${hidden}assistantfinal${answer}`],
  ["Gemma's", (answer, hidden) => `<|channel>thought\n${hidden}<channel|>${answer}<turn|>`],
  [
    "Granite's",
    (answer, hidden) => `Here is my thought process: ${hidden}\n\nHere is my response: ${answer}`,
  ],
  [
    "details",
    (answer, hidden) =>
      `<details type="reasoning" done="true">\n<summary>Thought</summary>\n${hidden}\n</details>\n${answer}`,
  ],
  ["a name with a prefix", (answer, hidden) => `<o1_thinking>${hidden}</o1_thinking>${answer}`],
  ["a name with a suffix", (answer, hidden) => `<thinking_process>${hidden}</thinking_process>${answer}`],
  ["startofthink", (answer, hidden) => `<|startofthink|>${hidden}<|endofthink|>${answer}`],
  ["reasoning_start", (answer, hidden) => `<|reasoning_start|>${hidden}<|reasoning_end|>${answer}`],
  ["Gemini's heading", (answer) => `thought\nThe user is asking for the price.\n\n${answer}`],
  ["a plan", (answer) => `We need to respond in Spanish. The user asks the price.\n\n${answer}`],
  ["a plan without words", (answer) => `We need to answer: price of poncho. It is 189.\n\n${answer}`],
  ["the user's question", (answer) => `The user's question is about the price.\n\n${answer}`],
  ["its instructions", (answer) => `According to the system prompt, I must be brief.\n\n${answer}`],
  ["words to itself", (answer) => `Okay, let me see. The user wants the price.\n\n${answer}`],
  ["a note on the user", (answer) => `User asks the price in Spanish.\n\n${answer}`],
  ["a note on the customer", (answer) => `El cliente pregunta por el precio.\n\n${answer}`],
  ["a note in Portuguese", (answer) => `O cliente está perguntando o preço.\n\n${answer}`],
  ["thinking in brackets", (answer, hidden) => `(thinking: ${hidden})\n${answer}`],
  ["a quote of thinking", (answer, hidden) => `> **Thinking**\n> ${hidden}\n\n${answer}`],
  ["headings in Spanish", (answer, hidden) => `**Razonamiento:** ${hidden}\n\n**Respuesta:** ${answer}`],
  ["headings in Portuguese", (answer, hidden) => `Análise: ${hidden}\nResposta: ${answer}`],
  ["end_of_thought", (answer, hidden) => `<start_of_thought>${hidden}<end_of_thought>${answer}`],
  ["Spanish's", (answer, hidden) => `<razonamiento>${hidden}</razonamiento>\n${answer}`],
  ["Portuguese's", (answer, hidden) => `<raciocínio>${hidden}</raciocínio>\n${answer}`],
  ["a fence of thinking", (answer, hidden) => `\`\`\`thinking\n${hidden}\n\`\`\`\n\n${answer}`],
  ["a paragraph of thinking", (answer, hidden) => `*Thinking:* ${hidden}\n\n${answer}`],
  ["thoughts about the user", (answer) => `Okay, the user is asking for the price.\n\n${answer}`],
  ["thoughts in Spanish", (answer) => `El usuario pregunta por el precio; el margen es 40 %.\n\n${answer}`],
  ["thoughts in Portuguese", (answer) => `O usuário quer o preço.\n\n${answer}`],
  [
    "details with a summary",
    (answer, hidden) => `<details><summary>Razonamiento</summary>\n\n${hidden}\n\n</details>\n\n${answer}`,
  ],
  ["MedGemma's", (answer, hidden) => `<unused94>thought\n${hidden}<unused95>${answer}`],
  [
    "a turn of thinking",
    (answer, hidden) => `<|im_start|>think\n${hidden}<|im_end|>\n<|im_start|>assistant\n${answer}<|im_end|>`,
  ],
  ["a token that was cut", (answer) => `${answer}<|im_en`],
  ["a note that a tool is used", (answer) => `[Using tool: lookup(query="x")]\n${answer}`],
  ["a question by name", (answer) => `${answer}\n\nAna: ¿y el de niño?\nAsistente: 99`],
  ["thanks of the customer", (answer) => `${answer}\n\n**Cliente:** gracias`],
  ["a rule and a turn", (answer) => `${answer}\n---\nUser: ¿y el de niño?`],
  ["a turn below its label", (answer) => `${answer}\n\nUser\n¿y el de niño?`],
  ["a label with a mark's colon", (answer) => `[voice note]: ${answer}`],
  ["a translated mark", (answer) => `[nota de voz] ${answer}`],
  ["a translated mark with words", (answer) => `[en respuesta a: "¿precio?"] ${answer}`],
  ["a mark in round brackets", (answer) => `(voice note) ${answer}`],
  ["a mark that was cut", (answer) => `${answer}\n[buttons: Sí | N`],
  ["a note in brackets", (answer, hidden) => `(Nota interna: ${hidden}) ${answer}`],
  ["thinking and answer", (answer, hidden) => `<think>${hidden}</think>\n<answer>\n${answer}\n</answer>`],
  ["headings", (answer, hidden) => `**Thinking:** ${hidden}\n\n**Answer:** ${answer}`],
  ["escaped", (answer, hidden) => `&lt;think&gt;${hidden}&lt;/think&gt;\n${answer}`],
  ["an element's call", (answer) => `<tool_call>\n${CALL}\n</tool_call>\n${answer}`],
  [
    "an element's call and result",
    (answer) =>
      `<function_calls><invoke name="lookup"><parameter name="query">x</parameter></invoke></function_calls>\n<function_results>S/ 1</function_results>\n\n${answer}`,
  ],
  ["an element of the tool's name", (answer) => `<lookup query="x"/>\n${answer}`],
  ["JSON", (answer) => `${CALL}\n\n${answer}`],
  ["JSON in a fence", (answer) => `\`\`\`json\n${CALL}\n\`\`\`\n${answer}`],
  [
    "a fence of calls",
    (answer) => `\`\`\`tool_code\nprint(default_api.lookup(query="x"))\n\`\`\`\n\n${answer}`,
  ],
  ["a line of a program", (answer) => `lookup(source="knowledge", query="x")\n\n${answer}`],
  ["a call in backticks", (answer) => `\`functions.lookup({"query": "x"})\`\n\n${answer}`],
  ["Mistral's call", (answer) => `[TOOL_CALLS]lookup[ARGS]{"query": "x"}\n${answer}`],
  [
    "Kimi's call",
    (answer) =>
      `<|tool_calls_section_begin|><|tool_call_begin|>functions.lookup:0<|tool_call_argument_begin|>{"query":"x"}<|tool_call_end|><|tool_calls_section_end|>${answer}`,
  ],
  [
    "ReAct's call",
    (answer, hidden) =>
      `Thought: ${hidden}\nAction: lookup\nAction Input: {"query": "x"}\nObservation: S/ 1\nFinal Answer: ${answer}`,
  ],
  ["ChatML", (answer) => `<|im_start|>assistant\n${answer}<|im_end|>`],
  [
    "ChatML with a next turn",
    (answer, hidden) =>
      `${answer}<|im_end|>\n<|im_start|>user\n${hidden}<|im_end|>\n<|im_start|>assistant\n${hidden}`,
  ],
  ["Llama 3", (answer) => `<|start_header_id|>assistant<|end_header_id|>\n\n${answer}<|eot_id|>`],
  ["Llama 3 without its tokens", (answer) => `assistant\n\n${answer}`],
  ["Llama 2", (answer, hidden) => `<s>[INST] ${hidden} [/INST] ${answer} </s>`],
  ["Gemma", (answer) => `<start_of_turn>model\n${answer}<end_of_turn>`],
  ["DeepSeek", (answer) => `<｜Assistant｜>${answer}<｜end▁of▁sentence｜>`],
  ["an end and more", (answer, hidden) => `${answer}<|endoftext|>${hidden}`],
  ["a label", (answer) => `Assistant: ${answer}`],
  ["a label in bold", (answer) => `**Asistente:** ${answer}`],
  ["a repeated question", (answer) => `User: ¿precio?\nAssistant: ${answer}`],
  ["the customer's next turn", (answer) => `${answer}\n\nUser: ¿y el de niño?\nAssistant: S/ 99`],
  ["the next turn of Human", (answer) => `${answer}\n\nHuman: thanks a lot`],
  ["the next turn in Spanish", (answer) => `${answer}\n\nCliente: ¿y el de niño?\nAsistente: S/ 99`],
  ["the next turn in Portuguese", (answer) => `${answer}\n\n**Usuário:** e o de criança?`],
  ["the next instruction", (answer, hidden) => `${answer}\n\n### Instruction:\n${hidden}`],
  ["headings of turns", (answer) => `### Assistant:\n${answer}\n### User:\n¿y?`],
  ["a heading of the customer", (answer) => `${answer}\n\n### User\n¿y?`],
  ["labels in brackets", (answer) => `${answer}\n\n[Ana]: ¿y el otro?\n[Assistant]: S/ 99`],
  ["a virtual assistant", (answer) => `Asistente virtual: ${answer}`],
  ["an element of the system", (answer, hidden) => `<system-reminder>${hidden}</system-reminder>\n${answer}`],
  ["an element of the customer", (answer) => `<user>¿precio?</user>\n${answer}`],
  ["the end of an element", (answer) => `${answer}\n</user>`],
  ["SmolVLM", (answer) => `${answer}<end_of_utterance>`],
  ["a mark before", (answer) => `[voice note] ${answer}`],
  ["a mark with a quote", (answer) => `[in reply to: "¿precio?"]\n${answer}`],
  ["our own brackets", (answer) => `【profile name: Ana】【image】 ${answer}`],
  ["a mark behind", (answer) => `${answer} [buttons: Sí | No]`],
];

/** Answers that stand beside anything: a dialogue, a fence or a label of their own would not. */
const ANSWERS = LEGITIMATE.filter(
  (text) =>
    !/Action:|Assistant|Asistente|Usuario|Cliente|Customer|Model:|<s>|<user>|[Tt]he user (?:wants|has)|customer asks|usuario pide|usuário quer|^\d|Instal|```|Agente|Sistema|Input|Ana:|##|System|You:/.test(
      text,
    ),
);

describe("an answer", () => {
  it.each(WRAPPERS)("is what is left of %s", (_name, wrap) => {
    fc.assert(
      fc.property(fc.constantFrom(...ANSWERS), fc.constantFrom(...secret), (answer, hidden) => {
        expect(shown(wrap(answer, hidden))).toBe(answer);
      }),
      { numRuns: runs(60) },
    );
  });

  it("is what is left of several in each other", () => {
    const each = fc.constantFrom(
      ...WRAPPERS.filter(
        ([name]) =>
          !/without its tokens|without tokens|repeated|unopened|Granite|ReAct|headings|paragraph|thoughts|round|cut/.test(
            name,
          ),
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...ANSWERS),
        fc.constantFrom(...secret),
        each,
        each,
        (answer, hidden, [, inner], [, outer]) => {
          expect(shown(outer(inner(answer, hidden), hidden))).toBe(answer);
        },
      ),
      { numRuns: runs(600) },
    );
  });

  it.each([
    "<think>\nOkay, the user asks for the price of the poncho. Let me",
    "[THINK]El margen",
    "Okay, the user asks for the price of the poncho. Let me",
    "The user is asking about the price",
    CALL,
    `[${CALL}]`,
    CALL.slice(0, 60),
    '{"function": "lookup", "parameters": {"query": "x"}}',
    '{"tool": "buscar_producto", "tool_input": "poncho"}',
    '{"tool_calls": [{"id": "1", "type": "function", "function": {"name": "x", "arguments": "{}"}}]}',
    "{'name': 'lookup', 'arguments': {'query': 'poncho'}}",
    '{"source": "knowledge", "query": "poncho"}',
    '```json\n{"name": "otra_cosa", "parameters": {"q": "x"}}\n```',
    `Tool call: ${CALL}`,
    'functools[{"name": "lookup", "arguments": {"query": "x"}}]',
    'to=functions.lookup json {"query": "x"}',
    "<lookup><query>poncho</query></lookup>",
    "<tool_call>lookup\n<arg_key>query</arg_key>\n<arg_value>x</arg_value>\n</tool_call>",
    "<start_function_call>call:lookup{query:<escape>x<escape>}<end_function_call>",
    '<|tool_call>call:lookup{query:<|"|>x<|"|>}<tool_call|>',
    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>lookup\n```json\n{}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    '<|channel|>commentary to=functions.lookup <|constrain|>json<|message|>{"query":"x"}<|call|>',
    "handoff(reason='other', summary='quiere hablar')",
    "request_location()",
    "lookup: precio del poncho",
    "offer_choices: Poncho | Manta",
    "tool: lookup\narguments:\n  query: poncho",
    '{"name": "lookup"',
    '{"name": "lookup", "argu',
    "<tool>lookup</tool>\n<query>poncho</query>",
    "<function>lookup</function>",
    "Assistant:",
    'assistantcommentary to=functions.lookup json{"query":"x"}',
    'Calling lookup(query="x")...',
    "<execute>lookup('x')</execute>",
    '<action>lookup</action><action_input>{"query":"x"}</action_input>',
    '[tool_call: lookup(query="x")]',
    'lookup query="poncho"',
    'lookup["poncho"]',
    'lookup[ARGS]{"query":"x"}',
    "I'll use the lookup tool.\n\n[lookup: precio poncho]",
    '*calls lookup(query="x")*',
    'call_tool("lookup", {"query":"x"})',
    "Action: lookup[precio poncho]",
    '<ctrl42>call\nprint(default_api.lookup(query="x"))',
    'get_price(product="poncho")',
    '[search("poncho")]',
    "```python\nlookup(query='x')\n```",
    "Voy a revisar.\n```python\nprint(lookup(query='x'))\n```",
    'Tool call: lookup(query="x")',
    'to=lookup code{"query":"x"}',
    '<call:lookup>{"query":"x"}</call>',
    '{"source":"knowledge","query":"precio',
    "[No response]",
    `Déjame revisar.\n\n${CALL}`,
    `Let me check that for you:\n<tool_call>${CALL}</tool_call>`,
    "【voice note】",
    "[image]",
  ])("is none when nothing else was written: %j", (text) => {
    const rest = shown(text);
    expect(rest === null || isBlank(rest)).toBe(true);
  });

  it("never holds a mark that the model reads, of any message in or out", () => {
    const marks = [
      ...[
        "image",
        "video",
        "audio",
        "document",
        "sticker",
        "location",
        "contacts",
        "button",
        "interactive",
        "order",
        "request_welcome",
        "revoke",
        "unsupported",
      ].map((type) =>
        describeMessage({
          type,
          text: null,
          content: { filename: "a.pdf", name: "Tienda" },
          quoted: "¿precio?",
        }),
      ),
      describeOutbound({ kind: "location_request", body: "" }),
      describeOutbound({ kind: "document", media: { id: "1" }, filename: "a.pdf" }),
    ];
    for (const mark of marks) {
      for (const written of [mark, mark.replaceAll("【", "[").replaceAll("】", "]")])
        expect(shown(`${written} El poncho cuesta S/ 189.`)).toBe("El poncho cuesta S/ 189.");
    }
  });
});

describe("nothing visible", () => {
  it.each([
    "",
    " \n",
    "\u00A0",
    "———",
    "***",
    "---",
    "~~~",
    "===",
    "─────",
    "...",
    "…",
    "|",
    "null",
    "`null`",
    "**None**",
    '""',
    "{}",
    "[]",
    "undefined",
    "N/A",
    "(sin respuesta)",
    "[object Object]",
    "NO_REPLY",
    "(null)",
    "NULL.",
    "n/a.",
    "null null",
    "1.",
    "\\n",
    "(no response needed)",
    "[DONE]",
    "```\n```",
    "```python\n```",
    "[empty response]",
    "<empty response>",
    "[no output]",
    "[Sin contenido]",
    "(sem conteúdo)",
    "(No hay respuesta)",
    "<no_reply/>",
    "[SILENT]",
  ])("is blank: %j", (text) => expect(isBlank(text)).toBe(true));
  it.each([
    "Sí",
    "0",
    "👍",
    "✓",
    "None.",
    "Nada",
    "No",
    "¿?  a",
    "null y void",
    "12",
    "você",
    "→ aquí",
    "```TAMBO```",
    "Sin contenido",
  ])("is not: %j", (text) => expect(isBlank(text)).toBe(false));
});

describe("an answer that its limit cut", () => {
  it.each([
    ["El poncho cuesta S/ 189. El envío a Lima cuesta S/ 1", "El poncho cuesta S/ 189."],
    [
      "El poncho cuesta S/. 189.90 y la manta S/. 250. La chalina cuesta S/.",
      "El poncho cuesta S/. 189.90 y la manta S/. 250.",
    ],
    [
      "Escríbenos a hola@tambo.example. Atendemos de lunes a sábado. Visita www.tambo.",
      "Escríbenos a hola@tambo.example. Atendemos de lunes a sábado.",
    ],
    [
      "Estamos en Av. Larco 1234, Miraflores. Pregunta por el Sr. Pérez o por la Dra. Gó",
      "Estamos en Av. Larco 1234, Miraflores.",
    ],
    [
      "Abrimos de 9 a. m. a 6 p. m. todos los días. Los domingos de 11 a. m. a",
      "Abrimos de 9 a. m. a 6 p. m. todos los días.",
    ],
    [
      "Tenemos tres modelos:\n1. Wayra: S/ 189\n2. Inti: S/ 219\n3. Killa: S/ 2",
      "Tenemos tres modelos:\n1. Wayra: S/ 189\n2. Inti: S/ 219",
    ],
    ["Hay ponchos de alpaca en tres tallas.\n\nPrecios:\n", "Hay ponchos de alpaca en tres tallas."],
    [
      "Hay ponchos de alpaca. **Wayra cuesta S/ 189. Inti cues",
      "Hay ponchos de alpaca. Wayra cuesta S/ 189.",
    ],
    ["We have ponchos in three sizes! The price of *Killa* is $2", "We have ponchos in three sizes!"],
    ["Temos ponchos de alpaca. O frete para São Paulo custa R$ 4", "Temos ponchos de alpaca."],
    ["El poncho mide 1.20 m x 1.50 m. Pesa 0.", "El poncho mide 1.20 m x 1.50 m."],
    ["Lo dijo J. R. Ribeyro en Lima. Cuesta S/ 1", "Lo dijo J. R. Ribeyro en Lima."],
    [
      "| Modelo | Precio |\n|---|---|\n| Wayra | S/ 189 |\n| Inti | S/ 2",
      "| Modelo | Precio |\n|---|---|\n| Wayra | S/ 189 |",
    ],
    ["El total es 1.250,50 soles con envío. ¿Quieres que lo resérv", "El total es 1.250,50 soles con envío."],
  ])("ends with its last whole sentence: %j", (text, whole) => {
    expect(wholePart(text)).toBe(whole);
  });

  it.each([
    "Tenemos tres ponchos: *Wayra* a S/ 189, *Inti* a S/ 219 y *Killa* a S/ 24",
    "¡Hola! Tenemos tres ponchos: *Wayra* a S/ 189, *Inti* a S/ 219 y *Ki",
    "El poncho cuesta S/ 189.",
    "Lo ves en https://tambo.",
    "Lo ves en https://tambo.example/c/ponchos?",
    "```\nnpm install ponch",
    "Precios:\n",
  ])("is none when too little is whole: %j", (text) => {
    expect(wholePart(text)).toBeNull();
  });

  it("never ends within a number, a word or a link, wherever it was cut", () => {
    const sentences = [
      "El poncho Wayra cuesta S/ 189.90 con envío a Lima.",
      "Puedes verlo en https://tambo.example/c/ponchos?talla=m cuando quieras.",
      "Our shop opens at 9 a.m. every day, and closes at 6.30 p.m. on Sundays!",
      "O frete custa R$ 1.250,00 para todo o Brasil, aprox. 3 dias.",
      "- *Inti*: S/ 219\n- *Killa*: S/ 249.50",
      "¿Quieres que lo reserve para el Sr. Pérez?",
    ];
    const whole = (text: string) =>
      new Set(
        [...text.matchAll(/(?<=[\p{L})][.!?])(?=\s|$)|(?=\n)|$/gu)].map(({ index }) =>
          text.slice(0, index).trimEnd(),
        ),
      );
    fc.assert(
      fc.property(
        fc.shuffledSubarray(sentences, { minLength: 2 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (chosen, share) => {
          const text = chosen.join("\n\n");
          const kept = wholePart(text.slice(0, Math.floor(text.length * share)));
          if (kept !== null) expect(whole(text)).toContain(kept);
        },
      ),
      { numRuns: runs(600) },
    );
  });
});
