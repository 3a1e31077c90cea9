/** English texts of the console's inbox. */
export const inbox = {
  lists: {
    waiting: "Waiting",
    mine: "Mine",
    bot: "With the bot",
    snoozed: "Snoozed",
    flagged: "Flagged",
    closed: "Closed",
    all: "All",
  },
  listsLabel: "Lists",
  rowsLabel: (list: string) => `Conversations: ${list}`,
  conversation: "Conversation",
  panel: "Customer",
  back: "Back to the list",
  showPanel: "Customer details",
  unnamed: "Customer",
  you: "You",
  row: {
    unread: (count: number) => `${count} unread`,
    waits: (span: string) => `Waiting ${span}`,
    tones: { calm: "", soon: "close to the target", late: "over the target" },
    assignee: (name: string) => `With ${name}`,
    owners: { bot: "Bot", human: "Nobody yet", other_app: "Another app" },
    snoozed: (until: string) => `Until ${until}`,
    closed: "Closed",
    flagged: "Flagged",
    optedOut: "Opted out",
    demo: "Demo",
  },
  tag: {
    label: "Tag",
    any: "Any tag",
    only: (tag: string) => `Only “${tag}”`,
    clear: "Remove the tag filter",
  },
  list: {
    failed: "The list could not be loaded.",
    failedMore: "The next conversations could not be loaded.",
    loading: "Loading conversations",
  },
  empty: {
    waiting: {
      title: "Nobody is waiting",
      text: "Customers who ask for a person appear here, the longest waiting first.",
    },
    mine: {
      title: "You have no conversations",
      text: "Take one from Waiting, or write in any conversation.",
    },
    bot: {
      title: "The bot is not talking to anybody",
      text: "Conversations that the bot answers appear here.",
    },
    snoozed: {
      title: "Nothing is snoozed",
      text: "A snoozed conversation comes back at its time, or when the customer writes.",
    },
    flagged: {
      title: "Nothing is flagged",
      text: "Conversations with a low rating appear here, for somebody to look at.",
    },
    closed: {
      title: "Nothing is closed yet",
      text: "A closed conversation opens again when the customer writes.",
    },
    all: {
      title: "No conversations yet",
      text: "The first message to your WhatsApp number appears here within two seconds.",
    },
    tag: "No conversation in this list has this tag.",
    choose: "Choose a conversation",
    chooseHint: "J and K move through the list, Enter opens a conversation. ? shows all shortcuts.",
  },
  start: {
    title: "What to do next",
    done: "done",
    steps: {
      connect: {
        name: "Connect your WhatsApp number",
        text: "Enter the number's id and token as docs/deploy.md describes.",
      },
      company: { name: "Tell the bot about your company", text: "Its profile, knowledge and opening hours." },
      invite: { name: "Invite your team", text: "Agents answer customers; viewers only read." },
      handoffs: { name: "Set the waiting target", text: "How soon a waiting customer should get a person." },
      test: { name: "Write a test message", text: "Send “Hi” to your number from any phone." },
    },
  },
  search: {
    label: "Search conversations",
    placeholder: "Name, number, order or words",
    clear: "Clear the search",
    results: (count: number) => (count === 1 ? "1 conversation found" : `${count} conversations found`),
    more: "Show more",
    none: "Nothing found",
    noneHint: "Search for a name, a phone number, an order number or words of a message.",
    failed: "The search could not be done.",
  },
  notify: {
    on: "Notifications are on",
    off: "Notify me of waiting customers",
    blocked:
      "Your browser blocks notifications from this page. Allow them in the settings of the address bar; the sound works without.",
    unsupported:
      "This browser shows no notifications from pages, as on iPhone and iPad. The sound works while the page is open.",
    title: "A customer is waiting for a person",
    body: (count: number) => (count === 1 ? "1 customer is waiting." : `${count} customers are waiting.`),
    said: (count: number) =>
      count === 1
        ? "A customer is waiting for a person."
        : `A customer is waiting for a person; ${count} are waiting in all.`,
  },
  thread: {
    loading: "Loading the conversation",
    failed: "The conversation could not be loaded.",
    gone: "This conversation does not exist any more, or belongs to another company.",
    empty: "There are no messages yet.",
    older: "Loading older messages",
    olderButton: "Show older messages",
    newMessages: (count: number) =>
      count === 0 ? "To the newest message" : count === 1 ? "1 new message" : `${count} new messages`,
    arrived: (words: string) => `New message: ${words}`,
    bot: "Bot",
    phoneApp: "WhatsApp Business app",
    formerOperator: "Operator",
    sentBy: (name: string, app: string) => `${name}, ${app}`,
    menu: "Reply, react or copy",
    window: {
      open: (span: string) => `${span} left to write`,
      ending: (span: string) => `Only ${span} left to write`,
      closed: "24-hour window closed",
      hint: "WhatsApp allows free messages until 24 hours after the customer's last one. Afterwards only approved templates can be sent.",
    },
    typing: (names: string, many: boolean) => `${names} ${many ? "are" : "is"} typing…`,
    looking: (names: string) => `Also here: ${names}`,
    handoff: {
      label: "Handed to a person",
      waiting: (span: string) => `waiting ${span}`,
      takenBy: (name: string) => `taken by ${name}`,
      opened: "The bot asked for a person",
      taken: (name: string | null) => (name ? `${name} took over` : "A person took over"),
      back: "Given back to the bot",
    },
    botNote: "Note for the bot",
    note: (name: string) => `Internal note by ${name}`,
    noteHint: "Only your team sees this",
    turn: {
      open: "All of this turn",
      unpriced: "no price",
      wait: (duration: string) => `reply in ${duration}`,
      tools: (count: number) => (count === 1 ? "1 tool call" : `${count} tool calls`),
      silent: "The bot did not answer",
      details: "What the bot understood, did and cost",
    },
  },
  failures: {
    window_closed: {
      why: "More than 24 hours have passed since the customer's last message.",
      what: "Send an approved template; when the customer answers, you can write freely again.",
    },
    unreachable: {
      why: "WhatsApp could not deliver to this number.",
      what: "The phone may be off, blocked or without WhatsApp. Try another way to reach the customer.",
    },
    template_missing: {
      why: "Meta does not know this template in this language.",
      what: "Choose another template, or create it in WhatsApp Manager.",
    },
    template_paused: {
      why: "Meta paused this template because customers reported it.",
      what: "Choose another template, or improve this one in WhatsApp Manager.",
    },
    refused_form: {
      why: "WhatsApp refused the form of the message.",
      what: "Write it again in a simpler form: shorter, without special content.",
    },
    blocked_account: {
      why: "Meta restricts your WhatsApp account or this customer does not take such messages.",
      what: "An owner should look into WhatsApp Manager, under account quality.",
    },
    too_fast: {
      why: "Too many messages were sent in a short time.",
      what: "Wait a minute and send it again.",
    },
    unconfirmed: {
      why: "WhatsApp never confirmed this message: it may have arrived or not.",
      what: "Ask the customer before you send it again.",
    },
    file: {
      why: "WhatsApp could not take the file.",
      what: "Send it again, as JPEG, PDF or audio, under 16 MB.",
    },
    unknown: {
      why: "WhatsApp refused the message.",
      what: "Try again; if it fails again, give the code to whoever looks after the bot.",
    },
  },
  code: (code: number) => `Meta's code ${code}`,
};
