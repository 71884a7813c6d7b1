// The review in a notebook, second half: what is asked of the kernel, which answers one message at a time, and the keys.
// No form is used, since a notebook's frame may forbid to send one.

const VERDICTS = [
  { label: "Accept", key: "KeyA", hint: "A", verdict: "accept", main: true },
  { label: "Partial", key: "KeyS", hint: "S", verdict: "partial" },
  { label: "Reject", key: "KeyX", hint: "X", opens: "reasons" },
  { label: "None", key: "KeyN", hint: "N", verdict: "no_counterpart", lone: true },
  { label: "Skip", key: "Space", hint: "Space", verdict: "skip", lone: true },
  { label: "Flag", key: "KeyF", hint: "F", verdict: "flag", lone: true },
  null,
  { label: "Edit", key: "KeyE", hint: "E", opens: "edit" },
  { label: "Trim", key: "KeyT", hint: "T", opens: "trim" },
  { label: "Swap", key: "KeyR", hint: "R", opens: "swap", lone: true },
  { label: "Merge", key: "KeyM", hint: "M", opens: "merge" },
  { label: "Draft", key: "KeyD", hint: "D", unfolds: "draft" },
  null,
  { label: "Undo", key: "KeyZ", hint: "Z", undoes: true, always: true },
  { label: "Back", key: "KeyK", hint: "K", walks: -1, always: true },
  { label: "Next", key: "KeyJ", hint: "J", walks: 1, always: true },
  { label: "?", key: "Slash", opens: "help", title: "Help", always: true },
];
const QUEUES = [
  ["pairs", "Review", "Most informative first."],
  ["source", "Unmatched", "Kazakh segments without a counterpart: what you write or pick is kept as yours, never as found."],
  ["target", "Unmatched", "English segments without a counterpart: what you write or pick is kept as yours, never as found."],
  ["adjudicate", "Adjudicate", "Two reviewers differ; your verdict decides."],
];
const HELP = [
  ["A", "accept: both say the same"],
  ["S", "partial: part of it"],
  ["X 1-6", "reject, with a reason"],
  ["N", "no counterpart in the other language"],
  ["Space", "skip: somebody else may judge"],
  ["F", "flag, or take the flag back"],
  ["E", "edit either side; Ctrl+Enter saves"],
  ["T", "trim to the shared clause"],
  ["R 1-3", "swap to a runner-up, or search"],
  ["M 1-4", "merge with a neighbour"],
  ["Z", "undo your last verdict and all it changed"],
  ["K", "back to the pair before"],
  ["J", "on to the next without a verdict"],
  ["D", "show the draft"],
  ["Esc", "close what is open"],
  ["?", "these keys"],
];
const PATIENCE = 4000; // Milliseconds after which a kernel that does not answer is mentioned.
const MOST_PASSED = 200;

const hex = (byte) => byte.toString(16).padStart(2, "0");
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
const writing = (target) => target.closest?.("textarea, input");

function button(label, { hint, main, ...attributes }) {
  return node("button", { type: "button", class: main && "main", ...attributes }, label, hint && node("kbd", {}, hint));
}

class Review {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.queue = "pairs";
    this.card = null;
    this.seen = []; // The items of this sitting in the order they were shown; `place` is the one on the screen.
    this.place = -1;
    this.passed = new Set();
    this.waiting = new Map(); // What to do with the answer to each question; other views of the widget have their own.
    this.busy = false; // One decision at a time, so that no key can meet a pair that nobody has seen.
    this.build();
  }

  build() {
    this.tabs = node("nav", { "aria-label": "Queues" });
    this.progress = node("span", { class: "n" });
    this.status = node("p", { class: "status", role: "status" });
    this.stage = node("div", { class: "stage" });
    this.notice = node("div", { role: "alert" });
    this.ripple = node("div");
    this.slot = node("div");
    this.bar = node("div", { class: "bar", role: "group", "aria-label": "Verdict" }, VERDICTS.map((each) => this.key(each)));
    const named = { title: "A name keeps decisions apart; it is no password." };
    const end = node("div", { class: "end" }, this.progress, node("span", named, this.model.get("reviewer")));
    const dock = node("div", { class: "dock" }, this.notice, this.ripple, this.slot, this.bar);
    this.root.append(node("div", { class: "top" }, this.tabs, end), this.status, this.stage, dock);
  }

  key(each) {
    if (!each) return node("span", { class: "gap" });
    const { label, key, hint, main, title, opens, always, lone } = each;
    const act = () => {
      if (opens) return this.toggle(opens);
      if (each.verdict) return this.judge(each.verdict);
      if (each.undoes) return this.undo();
      if (each.walks) return this.walk(each.walks);
      this.stage.querySelector("details.draft")?.toggleAttribute("open");
    };
    return button(label, {
      ...{ hint, main, title, "aria-label": title, "data-key": key, "data-opens": opens, click: act },
      ...{ "data-always": always, "data-lone": lone, "aria-expanded": opens && "false" },
    });
  }

  // ---- questions and answers

  ask(message, then) {
    const request = name();
    this.waiting.set(request, then);
    this.model.send({ request, ...message });
    setTimeout(() => {
      if (this.waiting.has(request))
        this.say("Waiting for the kernel. It may be busy with a cell; if it was restarted, run this cell again.");
    }, PATIENCE);
  }

  hear(answer) {
    const then = this.waiting.get(answer.request);
    this.waiting.delete(answer.request);
    then?.(answer);
  }

  // Asks for what changes the item on the screen; until the answer is there, nothing else is asked.
  move(message, then) {
    if (this.busy) return;
    this.busy = true;
    this.ask(message, (answer) => {
      this.busy = false;
      if (answer.stale) return this.disagree(message, answer.stale);
      if (answer.refused) return this.say(node("span", { class: "failed" }, `Not done: ${answer.refused}`));
      then(answer);
      this.count(answer.progress);
    });
  }

  judge(verdict, more = {}) {
    if (!this.card) return;
    const { id: item, version } = this.card.item;
    const { adjudicates } = this.card;
    this.send({ do: "verdict", id: name(), item, version, verdict, adjudicates, ...more });
  }

  send(message) {
    const passed = [...this.passed].filter((item) => item !== message.item);
    this.move({ ...message, queue: this.queue, passed }, (answer) => {
      this.passed.delete(message.item);
      this.show(answer.card);
      this.say(node("strong", {}, answer.said), button("Undo", { click: () => this.undo() }));
      this.ripple.replaceChildren();
      if (answer.rescores) this.weigh(answer.event);
    });
  }

  undo() {
    this.move({ do: "undo", id: name() }, (answer) => {
      this.show(answer.card);
      this.ripple.replaceChildren();
      this.say(node("strong", {}, answer.said));
    });
  }

  walk(step) {
    const there = this.place + step;
    if (there < 0 || this.busy) return;
    if (there < this.seen.length) {
      const { item, adjudicates } = this.seen[there];
      return this.move({ do: "item", item, adjudicates }, ({ card }) => {
        this.place = there;
        this.show(card);
      });
    }
    if (this.card) this.passed.add(this.card.item.id);
    this.following();
  }

  turn(queue) {
    if (this.busy) return;
    Object.assign(this, { queue, seen: [], place: -1 });
    this.passed.clear();
    this.following();
    const [, , about] = QUEUES.find(([name]) => name === queue);
    this.say(about);
    this.mark();
  }

  following() {
    const passed = [...this.passed].slice(-MOST_PASSED);
    this.move({ do: "next", queue: this.queue, passed }, ({ card }) => this.show(card));
  }

  weigh(event) {
    this.ripple.replaceChildren(node("p", { class: "ripple" }, "Weighing the rest of this pair of documents anew ..."));
    this.ask({ do: "ripple", event }, (answer) => {
      this.ripple.replaceChildren(node("div", { class: "ripple", role: "status" }, changes(answer)));
      // The item on the screen may be one of those; a panel in which somebody writes stays as it is.
      const shown = this.card?.item.id;
      if (!answer.touched?.includes(shown) || this.panel || this.busy) return;
      this.move({ do: "item", item: shown, adjudicates: this.card.adjudicates }, ({ card }) => this.show(card));
    });
  }

  // ---- what is shown

  show(card) {
    const held = this.root.contains(this.root.getRootNode().activeElement);
    this.card = card;
    this.toggle(null);
    this.notice.replaceChildren();
    this.stage.replaceChildren(card ? this.set(card) : node("p", { class: "nothing" }, this.model.get("nothing")));
    for (const each of this.bar.querySelectorAll("button"))
      each.disabled = !("always" in each.dataset) && !(card && (card.item.kind === "link" || "lone" in each.dataset));
    const item = card?.item.id;
    if (card && this.seen[this.place]?.item !== item) {
      this.seen.splice(this.place + 1);
      this.place = this.seen.push({ item, adjudicates: card.adjudicates }) - 1;
    }
    // What had the focus is gone: the keys stay with the widget, and are not taken from another cell.
    if (held) this.root.focus({ preventScroll: true });
  }

  set(card) {
    const sides = card.columns.map((each) => (each.sentence.length && each.text ? column(each) : this.composer(card, each)));
    const attributes = { class: "pair scope", "data-item": card.item.id, "aria-label": "Pair" };
    return node("section", attributes, node("div", { class: "texts" }, sides), evidence(card));
  }

  composer({ item }, { lang, side }) {
    const field = node("textarea", { lang, spellcheck: "true" });
    field.value = item.draft?.text ?? "";
    const about = item.draft
      ? ["Draft by ", node("code", {}, item.draft.model), ", to be edited"]
      : ["Your translation (there is no draft)"];
    const save = () => this.judge("post_edit", { [`${side}_text`]: field.value });
    return node(
      "div",
      { class: `column ${side}` },
      node(
        "div",
        { class: "composer", "data-submits": true },
        node("label", {}, about, field),
        item.draft && doubts(item.draft),
        node("div", { class: "row" }, button("Save as a pair", { main: true, hint: "Ctrl Enter", click: save })),
      ),
    );
  }

  mark() {
    const tab = ([queue, label]) =>
      button(label, { "aria-current": queue === this.queue ? "page" : null, click: () => this.turn(queue) });
    const shown = this.queue === "target" ? "target" : "source";
    this.tabs.replaceChildren(...QUEUES.filter(([queue]) => !["source", "target"].includes(queue) || queue === shown).map(tab));
  }

  say(...said) {
    const other = { source: "target", target: "source" }[this.queue];
    const language = { source: "Kazakh", target: "English" }[other];
    const turn = other && button(`${language} segments`, { click: () => this.turn(other) });
    this.status.replaceChildren(...said.map((each) => node("span", {}, each)), ...(turn ? [turn] : []));
  }

  count({ decided, total, said }) {
    const bar = node("progress", { max: Math.max(total, 1), value: decided, "aria-label": "Links decided" });
    this.progress.replaceChildren(bar, said);
  }

  disagree(message, { now, mine }) {
    const { item } = now;
    const row = (head, ...said) => node("tr", {}, node("th", { scope: "row" }, head), node("td", {}, ...said));
    const standing = [item.mine && judgement(item.mine), " ", node("span", { lang: "kk" }, item.source_text)].flat();
    const again = () => this.send({ ...message, id: name(), version: item.version });
    this.notice.replaceChildren(
      node(
        "div",
        { class: "notice" },
        node("h2", {}, "Not saved: this pair has changed since it was shown"),
        node(
          "table",
          { class: "others" },
          row("As it stands", standing, " · ", node("span", { lang: "en" }, item.target_text)),
          item.others.map((each) => row(each.reviewer, judgement(each))),
          row("Yours", judgement(mine)),
        ),
        button("Save mine all the same", { click: again }),
        button("Show it as it stands", { click: () => this.show(now) }),
      ),
    );
  }

  // ---- panels: what a key opens above the bar

  toggle(name) {
    const opening = name && this.panel !== name;
    this.panel = opening ? name : null;
    for (const each of this.bar.querySelectorAll("[data-opens]"))
      each.setAttribute("aria-expanded", String(each.dataset.opens === this.panel));
    this.slot.replaceChildren(...(opening ? [this[name]()] : []));
    this.slot.querySelector("textarea")?.focus();
  }

  reasons() {
    const note = node("input", { type: "text", maxlength: 500, size: 24 });
    const reject = (reason) => () => this.judge(`reject:${reason}`, note.value ? { comment: note.value } : {});
    const buttons = this.model
      .get("reasons")
      .map((reason, place) =>
        button(reason, { hint: place + 1, "data-key": `Digit${place + 1}`, click: reject(reason) }),
      );
    const row = node("div", { class: "row" }, buttons, node("label", {}, "Note ", note));
    return node("div", { class: "panel" }, node("h2", {}, "Reject, because"), row);
  }

  edit() {
    return this.writer("edit", ", edited; the original is kept", "Save the edit");
  }

  trim() {
    return this.writer("trim", ": delete what the other side does not say; one piece stays", "Keep the shared clause");
  }

  writer(verdict, about, label) {
    const fields = this.card.columns.map(({ lang, side, text }) => {
      const field = node("textarea", { lang, name: `${side}_text`, spellcheck: verdict === "edit" ? "true" : "false" });
      field.value = text;
      return field;
    });
    const save = () => this.judge(verdict, Object.fromEntries(fields.map((field) => [field.name, field.value])));
    return node(
      "div",
      { class: "panel", "data-submits": true },
      node("div", { class: "two" }, fields.map((field) => node("label", {}, LANGUAGES[field.lang], about, field))),
      node(
        "div",
        { class: "row" },
        button(label, { main: true, hint: "Ctrl Enter", click: save }),
        node("small", {}, "Esc goes back without saving."),
      ),
    );
  }

  choice(label, verdict, place) {
    const hint = place < 9 && node("kbd", {}, String(place + 1));
    const attributes = { type: "button", class: "choice", "data-key": `Digit${place + 1}` };
    return node("button", { ...attributes, click: () => this.judge(verdict) }, hint, node("span", {}, label));
  }

  swap() {
    const { item } = this.card;
    const lang = counterpart(item);
    const title = lang === "en" ? "The English that belongs to this Kazakh text" : "The Kazakh that belongs to this English text";
    const known = item.runners_up.map(({ id, text }, place) => this.choice(node("span", { lang }, text), `swap:${id}`, place));
    const found = node("div", { class: "stack", "aria-live": "polite" });
    const field = node("input", { type: "search", size: 44, maxlength: 500 });
    const search = () => this.search(field.value, found, lang);
    const label = node("label", {}, "Search by meaning, in Kazakh or English; empty: what is nearest", field);
    const row = node("div", { class: "row", "data-submits": "enter" }, label, button("Search", { main: true, click: search }));
    const none = node("p", {}, "No runner-up is known. Search for it:");
    const stack = node("div", { class: "stack" }, known.length ? known : none);
    return node("div", { class: "panel" }, node("h2", {}, title), stack, row, found);
  }

  search(text, place, lang) {
    this.ask({ do: "find", item: this.card.item.id, adjudicates: this.card.adjudicates, text }, ({ found, refused }) => {
      const each = ({ id, text: said, cosine }) => {
        const score = node("span", { class: "n soft" }, cosine.toFixed(2));
        const choose = () => this.judge(`swap:${id}`);
        return node("button", { type: "button", class: "choice", click: choose }, score, node("span", { lang }, said));
      };
      place.replaceChildren(...(refused ? [node("p", {}, refused)] : found.map(each)));
    });
  }

  merge() {
    const choices = this.card.neighbours.map(({ value, label, lang, text }, place) =>
      this.choice([`${label}: `, node("span", { lang }, text)], `merge:${value}`, place),
    );
    const none = node("p", {}, "Neither text has a neighbour.");
    const stack = node("div", { class: "stack" }, choices.length ? choices : none);
    return node("div", { class: "panel" }, node("h2", {}, "Take in the neighbour"), stack);
  }

  help() {
    const each = ([key, what]) => node("div", {}, node("dt", {}, key), node("dd", {}, what));
    const about = "By their place on the keyboard, whatever letters it types; they work while this frame has the focus.";
    return node("div", { class: "panel" }, node("h2", {}, "Keys"), node("p", {}, about), node("dl", { class: "keys" }, HELP.map(each)));
  }

  // ---- keys: by their place on the keyboard, since a Kazakh one types other letters, and no digits, there

  press(event, target) {
    if (event.key === "Escape") {
      this.toggle(null);
      this.root.focus({ preventScroll: true });
    } else if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) {
      target.closest?.("[data-submits]")?.querySelector("button.main").click();
    } else if (event.code === "Enter" && target.matches("input[type=search]")) {
      target.closest("[data-submits]").querySelector("button.main").click();
    } else if (!writing(target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.strike(event, target);
    }
  }

  strike(event, target) {
    // A control that has the focus is worked by the space bar, as everywhere.
    if (event.repeat || (event.code === "Space" && target !== this.root)) return;
    const code = event.code.replace("Numpad", "Digit");
    const struck = (place, which) => [...place.querySelectorAll(which)].find((each) => each.dataset.key === code);
    const pressed = struck(this.slot, "[data-key]") ?? struck(this.bar, this.panel ? "[data-opens]" : "[data-key]");
    if (!pressed || pressed.disabled) return;
    event.preventDefault();
    pressed.click();
  }

  light(event) {
    for (const each of this.root.querySelectorAll(".lit")) each.classList.remove("lit");
    const word = event.target.closest("[data-k]");
    if (!word) return;
    const numbers = new Set(word.dataset.k.split(" "));
    for (const each of this.root.querySelectorAll("[data-k]"))
      if (each.dataset.k.split(" ").some((number) => numbers.has(number))) each.classList.add("lit");
  }
}

function changes({ refused, summary, changes: moved, more }) {
  if (refused) return node("p", {}, refused);
  if (!moved.length) return node("p", {}, "The other pairs of these documents keep their probabilities.");
  const row = (each) =>
    node(
      "tr",
      {},
      node("td", { class: "n" }, each.before === null ? "new" : probability(each.before), " → ", probability(each.after)),
      node("td", { lang: "kk" }, shortened(each.source_text)),
      node("td", { lang: "en" }, shortened(each.target_text)),
    );
  const rest = more > 0 && node("p", {}, `and ${more} more.`);
  return node("details", { open: true }, node("summary", {}, summary), node("table", { class: "changes" }, moved.map(row)), rest);
}

function render({ model, el }) {
  const root = node("div", { class: "align-review", tabindex: 0, role: "region", "aria-label": "Review" });
  const review = new Review(model, root);
  const hear = (answer) => review.hear(answer);
  // Keys are caught on the window, before the document: a notebook listens there, some in the capturing phase already.
  const guard = (event) => {
    const path = event.composedPath();
    if (!path.includes(root)) return;
    event.stopPropagation();
    if (event.type === "keydown") review.press(event, path[0]);
  };
  const kinds = ["keydown", "keypress", "keyup"];
  model.on("msg:custom", hear);
  for (const kind of kinds) window.addEventListener(kind, guard, true);
  for (const kind of ["pointerover", "focusin"]) root.addEventListener(kind, (event) => review.light(event));
  // After the pointer the keys belong to the widget again: the space bar would otherwise press the same button twice.
  root.addEventListener("click", (event) => {
    if (event.detail > 0 && event.target.closest(".bar, .status, .top")?.contains(root.getRootNode().activeElement))
      root.focus({ preventScroll: true });
  });
  el.append(root);
  review.turn("pairs");
  return () => {
    model.off("msg:custom", hear);
    for (const kind of kinds) window.removeEventListener(kind, guard, true);
  };
}

export default { render };
