/** English texts about the tools that a company declares. */
export const tools = {
  intro:
    "Tools connect the bot with your own systems: it looks something up, or does what the customer has confirmed. Each is the JSON of a file in tools/ (docs/tools.md); intents choose which ones they may call.",
  none: "The company declares no tools.",
  kinds: { reads: "looks up", effect: "customer confirms", cart: "takes carts", orders: "order system" },
  declaration: "Declaration (JSON)",
  declarationHint: `Secrets stand as \${env:TOOL_…} or \${secret:…}, never as they are.`,
  notJson: "This is not JSON yet. It stays here, but the draft keeps what was last readable.",
  remove: "Remove",
  removed: (name: string): string => `${name} is removed.`,
  restore: "Bring it back",
  newName: "Name of a new tool",
  newHint: "For the model and for intents: a-z, 0-9 and _.",
  badName: "A name has a-z, 0-9 and _ only, at most 40, and begins with a letter.",
  takenName: "There is a tool of this name.",
  add: "Add a tool",
};
