// The review in a notebook, first part: an item as it is set. Texts are only ever set as text. The other parts follow in
// the same module.

const RELATIONS = {
  equivalent: "same facts",
  partial: "some facts shared",
  conflict: "facts conflict",
  none: "no facts shared",
};
const DRAFTS = { translation: "Machine translation", memory: "From the translation memory", gloss: "Word for word" };
const LANGUAGES = { kk: "Kazakh", en: "English" };

// ---- pieces of the page: strings among the children become text, never markup

function node(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") made.addEventListener("click", value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

function probability(value) {
  if (value >= 0.995) return ">.99";
  return value < 0.005 ? "<.01" : value.toFixed(2).slice(1);
}

const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;
const words = (name) => name.replaceAll("_", " ");
const shortened = (text) => (text.length > 70 ? `${text.slice(0, 69)}…` : text);
const counterpart = (item) => (item.source.length ? "en" : "kk");

function judgement(each) {
  return [
    words(each.verdict),
    each.reason && ` (${each.reason})`,
    each.source_text && [" · ", node("span", { lang: "kk" }, each.source_text)],
    each.target_text && [" · ", node("span", { lang: "en" }, each.target_text)],
    each.comment && ` · “${each.comment}”`,
  ].flat();
}

function marked(runs) {
  return runs.map((run) => {
    if (!run.status && !run.words) return run.text;
    const kinds = [run.status && `f ${run.status}`, run.words && "w"].filter(Boolean).join(" ");
    return node("span", { class: kinds, "data-k": run.words || null, title: run.note || null }, run.text);
  });
}

const edge = (what) => node("p", { class: "edge", lang: "en" }, what);
const lines = (places) => places.map((place) => node("p", {}, place.text));

function column({ lang, side, paper, sentence, original }) {
  const before = paper?.before ?? [];
  const after = paper?.after ?? [];
  const dated = paper?.published && node("span", { lang: "en" }, ` · ${paper.published}`);
  // What scrolls can be reached without a pointer.
  const scrolled = (places, where) =>
    places.length > 0 ? { role: "group", tabindex: 0, "aria-label": `${LANGUAGES[lang]} text ${where}` } : {};
  return node(
    "div",
    { class: `column ${side}` },
    node("p", { class: "title", lang, title: paper?.path }, paper ? (paper.title ?? paper.path) : "", dated),
    node(
      "div",
      { class: "before", lang, ...scrolled(before, "before") },
      node("div", {}, before.length < 3 && edge("beginning of the document"), lines(before)),
    ),
    node("p", { class: "sentence", lang }, marked(sentence)),
    node(
      "div",
      { class: "after", lang, ...scrolled(after, "after") },
      original && node("p", { class: "edge", lang: "en" }, "Edited. The original: ", node("span", { lang }, original)),
      lines(after),
      after.length < 3 && edge("end of the document"),
    ),
  );
}

function doubts(draft) {
  const failed = (draft.checks ?? []).filter((check) => !check.passed);
  const said = failed.map(({ name, detail }) =>
    node("li", { class: "failed-check" }, detail ? `${name}: ${detail}` : name),
  );
  return said.length > 0 && node("ul", { class: "checks" }, said);
}

function facts(notes) {
  const both = notes.filter((fact) => fact.sign);
  const alone = (side, lang) => {
    const mine = notes.filter((fact) => fact.status === `${side}_only`);
    if (!mine.length) return [];
    const texts = node("span", { lang }, mine.map((fact) => fact[side]).join(", "));
    return [node("span", { class: "fact" }, node("span", { class: "kind" }, `${LANGUAGES[lang]} only `), texts)];
  };
  return node(
    "p",
    {},
    both.map((fact) =>
      node(
        "span",
        { class: "fact" },
        node("span", { class: "kind" }, `${fact.kind} `),
        node("span", { lang: "kk" }, fact.source),
        node("span", { class: `sign ${fact.status}`, title: `${fact.status}: ${fact.value}` }, ` ${fact.sign} `),
        node("span", { lang: "en" }, fact.target),
      ),
    ),
    alone("source", "kk"),
    alone("target", "en"),
    notes.length ? [] : "No facts were found in either text.",
  );
}

function scores(item) {
  const moved =
    item.run_probability !== null && probability(item.run_probability) !== probability(item.probability ?? 0);
  const hidden = many(item.hidden, "other verdict stays", "other verdicts stay");
  return node(
    "p",
    { class: "scores n" },
    item.probability !== null &&
      node(
        "span",
        {},
        node("b", { class: "probability" }, probability(item.probability)),
        ` probability${moved ? ` (was ${probability(item.run_probability)})` : ""}`,
      ),
    item.margin !== null && node("span", {}, node("b", {}, item.margin.toFixed(2)), " margin"),
    item.cosine !== null && node("span", {}, node("b", {}, item.cosine.toFixed(2)), " cosine"),
    item.relation && node("span", { class: `relation ${item.relation}` }, RELATIONS[item.relation]),
    item.mine && node("span", {}, "You: ", node("strong", {}, judgement(item.mine))),
    item.flagged && node("span", {}, "Flagged"),
    item.hidden > 0 && node("span", {}, `${hidden} hidden until yours is in`),
    item.attached === "overlap" && node("span", {}, "The texts were cut anew by the last run; the verdict moved along"),
    item.origin !== "mined" && node("span", {}, words(item.origin)),
  );
}

function evidence({ item, facts: notes, words: pairs }, askForGloss) {
  const said = (each) =>
    node(
      "tr",
      {},
      node("th", { scope: "row" }, each.reviewer),
      node("td", {}, judgement(each)),
      node("td", {}, each.at),
    );
  const near = (each) =>
    node(
      "li",
      {},
      node("span", { class: "n" }, each.probability === null ? "" : probability(each.probability)),
      node("span", { lang: counterpart(item) }, each.text),
    );
  const word = (each) =>
    node(
      "button",
      { type: "button", "data-k": each.number },
      node("span", { lang: "kk" }, each.source),
      " ~ ",
      node("span", { lang: "en" }, each.target),
      node("small", {}, ` ${each.similarity.toFixed(2)}`),
    );
  const corresponding = many(pairs.length, "pair of words corresponds", "pairs of words correspond");
  return node(
    "div",
    { class: "evidence" },
    scores(item),
    item.kind === "link" && facts(notes),
    item.others.length > 0 && node("table", { class: "others" }, item.others.map(said)),
    item.runners_up.length > 0 &&
      node("ol", { class: "neighbours", "aria-label": "Runners-up" }, item.runners_up.map(near)),
    pairs.length > 0 &&
      node("details", {}, node("summary", {}, corresponding), node("div", { class: "wordlist" }, pairs.map(word))),
    item.kind === "link" && folded(item, askForGloss),
  );
}

function drafted(draft) {
  return [
    node("p", {}, `${DRAFTS[draft.kind]} by `, node("code", {}, draft.model), ": not a person's work."),
    node("blockquote", { lang: "en" }, draft.text),
    doubts(draft),
  ];
}

// Folded, so that it anchors no judgement. A gloss is made only when somebody unfolds it: `ask` hands it on.
function folded({ draft, source_text: text }, ask) {
  if (draft) return node("details", { class: "draft" }, node("summary", {}, "Draft"), drafted(draft));
  const place = node("div", {}, "...");
  const made = node("details", { class: "draft" }, node("summary", {}, "Gloss"), place);
  const fill = ({ gloss, refused }) => {
    if (gloss) place.replaceChildren(...drafted(gloss).filter(Boolean));
    else place.textContent = refused ?? "No word of this text is known.";
  };
  made.addEventListener("toggle", () => ask(fill), { once: true });
  return text && made;
}

function changes({ refused, summary, changes: moved, more }) {
  if (refused) return node("p", {}, refused);
  if (!moved.length) return node("p", {}, "The other pairs of these documents keep their probabilities.");
  const row = (each) =>
    node(
      "tr",
      {},
      node(
        "td",
        { class: "n" },
        each.before === null ? "new" : probability(each.before),
        " → ",
        probability(each.after),
      ),
      node("td", { lang: "kk" }, shortened(each.source_text)),
      node("td", { lang: "en" }, shortened(each.target_text)),
    );
  const rest = more > 0 && node("p", {}, `and ${more} more.`);
  return node(
    "details",
    { open: true },
    node("summary", {}, summary),
    node("table", { class: "changes" }, moved.map(row)),
    rest,
  );
}
