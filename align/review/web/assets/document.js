// The page of two whole documents: a cursor on each side, the link in focus, and the keys that change links.
"use strict";

const OTHER = { source: "target", target: "source" };
const MOVES = { KeyJ: 1, ArrowDown: 1, PageDown: 10, KeyK: -1, ArrowUp: -1, PageUp: -10 };
const TURNS = { ArrowLeft: "source", ArrowRight: "target" };

const numbersOf = (text) => text.split(" ").filter(Boolean).map(Number);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

class Documents extends Review {
  constructor(options) {
    super(options);
    this.main = this.find("main.documents");
    this.send = (message) => options.send(message, this.main.dataset.address);
    this.bands = new Bands(this.find("svg.bands"));
    this.side = "source"; // Where the keys move; `row` has each side's cursor.
    this.row = { source: 0, target: 0 };
    this.range = null; // What Shift has selected on this side: from `anchor` to `head`.
    this.hold = null; // What stays selected on the side that was left, and the link that it was in.
    this.wanted = this.main.dataset.at; // The link to stand at, where there is a choice.
    this.later = null; // Keys that were pressed while a panel was on its way,
    this.pending = []; // or while a change was saved: all that they are for is on the screen.
    for (const side of this.root.querySelectorAll(".side")) {
      side.addEventListener("pointerdown", (event) => this.point(event, side.dataset.side));
      side.addEventListener("focus", () => this.turn(side.dataset.side));
    }
    this.read();
    if (!this.wanted) this.resume();
    this.show();
    new ResizeObserver(() => requestAnimationFrame(() => this.drawn())).observe(this.find(".both"));
    addEventListener("pagehide", () => this.keepPlace());
    this.splitter = this.find("dialog.split");
    this.splitter.querySelector("textarea").addEventListener("beforeinput", (event) => event.preventDefault());
    this.splitter.querySelector("[data-splits]").addEventListener("click", () => this.split());
  }

  // ---- what there is

  read() {
    const rows = (side) => Array.from(this.part(side).querySelectorAll(".row"));
    this.rows = { source: rows("source"), target: rows("target") };
    this.links = Array.from(this.part("links").children, (card) => {
      const { item, look, source, target } = card.dataset;
      return { card, item, look, source: numbersOf(source), target: numbersOf(target), told: card.textContent };
    });
    for (const side of ["source", "target"]) {
      this.row[side] = Math.min(this.row[side], Math.max(this.rows[side].length - 1, 0));
      for (const row of this.rows[side]) delete row.dataset.look;
    }
    for (const link of this.links.toReversed())
      for (const side of ["source", "target"]) for (const row of link[side]) this.rows[side][row].dataset.look = link.look;
    const wanted = this.links.find((link) => link.item === this.wanted);
    if (wanted && !wanted[this.side].includes(this.row[this.side])) this.row[this.side] = wanted[this.side][0];
  }

  drawn() {
    const here = this.rows[this.side][this.row[this.side]];
    const before = here?.getBoundingClientRect().top;
    this.bands.level(this.rows, this.links);
    // What was read a moment ago stays where it was on the screen.
    if (here && this.leveled) scrollBy(0, here.getBoundingClientRect().top - before);
    this.leveled = true;
    this.bands.draw(this.rows, this.links, this.focus);
  }

  linksAt(side, row) {
    return this.links.filter((link) => link[side].includes(row));
  }

  // The link that verdicts are for: the one of the row at the cursor.
  get focus() {
    if (!this.links) return null; // While the page is being made ready.
    const here = this.linksAt(this.side, this.row[this.side]);
    return here.find((link) => link.item === this.wanted) ?? here[0] ?? null;
  }

  get card() {
    return this.focus?.card ?? null;
  }

  // The row of the other side that a segment without a link is likely to belong to: the next one without a link.
  get guess() {
    if (this.focus || this.hold) return null;
    const other = OTHER[this.side];
    const before = this.links.filter((link) => link[this.side].some((row) => row < this.row[this.side]));
    const nearest = Math.max(-1, ...before.map((link) => Math.max(...link[this.side].filter((row) => row < this.row[this.side]))));
    const from = Math.max(-1, ...before.filter((link) => link[this.side].includes(nearest)).map((link) => Math.max(...link[other])));
    const open = this.rows[other].map((row, number) => (row.dataset.look ? -1 : number)).filter((number) => number >= 0);
    return open.find((number) => number > from) ?? open.at(-1) ?? null;
  }

  // What Enter would link: the rows of either side.
  get chosen() {
    const { side, focus, hold, range } = this;
    const other = OTHER[side];
    const ranged = range && Array.from({ length: Math.abs(range.head - range.anchor) + 1 }, (_none, step) => Math.min(range.head, range.anchor) + step);
    const mine = ranged ?? (focus && !hold ? focus[side] : [this.row[side]]);
    const theirs = hold ? hold.rows : focus ? focus[other] : this.guess === null ? [] : [this.guess];
    return { [side]: mine, [other]: theirs };
  }

  // ---- what is shown

  show() {
    const { chosen, focus, guess, hold, side } = this;
    if (focus && !hold) this.row[OTHER[side]] = focus[OTHER[side]][0];
    if (this.loaded && this.loaded !== focus?.item) this.unload();
    for (const name of ["source", "target"])
      this.rows[name].forEach((row, number) => {
        const isGuess = name !== side && number === guess;
        const isChosen = chosen[name].includes(number) && !isGuess;
        row.classList.toggle("here", name === side && number === this.row[side]);
        row.classList.toggle("chosen", isChosen);
        row.classList.toggle("guess", isGuess);
        row.classList.toggle("held", name === hold?.side && isChosen);
        row.setAttribute("aria-selected", String(isChosen));
      });
    for (const list of this.root.querySelectorAll(".side")) {
      const row = this.rows[list.dataset.side][this.row[list.dataset.side]];
      if (row) list.setAttribute("aria-activedescendant", row.id);
    }
    this.part("focus").textContent = this.told();
    for (const button of this.root.querySelectorAll(".bar [data-on=link]")) button.disabled = !focus;
    this.bands.draw(this.rows, this.links, focus);
    this.rows[side][this.row[side]]?.scrollIntoView({ block: "nearest" });
  }

  named(side, rows) {
    const numbers = rows.map((row) => this.rows[side][row].querySelector(".n").textContent).join("+");
    return filled(side === "source" ? _("Kazakh {numbers}") : _("English {numbers}"), { numbers });
  }

  told() {
    const { chosen, focus, hold, side } = this;
    if (!this.rows[side].length) return "";
    const [source, target] = ["source", "target"].map((name) => chosen[name].length && this.named(name, chosen[name]));
    const both = { source, target };
    if (hold) return filled(_("{source}, {target}: Enter links them, Esc lets go."), both);
    if (focus && this.range) return filled(_("{source}, {target}: Enter links them."), both);
    if (focus) return [source, target, focus.told.trim(), this.count()].filter(Boolean).join(" · ");
    const here = { here: this.named(side, chosen[side]), other: both[OTHER[side]] };
    if (here.other) return filled(_("{here} has no link. Enter links it with {other}."), here);
    return filled(_("{here} has no link."), here);
  }

  count() {
    const here = this.linksAt(this.side, this.row[this.side]);
    const place = here.indexOf(this.focus) + 1;
    return here.length > 1 ? filled(_("link {place} of {all}, L shows the next"), { place, all: here.length }) : "";
  }

  fill(parts = {}) {
    const held = this.hold && { ...this.hold };
    super.fill(parts);
    if (!("links" in parts)) return;
    if (held && "source" in parts) this.hold = null;
    this.read();
    this.drawn();
    this.show();
  }

  // The panels of the link in focus come with its card, which is not shown here.
  settle() {
    const card = this.part("pair").querySelector("[data-item]");
    this.part("panels").replaceChildren(...(card?.querySelector(".panels")?.children ?? []));
    super.toggle(null);
    if (this.item) this.typed.restore(this.item, this.boxes());
    this.mark();
  }

  unload() {
    this.loaded = null;
    this.part("panels").replaceChildren();
    super.toggle(null);
  }

  async toggle(name) {
    const link = this.focus;
    if (!name || !link) return super.toggle(null);
    if (this.loaded !== link.item) {
      this.later = [];
      const answer = await this.ask({ do: "item", ...this.about(link.card) });
      if (answer.refused) this.say(`${_("Not done:")} ${answer.refused}`);
      else super.fill({ pair: answer.parts.pair });
      this.loaded = link.item;
    }
    const pressed = this.later ?? [];
    this.later = null;
    super.toggle(name);
    for (const code of pressed) this.panel?.querySelector(`[data-key="${code}"]`)?.click();
  }

  // ---- moving

  move(step, extends_) {
    const { side } = this;
    const last = this.rows[side].length - 1;
    const within = (row) => Math.max(0, Math.min(last, row));
    if (extends_) {
      const whole = this.focus && !this.hold ? this.focus[side] : [this.row[side]];
      const ends = step > 0 ? [whole[0], whole.at(-1)] : [whole.at(-1), whole[0]];
      this.range ??= { anchor: ends[0], head: ends[1] };
      this.range.head = within(this.range.head + step);
      if (this.rows[side][this.range.head]) this.rows[side][this.range.head].scrollIntoView({ block: "nearest" });
    } else {
      this.range = null;
      this.wanted = null;
      this.row[side] = within(this.row[side] + step);
    }
    this.show();
  }

  // Goes to the other side; what is selected here stays so, to be linked with what is chosen there.
  turn(side, row) {
    if (side !== this.side) {
      const { chosen, focus, guess, hold } = this;
      this.row[side] = row ?? guess ?? focus?.[side][0] ?? this.row[side];
      this.hold = { side: this.side, rows: chosen[this.side], link: hold ? hold.link : focus };
      Object.assign(this, { side, range: null, wanted: null });
    }
    this.show();
  }

  point(event, side) {
    const number = this.rows[side].indexOf(event.target.closest(".row"));
    if (number < 0 || event.target.closest("textarea")) return;
    event.preventDefault(); // The focus stays, so that keys go on to be verdicts.
    if (side !== this.side) return this.turn(side, number);
    if (event.shiftKey) return this.move(number - (this.range?.head ?? this.row[side]), true);
    this.move(number - this.row[side], false);
  }

  // The next row that wants a look: without a link, or with one that nobody judged and the run is unsure of.
  open() {
    const { rows, side, row } = this;
    const wants = (number) => ["unsure", "disputed", undefined].includes(rows[side][number].dataset.look);
    const after = Array.from(rows[side].keys()).filter((number) => number > row[side] && wants(number));
    if (after.length) this.move(after[0] - row[side], false);
    else this.say(_("Nothing more below wants a look."), false);
  }

  cycle() {
    const here = this.linksAt(this.side, this.row[this.side]);
    this.wanted = here[(here.indexOf(this.focus) + 1) % here.length]?.item ?? null;
    this.show();
  }

  // ---- links

  // Links what is chosen; as it stands already, it is accepted.
  async link(beside) {
    const { chosen, focus, hold } = this;
    if (!chosen.source.length || !chosen.target.length)
      return this.say(_("Choose the other side first: the arrows lead there."));
    const changed = hold ? hold.link : focus;
    const same = focus && ["source", "target"].every((side) => chosen[side].join() === focus[side].join());
    if (same && !beside) return this.judge("accept");
    await this.drawLink(chosen, { changed, beside });
  }

  drawLink(rows, how) {
    return this.change(() => this.saveLink(rows, how));
  }

  async saveLink(rows, { changed = null, beside = false, edge = false } = {}) {
    const [source, target] = ["source", "target"].map((side) => rows[side].map((row) => this.rows[side][row].dataset.place));
    const { item = "", version = 0 } = changed ? this.about(changed.card) : {};
    const answer = await this.save({ do: "link", source, target, item, version, beside, edge });
    if (!answer) return;
    // Whoever went to the other side to choose goes on where they came from.
    if (!answer.refused) Object.assign(this, { side: this.hold?.side ?? this.side, hold: null, range: null });
    this.fill(answer.parts);
    if (answer.refused) return this.say(`${_("Not saved:")} ${answer.refused}`);
    this.rescoreLater(answer);
  }

  // Moves an edge of the link in focus by a segment of this side: its end, or its beginning.
  async edge(step, begins) {
    const { focus, side } = this;
    if (!focus) return this.say(_("There is no link here."));
    const rows = focus[side];
    const grows = step > 0 !== begins;
    const taken = step > 0 ? rows.at(-1) + 1 : rows[0] - 1;
    if (!grows && rows.length === 1) return this.say(_("A link keeps a segment on each side; U unlinks."));
    if (grows && !this.rows[side][taken]) return this.say(_("There is no segment beyond."));
    const moved = grows ? [...rows, taken].sort((one, other) => one - other) : begins ? rows.slice(1) : rows.slice(0, -1);
    if (!moved.includes(this.row[side])) this.row[side] = begins ? moved[0] : moved.at(-1);
    this.hold = null;
    await this.drawLink({ ...this.chosenOf(focus), [side]: moved }, { changed: focus, edge: true });
  }

  chosenOf({ source, target }) {
    return { source, target };
  }

  // ---- a segment in two

  // Shows the segment at the cursor, the caret where it is likeliest to be cut: behind a mark, near the middle.
  openSplit() {
    const row = this.rows[this.side][this.row[this.side]];
    if (!row) return;
    const box = this.splitter.querySelector("textarea");
    box.lang = row.lang;
    box.value = row.querySelector(".text").textContent;
    const middle = box.value.length / 2;
    const places = (pattern) => Array.from(box.value.matchAll(pattern), (found) => found.index + found[0].length);
    const nearest = (found) => found.toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle))[0];
    const at = nearest(places(/[.!?;:…]["”»)]*\s+/g)) ?? nearest(places(/[,–—-]\s+/g)) ?? nearest(places(/\s+/g)) ?? 0;
    this.splitter.showModal();
    box.focus();
    box.setSelectionRange(at, at);
  }

  split() {
    const { side } = this;
    const { place } = this.rows[side][this.row[side]].dataset;
    const at = this.splitter.querySelector("textarea").selectionStart;
    this.splitter.close();
    Object.assign(this, { hold: null, range: null });
    return this.change(async () => {
      const answer = await this.save({ do: "split", [side]: [place], at });
      if (!answer) return;
      if (answer.refused) return this.say(`${_("Not done:")} ${answer.refused}`);
      this.fill(answer.parts);
    });
  }

  // ---- verdicts, as on the page of a pair

  async ask(message) {
    const answer = await super.ask(message);
    if (answer.created) this.wanted = answer.created;
    return answer;
  }

  // Keys that come while something is changed are for what follows from it.
  async change(work) {
    this.changing = true;
    try {
      await work();
    } finally {
      this.changing = false;
    }
    while (this.pending.length && !this.changing) this.strike(...this.pending.shift());
  }

  judge(verdict, options = {}) {
    if (!this.focus) return this.say(_("There is no link here."));
    Object.assign(this, { hold: null, range: null, before: this.focus.item });
    return this.change(async () => {
      await super.judge(verdict, options);
      this.unload();
      this.show();
    });
  }

  undo() {
    return this.change(() => super.undo());
  }

  press(button) {
    const boxes = button.closest("[data-fields]")?.querySelectorAll(":is(textarea, input)[name]") ?? [];
    const kept = Array.from(boxes).filter((box) => box.name !== "comment" || box.value);
    this.judge(button.dataset.verdict, { fields: Object.fromEntries(kept.map((box) => [box.name, box.value])) });
  }

  // After a verdict comes the next segment; where the link is gone, its segment may be linked again.
  async advance() {
    const { side } = this;
    const link = this.links.find((each) => each.item === this.before);
    if (!link) return this.show();
    const beyond = Math.min(link[side].at(-1) + 1, this.rows[side].length - 1);
    this.move(beyond - this.row[side], false);
  }

  // Nothing waits here, and the answer to a verdict has brought what it changed.
  async refill() {}
  async refresh() {}
  async walk() {}
  remember() {}

  // ---- keys

  key(event, target) {
    const isUndo = event.code === "KeyZ" && (event.ctrlKey || event.metaKey);
    if (isUndo && !isField(target)) {
      event.preventDefault();
      return this.undo();
    }
    if (this.splitter.open) {
      if (!["Enter", "NumpadEnter"].includes(event.code) || target.matches("button")) return;
      event.preventDefault();
      return this.split();
    }
    if (event.key === "Escape" && !this.panel) this.letGo();
    super.key(event, target.closest?.('[role="listbox"]') && !isField(target) ? this.home : target);
  }

  rest() {
    // The keys stay with the list that has the focus, for whoever hears what is read aloud there.
    if (!document.activeElement?.matches(".side")) super.rest();
  }

  letGo() {
    Object.assign(this, { hold: null, range: null });
    this.show();
  }

  strike(event, target) {
    if (this.find("dialog[open]")) return;
    if (this.later) return this.later.push(event.code.replace("Numpad", "Digit"));
    if (this.changing) {
      event.preventDefault();
      return this.pending.push([event, target]);
    }
    const isControl = target.closest?.("button, a, summary");
    if (this.panel || (isControl && ["Enter", "Space"].includes(event.code))) return super.strike(event, target);
    const act = this.own(event);
    if (!act) return super.strike(event, target);
    event.preventDefault();
    act();
  }

  own({ code, shiftKey, repeat }) {
    if (code in MOVES) return () => this.move(MOVES[code], shiftKey);
    if (repeat) return null;
    if (code in TURNS) return () => this.turn(TURNS[code]);
    const acts = {
      Enter: () => this.link(shiftKey),
      KeyU: () => this.judge("reject:not parallel"),
      BracketLeft: () => this.edge(-1, shiftKey),
      BracketRight: () => this.edge(1, shiftKey),
      KeyO: () => this.open(),
      KeyL: () => this.cycle(),
      KeyD: () => this.openSplit(),
      KeyG: () => this.leave(),
      KeyB: () => location.assign(this.main.dataset.batch),
    };
    return acts[code.replace("NumpadEnter", "Enter")];
  }

  act(button) {
    const { act } = button.dataset;
    if (act) this.own({ code: act, shiftKey: false })?.();
    else super.act(button);
  }

  // ---- one's place

  leave() {
    if (!this.focus) return this.say(_("There is no link here."));
    location.assign(`/pair/${this.focus.item}?${this.queue}`);
  }

  get placeName() {
    return `${this.typed.prefix}|${this.main.dataset.address}`;
  }

  keepPlace() {
    try {
      sessionStorage.setItem(this.placeName, JSON.stringify({ side: this.side, row: this.row, wanted: this.focus?.item }));
    } catch {
      // Without a storage the page begins at the top again.
    }
  }

  resume() {
    try {
      const { side, row, wanted } = JSON.parse(sessionStorage.getItem(this.placeName)) ?? {};
      if (side) Object.assign(this, { side, row, wanted });
    } catch {
      return;
    }
    this.read();
  }
}
