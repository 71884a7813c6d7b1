// The review, the same in a browser and in a notebook: panels, the pairs that wait, what is typed, saving, and keys.
// All that is shown is HTML that Python has made; `send` carries a message there and brings the answer.
"use strict";

const PATIENCE = 4000; // Milliseconds after which an answer that does not come is mentioned.
const FEWEST_WAITING = 5;
const MOST_PASSED = 200;
const PAUSE = 500; // Milliseconds without a verdict after which others are judged again.

// Not crypto.randomUUID, which browsers keep from plain http on another machine's address.
const hex = (byte) => byte.toString(16).padStart(2, "0");
const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
const isField = (target) => target.closest?.("textarea, select, input:not([type=range], [type=checkbox])");

// The page brings what the scripts say in the reader's language, by its English.
const words = {};
const _ = (text) => words[text] ?? text;
const learnWords = (root) => Object.assign(words, JSON.parse(root.querySelector("[data-words]")?.dataset.words || "{}"));

class Review {
  // `root` holds the parts of the page, `home` has the focus when no control has it: then keys are verdicts.
  constructor({ root, home, send, run, reviewer, queue = "", late = _("The server has not answered yet.") }) {
    Object.assign(this, { root, home, send, queue, late });
    this.typed = new Typed(`align-review|${run}|${reviewer}`);
    this.seen = []; // The items of this visit in the order they were shown; `place` is the one on the screen.
    this.place = -1;
    this.passed = new Set();
    this.written = new Map(); // What was saved from the boxes of an item, for an undo.
    this.saving = false; // One decision at a time, so that no key can meet a pair that nobody has seen.
    this.unsaved = null;
    this.unscored = []; // Verdicts after which the rest of their documents is still to be judged again.
    addEventListener("pagehide", () => this.unscored.splice(0).forEach((event) => this.ask({ do: "rescore", event })));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("input", (event) => this.type(event.target));
    document.addEventListener("selectionchange", () => this.select());
    root.addEventListener("toggle", (event) => this.unfolded(event.target), true);
    for (const kind of ["pointerover", "focusin"]) root.addEventListener(kind, (event) => this.light(event.target));
    if (this.part("pair")) this.settle();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  part(name) {
    return this.find(`[data-part="${name}"]`);
  }

  get card() {
    return this.part("pair")?.querySelector("[data-item]") ?? null;
  }

  get item() {
    return this.card?.dataset.item;
  }

  // ---- what is shown

  fill(parts = {}) {
    for (const [name, html] of Object.entries(parts)) {
      if (name === "ahead") this.part(name)?.insertAdjacentHTML("beforeend", html);
      else if (this.part(name)) this.part(name).innerHTML = html;
    }
    if ("pair" in parts) this.settle();
  }

  say(what, failed = true) {
    const said = document.createElement("span");
    if (failed) said.className = "failed";
    said.textContent = what;
    this.part("status")?.replaceChildren(said);
  }

  // The panels of a pair open at the bar, so they move there with it.
  settle() {
    const held = this.root.contains(this.root.getRootNode().activeElement);
    const kind = this.card?.dataset.kind ?? "";
    this.selected = "";
    this.part("panels").replaceChildren(...(this.card?.querySelector(".panels")?.children ?? []));
    this.toggle(null);
    if (this.item) this.typed.restore(this.item, this.boxes());
    this.mark();
    for (const button of this.root.querySelectorAll(".bar [data-of]")) {
      button.disabled = !button.dataset.of.split(" ").includes(kind);
      button.hidden = button.disabled && kind === "unmatched";
    }
    this.remember();
    this.part("pair").scrollTop = 0;
    if (this.home === document.body) scrollTo(0, 0);
    // What had the focus may be gone: the keys stay with a notebook's frame, and are not taken from another cell.
    if (held || this.home === document.body) this.rest();
  }

  rest() {
    if (this.home === document.body) document.activeElement?.blur();
    else this.home.focus({ preventScroll: true });
  }

  boxes() {
    return this.root.querySelectorAll('[data-part="panels"] :is(textarea, input), [data-part="pair"] textarea');
  }

  // A button whose panel holds something that was typed and not saved says so.
  mark() {
    for (const button of this.root.querySelectorAll(".bar [data-opens]")) {
      const boxes = this.root.querySelectorAll(`[data-panel="${button.dataset.opens}"] :is(textarea, input)`);
      button.classList.toggle("typed", Array.from(boxes).some((box) => box.value !== box.defaultValue));
    }
    const kept = this.find("[data-kept]");
    if (kept) kept.hidden = !kept.closest("[data-fields]").querySelector("textarea").value;
  }

  type(field) {
    if (!this.item || !field.closest('[data-part="pair"], [data-part="panels"]')) return;
    this.typed.keep(this.item, field);
    this.mark();
  }

  // Pointing at a word, or focusing it, lights its partner.
  light(target) {
    for (const each of this.root.querySelectorAll(".lit")) each.classList.remove("lit");
    const word = target.closest?.("[data-k]");
    const scope = word?.closest(".scope");
    if (!scope) return;
    const numbers = new Set(word.dataset.k.split(" "));
    for (const each of scope.querySelectorAll("[data-k]"))
      if (each.dataset.k.split(" ").some((number) => numbers.has(number))) each.classList.add("lit");
  }

  // ---- panels: what a key opens at the bar

  get panel() {
    return this.part("panels")?.querySelector("[data-panel]:not([hidden])") ?? null;
  }

  toggle(name) {
    const panel = name && this.find(`[data-panel="${name}"]`);
    const opening = panel?.hidden ?? false;
    for (const each of this.root.querySelectorAll("[data-panel]")) each.hidden = true;
    for (const each of this.root.querySelectorAll("[data-opens]"))
      each.setAttribute("aria-expanded", String(opening && each.dataset.opens === name));
    if (!opening) return;
    panel.hidden = false;
    this.part("rescored").querySelector("details")?.removeAttribute("open"); // It would push the pair out of sight.
    if (name === "concordance") return this.openConcordance(panel.querySelector("input"));
    (panel.querySelector("textarea[lang=en]") ?? panel.querySelector('textarea, [data-panel="note"] input'))?.focus();
  }

  // The draft comes into its box as if it had been typed, so that the browser can take it back.
  take(button) {
    const fields = button.closest("[data-fields]");
    const box = fields.querySelector("textarea");
    box.focus();
    box.select();
    document.execCommand("insertText", false, fields.querySelector("blockquote").textContent);
  }

  // A word that is selected is looked up at once; else the box waits for one.
  openConcordance(box) {
    this.select();
    box.value = this.selected || box.value;
    if (this.selected) this.concord(box.value);
    else box.focus();
  }

  async concord(text) {
    const answer = await this.ask({ do: "concordance", text });
    if (answer.refused) this.part("concordance").textContent = answer.refused;
    else this.fill(answer.parts);
  }

  // Pressing a button may end the selection, so that the last one within the texts is kept until its pair goes.
  select() {
    const chosen = getSelection();
    const text = chosen.toString().trim();
    const within = text && this.part("pair")?.contains(chosen.anchorNode?.parentElement);
    if (within) this.selected = text.slice(0, 200);
  }

  unfold(part) {
    if (!part?.toggleAttribute("open")) return;
    this.part("rescored").querySelector("details")?.removeAttribute("open");
    part.scrollIntoView({ block: "nearest" });
  }

  async unfolded(details) {
    if (details.dataset?.do !== "gloss" || !details.open) return;
    delete details.dataset.do;
    const answer = await this.ask({ do: "gloss", ...this.about(this.card) });
    const place = details.querySelector(".gloss");
    if (answer.refused) place.textContent = answer.refused;
    else place.innerHTML = answer.parts.gloss;
  }

  // ---- the queue

  remember() {
    if (!this.item || this.seen[this.place]?.item === this.item) return;
    this.seen.splice(this.place + 1);
    this.place = this.seen.push(this.about(this.card)) - 1;
  }

  get lists() {
    return ![null, "open"].includes(new URLSearchParams(this.queue).get("state"));
  }

  get waiting() {
    return Array.from(this.part("ahead").querySelectorAll("template"));
  }

  drop(stale) {
    for (const each of this.waiting) if (stale.includes(each.dataset.item)) each.remove();
  }

  held() {
    const have = [...this.waiting.map((each) => each.dataset.item), this.item].filter(Boolean);
    return { have, passed: Array.from(this.passed).slice(-MOST_PASSED) };
  }

  // Five pairs wait at least; more are fetched behind the reviewer's back.
  async refill() {
    if (this.filling || this.waiting.length > FEWEST_WAITING) return;
    this.filling = true;
    const answer = await this.ask({ do: "ahead", ...this.held() });
    this.filling = false;
    this.fill(answer.parts);
    // What was judged or shown meanwhile is not shown again.
    this.drop([this.item]);
  }

  // Shows the next of the pairs that wait here; those that a decision has changed are fetched again.
  async advance(stale = []) {
    this.drop(stale);
    const next = this.waiting[0];
    if (!next) return this.follow({ do: "next", ...this.held() });
    next.remove();
    this.part("pair").replaceChildren(document.importNode(next.content, true));
    this.settle();
    this.refill();
  }

  async walk(step) {
    const there = this.place + step;
    if (there < 0 || this.saving) return;
    if (there < this.seen.length) {
      const { item, adjudicates } = this.seen[there];
      return this.follow({ do: "item", item, adjudicates }, () => (this.place = there));
    }
    if (this.item) this.passed.add(this.item);
    await this.advance();
  }

  show() {
    const { item, adjudicates } = this.about(this.card);
    return this.follow({ do: "item", item, adjudicates });
  }

  // Fetches the pair on the screen again, unless it is being judged: a panel in which somebody writes stays as it is.
  async refresh() {
    const { item, adjudicates } = this.about(this.card);
    const answer = await this.ask({ do: "item", item, adjudicates });
    if (this.item === item && !this.panel && !this.saving) this.fill(answer.parts);
  }

  async open(queue) {
    if (this.saving) return;
    Object.assign(this, { queue, seen: [], place: -1 });
    this.passed.clear();
    this.part("ahead").replaceChildren();
    for (const tab of this.root.querySelectorAll('[data-do="open"]'))
      tab.dataset.queue === queue ? tab.setAttribute("aria-current", "page") : tab.removeAttribute("aria-current");
    await this.follow({ do: "open" });
  }

  // Asks for what changes the pair on the screen.
  async follow(message, then = () => {}) {
    const answer = await this.ask(message);
    if (answer.refused) return this.say(_("Not done:") + " " + answer.refused);
    then();
    this.fill(answer.parts);
  }

  // ---- saving

  about(card) {
    const { item, version, served, adjudicates } = card.dataset;
    return { item, version: Number(version), served, adjudicates: adjudicates === "true" };
  }

  async ask(message) {
    const answer = await this.send({ queue: this.queue, ...message });
    if (answer.location) location.assign(answer.location);
    return answer;
  }

  // Sends what changes the review; answers null where another such message is on its way.
  async save(message) {
    if (this.saving) {
      this.say(_("Still saving the verdict before: what you pressed meanwhile was not taken."));
      return null;
    }
    this.busy(true);
    // What failed on its way is sent again under its old name, and so is never kept twice.
    const sent = JSON.stringify(message);
    if (this.unsaved?.sent !== sent) this.unsaved = { sent, id: newName() };
    const late = setTimeout(() => this.say(this.late), PATIENCE);
    try {
      const answer = await this.ask({ ...message, id: this.unsaved.id });
      if (answer.status) this.unsaved = null;
      return answer;
    } finally {
      clearTimeout(late);
      this.busy(false);
    }
  }

  busy(saving) {
    this.saving = saving;
    if (this.part("saving")) this.part("saving").hidden = !saving;
  }

  async judge(verdict, { card = this.card, fields = {}, version } = {}) {
    if (!card) return;
    const { item, adjudicates, served, version: shown } = this.about(card);
    const message = { do: "verdict", item, version: version ?? shown, verdict, served, adjudicates, ...fields };
    // What breaks the glossary is asked about once: the same again is meant.
    const meant = JSON.stringify([item, verdict, fields]);
    if (this.asked === meant) message.sure = true;
    const answer = await this.save(message);
    if (!answer) return;
    this.asked = answer.asks ? meant : null;
    if (answer.refused) {
      this.contested = { verdict, fields };
      if (answer.parts?.notice && this.part("notice")) this.part("notice").innerHTML = answer.parts.notice;
      return this.say(_("Not saved:") + " " + answer.refused);
    }
    // What stays on the screen keeps what was typed for other verdicts.
    if (answer.again) this.typed.forget(item, verdict);
    else if (verdict !== "skip") this.typed.forget(item);
    this.written.set(item, { verdict, fields });
    // What was judged in a list of what is judged already still passes its filter, but has had its turn.
    if (this.lists) this.passed.add(item);
    else this.passed.delete(item);
    this.fill(answer.parts);
    if (answer.again) await this.show();
    else if (answer.created) this.drop([...answer.stale, item]);
    else await this.advance([...answer.stale, item]);
    this.rescoreLater(answer);
  }

  async undo() {
    const answer = await this.save({ do: "undo" });
    if (!answer) return;
    if (answer.refused) return this.say(_("Not undone:") + " " + answer.refused);
    this.drop(answer.stale);
    this.fill(answer.parts);
    this.rewrite();
    this.refill();
  }

  // What was written for a verdict that is undone stands in its box again.
  rewrite() {
    const { verdict, fields = {} } = this.written.get(this.item) ?? {};
    for (const box of this.boxes()) {
      const button = box.closest("[data-fields]")?.querySelector("button.main");
      if (button?.dataset.verdict !== verdict || !(box.name in fields)) continue;
      box.value = fields[box.name];
      this.type(box);
    }
  }

  // What a verdict changes elsewhere waits until nobody waits: for a pause, or for the page to be left.
  rescoreLater({ rescores, event }) {
    if (rescores) this.unscored.push(event);
    clearTimeout(this.pause);
    if (this.unscored.length) this.pause = setTimeout(() => this.rescoreAll(), PAUSE);
  }

  async rescoreAll() {
    clearTimeout(this.pause);
    while (this.unscored.length && !this.saving) await this.rescore(this.unscored.shift());
    if (this.unscored.length) this.rescoreLater({});
  }

  async rescore(event) {
    const answer = await this.ask({ do: "rescore", event });
    if (answer.refused) this.part("rescored").textContent = answer.refused;
    this.fill(answer.parts);
    const stale = answer.stale ?? [];
    this.drop(stale);
    this.refill();
    if (stale.includes(this.item)) await this.refresh();
  }

  async search(button) {
    const box = button.closest("[role=search]");
    const { item, adjudicates } = this.about(this.card);
    const answer = await this.ask({ do: "find", item, adjudicates, text: box.querySelector("input").value });
    const place = box.parentElement.querySelector(".found");
    if (answer.refused) place.textContent = answer.refused;
    else place.innerHTML = answer.parts.found;
    place.scrollIntoView({ block: "nearest" });
    this.rest(); // What was found is chosen next, by its digit.
  }

  // ---- buttons and keys

  click(event) {
    const button = event.target.closest("button");
    if (!button || button.disabled) return;
    const { verdict, opens, walk, unfolds, shows, focuses } = button.dataset;
    if (verdict) this.press(button);
    if (opens) this.toggle(opens);
    if (walk) this.walk(Number(walk));
    if (unfolds) this.unfold(this.part("pair").querySelector(unfolds));
    if (shows) this.find(shows).showModal();
    if ("takes" in button.dataset) this.take(button);
    if ("closes" in button.dataset) button.closest("dialog").close();
    if ("more" in button.dataset)
      button.setAttribute("aria-expanded", String(button.closest(".bar").classList.toggle("all")));
    if (focuses) button.parentElement.querySelector(`[name=${focuses}]`).focus();
    this.act(button);
    // After the pointer the keys are verdicts again: the space bar would otherwise press the same button twice.
    if (event.detail > 0 && button.closest(".dock, .status, .top"))
      setTimeout(() => this.root.getRootNode().activeElement === button && this.rest());
  }

  act(button) {
    const { do: what, version, queue } = button.dataset;
    if (what === "undo") this.undo();
    if (what === "find") this.search(button);
    if (what === "concordance") this.concord(button.closest("[role=search]").querySelector("input").value);
    if (what === "open") this.open(queue);
    if (what === "item") this.show();
    if (what === "again") this.judge(this.contested.verdict, { fields: this.contested.fields, version: Number(version) });
  }

  // Saves the verdict of a button, with what stands in the boxes around it.
  press(button) {
    const boxes = button.closest("[data-fields]")?.querySelectorAll(":is(textarea, input)[name]") ?? [];
    const filled = Array.from(boxes).filter((box) => box.name !== "comment" || box.value);
    const fields = Object.fromEntries(filled.map((box) => [box.name, box.value]));
    this.judge(button.dataset.verdict, { fields });
  }

  // Keys go by their place on the keyboard, since a Kazakh one types other letters, and no digits, there.
  key(event, target) {
    const entered = event.code === "Enter" || event.code === "NumpadEnter";
    if (event.key === "Escape") {
      if (this.part("panels")) this.toggle(null);
      this.rest();
    } else if (entered && (event.ctrlKey || event.metaKey)) {
      target.closest?.("[data-fields]")?.querySelector("button.main")?.click();
    } else if (entered && target.matches?.('[data-panel="note"] input')) {
      target.closest("[data-fields]").querySelector("button.main").click();
    } else if (entered && target.matches?.("input[name=comment]")) {
      event.preventDefault();
      this.rest(); // The reason is chosen next, by its digit.
    } else if (entered && target.matches?.("[role=search] input") && !target.form) {
      target.closest("[role=search]").querySelector("button").click();
    } else if (!isField(target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.strike(event, target);
    }
  }

  strike(event, target) {
    // A control that has the focus is worked by the space bar and Enter, as everywhere.
    const isWorked = ["Enter", "Space"].includes(event.code) && target !== this.home;
    if (event.repeat || this.find("dialog[open]") || isWorked) return;
    const selector = `[data-key="${event.code.replace("Numpad", "Digit")}"]`;
    const panel = this.panel;
    const bar = this.find(`.bar ${selector}${panel ? "[data-opens]" : ""}`);
    const near = panel ?? this.part("pair") ?? this.find("main");
    // What was found by a search comes before what the run had found; with Shift a key is the bar's.
    const own = near?.querySelector(`.found ${selector}`) ?? near?.querySelector(selector);
    const button = event.shiftKey ? bar : (own ?? bar);
    if (!button || button.disabled) return;
    event.preventDefault();
    if (isField(button)) button.focus();
    else button.click();
  }
}
