// The review in a notebook, last part: what is asked of the kernel, which answers one message at a time, and the keys.
// No form is used, since a notebook's frame may forbid to send one.

const PATIENCE = 4000; // Milliseconds after which a kernel that does not answer is mentioned.
const MOST_PASSED = 200;

const hex = (byte) => byte.toString(16).padStart(2, "0");
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
const writing = (target) => target.closest?.("textarea, input");

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
    this.bar = node(
      "div",
      { class: "bar", role: "group", "aria-label": "Verdict" },
      VERDICTS.map((each) => this.key(each)),
    );
    const named = { title: "A name keeps decisions apart; it is no password." };
    const end = node("div", { class: "end" }, this.progress, node("span", named, this.model.get("reviewer")));
    // What opens or arrives comes below the bar, so that no button moves under the pointer.
    const dock = node("div", { class: "dock" }, this.bar, this.notice, this.slot, this.ripple);
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
      const draft = this.stage.querySelector("details.draft");
      if (draft?.toggleAttribute("open")) draft.scrollIntoView({ block: "nearest" });
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
    const late = setTimeout(() => {
      this.say("Waiting for the kernel. It may be busy with a cell; if it was restarted, run this cell again.");
      this.status.dataset.late = "yes";
    }, PATIENCE);
    this.ask(message, (answer) => {
      this.busy = false;
      clearTimeout(late);
      if (this.status.dataset.late) this.describe();
      if (answer.stale) return this.notice.replaceChildren(conflict(this, message, answer.stale));
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
    this.ripple.replaceChildren();
    this.following();
    this.describe();
    this.mark();
  }

  describe() {
    const [, , about] = QUEUES.find(([name]) => name === this.queue);
    this.say(about);
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
    this.stage.scrollTop = 0;
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
    const sides = card.columns.map((each) =>
      each.sentence.length && each.text ? column(each) : composer(this, card, each),
    );
    const { item, adjudicates } = card;
    const gloss = (then) => this.ask({ do: "gloss", item: item.id, adjudicates }, then);
    const attributes = { class: "pair scope", "data-item": item.id, "aria-label": "Pair" };
    return node("section", attributes, node("div", { class: "texts" }, sides), evidence(card, gloss));
  }

  mark() {
    const tab = ([queue, label]) =>
      button(label, { "aria-current": queue === this.queue ? "page" : null, click: () => this.turn(queue) });
    const shown = this.queue === "target" ? "target" : "source";
    this.tabs.replaceChildren(
      ...QUEUES.filter(([queue]) => !["source", "target"].includes(queue) || queue === shown).map(tab),
    );
  }

  say(...said) {
    delete this.status.dataset.late;
    const other = { source: "target", target: "source" }[this.queue];
    const language = { source: "Kazakh", target: "English" }[other];
    const turn = other && button(`${language} segments`, { click: () => this.turn(other) });
    this.status.replaceChildren(...said.map((each) => node("span", {}, each)), ...(turn ? [turn] : []));
  }

  count({ decided, total, said }) {
    const bar = node("progress", { max: Math.max(total, 1), value: decided, "aria-label": "Links decided" });
    this.progress.replaceChildren(bar, said);
  }

  // ---- panels: what a key opens below the bar

  toggle(name) {
    const opening = name && this.panel !== name;
    this.panel = opening ? name : null;
    for (const each of this.bar.querySelectorAll("[data-opens]"))
      each.setAttribute("aria-expanded", String(each.dataset.opens === this.panel));
    this.slot.replaceChildren(...(opening ? [PANELS[name](this)] : []));
    this.slot.querySelector("textarea")?.focus();
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
