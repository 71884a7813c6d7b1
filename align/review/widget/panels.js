// The review in a notebook, second part: the buttons, what they open below them, and where a counterpart is written.

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
  [
    "source",
    "Unmatched",
    "Kazakh segments without a counterpart: what you write or pick is kept as yours, never as found.",
  ],
  [
    "target",
    "Unmatched",
    "English segments without a counterpart: what you write or pick is kept as yours, never as found.",
  ],
  ["adjudicate", "Adjudicate", "Two reviewers differ; your verdict decides."],
];
const HELP = [
  ["A", "accept: both say the same"],
  ["S", "partial: part of it"],
  ["X 1-6", "reject, with a reason; C begins a note, Enter ends it"],
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

function button(label, { hint, main, ...attributes }) {
  return node("button", { type: "button", class: main && "main", ...attributes }, label, hint && node("kbd", {}, hint));
}

function reasons(review) {
  const note = node("input", { type: "text", maxlength: 500, size: 24 });
  const reject = (reason) => () => review.judge(`reject:${reason}`, note.value ? { comment: note.value } : {});
  const buttons = review.model
    .get("reasons")
    .map((reason, place) =>
      button(reason, { hint: place + 1, "data-key": `Digit${place + 1}`, click: reject(reason) }),
    );
  const row = node("div", { class: "row" }, buttons, node("label", {}, "Note ", note));
  return node("div", { class: "panel" }, node("h2", {}, "Reject, because"), row);
}

function edit(review) {
  return writer(review, "edit", ", edited; the original is kept", "Save the edit");
}

function trim(review) {
  return writer(review, "trim", ": delete what the other side does not say; one piece stays", "Keep the shared clause");
}

function writer(review, verdict, about, label) {
  const fields = review.card.columns.map(({ lang, side, text }) => {
    const field = node("textarea", { lang, name: `${side}_text`, spellcheck: verdict === "edit" ? "true" : "false" });
    field.value = text;
    return field;
  });
  const save = () => review.judge(verdict, Object.fromEntries(fields.map((field) => [field.name, field.value])));
  return node(
    "div",
    { class: "panel", "data-submits": true },
    node(
      "div",
      { class: "two" },
      fields.map((field) => node("label", {}, LANGUAGES[field.lang], about, field)),
    ),
    node(
      "div",
      { class: "row" },
      button(label, { main: true, hint: "Ctrl Enter", click: save }),
      node("small", {}, "Esc goes back without saving."),
    ),
  );
}

function choice(review, label, verdict, place) {
  const hint = place < 9 && node("kbd", {}, String(place + 1));
  const attributes = { type: "button", class: "choice", "data-key": `Digit${place + 1}` };
  return node("button", { ...attributes, click: () => review.judge(verdict) }, hint, node("span", {}, label));
}

function swap(review) {
  const { item } = review.card;
  const lang = counterpart(item);
  const title =
    lang === "en" ? "The English that belongs to this Kazakh text" : "The Kazakh that belongs to this English text";
  const known = item.runners_up.map(({ id, text }, place) =>
    choice(review, node("span", { lang }, text), `swap:${id}`, place),
  );
  const found = node("div", { class: "stack", "aria-live": "polite" });
  const field = node("input", { type: "search", size: 44, maxlength: 500 });
  const ask = () => search(review, field.value, found, lang);
  const label = node("label", {}, "Search by meaning, in Kazakh or English; empty: what is nearest", field);
  const row = node("div", { class: "row", "data-submits": true }, label, button("Search", { main: true, click: ask }));
  const none = node("p", {}, "No runner-up is known. Search for it:");
  const stack = node("div", { class: "stack" }, known.length ? known : none);
  return node("div", { class: "panel" }, node("h2", {}, title), stack, row, found);
}

function search(review, text, place, lang) {
  review.ask(
    { do: "find", item: review.card.item.id, adjudicates: review.card.adjudicates, text },
    ({ found, refused }) => {
      const each = ({ id, text: said, cosine }) => {
        const score = node("span", { class: "n soft" }, cosine.toFixed(2));
        const choose = () => review.judge(`swap:${id}`);
        return node("button", { type: "button", class: "choice", click: choose }, score, node("span", { lang }, said));
      };
      place.replaceChildren(...(refused ? [node("p", {}, refused)] : found.map(each)));
    },
  );
}

function merge(review) {
  const choices = review.card.neighbours.map(({ value, label, lang, text }, place) =>
    choice(review, [`${label}: `, node("span", { lang }, text)], `merge:${value}`, place),
  );
  const none = node("p", {}, "Neither text has a neighbour.");
  const stack = node("div", { class: "stack" }, choices.length ? choices : none);
  return node("div", { class: "panel" }, node("h2", {}, "Take in the neighbour"), stack);
}

function help() {
  const each = ([key, what]) => node("div", {}, node("dt", {}, key), node("dd", {}, what));
  const about = "By their place on the keyboard, whatever letters it types; they work while this frame has the focus.";
  return node(
    "div",
    { class: "panel" },
    node("h2", {}, "Keys"),
    node("p", {}, about),
    node("dl", { class: "keys" }, HELP.map(each)),
  );
}

function composer(review, { item }, { lang, side }) {
  const field = node("textarea", { lang, spellcheck: "true" });
  const glossed = item.draft?.kind === "gloss";
  field.value = glossed ? "" : (item.draft?.text ?? "");
  const about = item.draft && !glossed
    ? ["Draft by ", node("code", {}, item.draft.model), ", to be edited"]
    : ["Your translation (there is no draft)"];
  const save = () => review.judge("post_edit", { [`${side}_text`]: field.value });
  return node(
    "div",
    { class: `column ${side}` },
    node(
      "div",
      { class: "composer", "data-submits": true },
      node("label", {}, about, field),
      glossed && node("details", {}, node("summary", {}, "Gloss"), drafted(item.draft)),
      item.draft && !glossed && doubts(item.draft),
      node("div", { class: "row" }, button("Save as a pair", { main: true, hint: "Ctrl Enter", click: save })),
    ),
  );
}

function conflict(review, message, { now, mine }) {
  const { item } = now;
  const row = (head, ...said) => node("tr", {}, node("th", { scope: "row" }, head), node("td", {}, ...said));
  const standing = [item.mine && judgement(item.mine), " ", node("span", { lang: "kk" }, item.source_text)].flat();
  const again = () => review.send({ ...message, id: name(), version: item.version });
  return node(
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
    " ",
    button("Show it as it stands", { click: () => review.show(now) }),
  );
}

const PANELS = { reasons, edit, trim, swap, merge, help };
