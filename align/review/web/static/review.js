// Keys, panels, and the pairs that wait in the page. What is sent and shown besides is plain forms and htmx.
"use strict";

const find = (selector, root = document) => root.querySelector(selector);
const review = find("#review");
const seen = []; // The pairs of this visit in the order they were shown; `place` is the one on the screen.
let place = -1;
let saving = false;
let unsaved = null;

// ---- words that correspond: pointing at one, or focusing it, lights its partner

function light(event) {
  document.querySelectorAll(".lit").forEach((each) => each.classList.remove("lit"));
  const word = event.target.closest?.("[data-k]");
  const scope = word?.closest(".scope");
  if (!scope) return;
  const numbers = new Set(word.dataset.k.split(" "));
  for (const each of scope.querySelectorAll("[data-k]"))
    if (each.dataset.k.split(" ").some((number) => numbers.has(number))) each.classList.add("lit");
}
document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);

// ---- panels: what a key opens above the bar

const openPanel = () => find(".panel:not([hidden])");

function toggle(name) {
  const panel = name && find(`.panel[data-panel="${name}"]`);
  const opening = panel?.hidden ?? false;
  for (const each of document.querySelectorAll(".panel")) each.hidden = true;
  for (const each of document.querySelectorAll("[data-opens]"))
    each.setAttribute("aria-expanded", String(opening && each.dataset.opens === name));
  if (!opening) return;
  panel.hidden = false;
  find("#ripple details")?.removeAttribute("open"); // It would push the pair out of sight.
  find("textarea", panel)?.focus();
}

function unfold(part) {
  if (!part?.toggleAttribute("open")) return;
  find("#ripple details")?.removeAttribute("open");
  part.scrollIntoView({ block: "nearest" });
}

// ---- the queue

const current = () => find("#pair")?.dataset.item;

function remember() {
  if (!review || !current() || seen[place] === current()) return;
  seen.splice(place + 1);
  place = seen.push(current()) - 1;
}

// Five pairs wait at least; three at a time are fetched behind the reviewer's back.
function refill() {
  const have = [...document.querySelectorAll("#ahead template")].map((each) => each.dataset.item);
  if (have.length > 5) return;
  const query = new URLSearchParams(review.dataset.query);
  for (const item of [...have, current()].filter(Boolean)) query.append("have", item);
  htmx.ajax("GET", `${review.dataset.ahead}?${query}`, { target: "#ahead", swap: "beforeend" });
}

// The panels of a pair open above the bar, so they move there with it.
function settle() {
  toggle(null);
  find("#slot")?.replaceChildren(find("#pair .panels"));
  find("#slot .panels")?.removeAttribute("hidden");
  if (find("[data-note]")) find("[data-note]").value = "";
  remember();
  scrollTo(0, 0);
}

function put(card) {
  find("#pair").replaceWith(card);
  htmx.process(find("#pair"));
  settle();
}

function drop(stale) {
  for (const waiting of document.querySelectorAll("#ahead template"))
    if (stale.includes(waiting.dataset.item)) waiting.remove();
}

// Shows the next of the pairs that wait here; those that a decision has changed are fetched anew.
function advance(stale = []) {
  drop(stale);
  const next = find("#ahead template");
  if (!next) return fetchPair(`${review.dataset.next}?${review.dataset.query}&have=${current() ?? ""}`);
  next.remove();
  put(document.importNode(next.content, true));
  refill();
}

const address = (item) => `/pair/${item}?${review.dataset.query}`;
const fetchPair = (address) => htmx.ajax("GET", address, { target: "#pair", swap: "outerHTML" });

function walk(step) {
  const there = place + step;
  if (there < 0) return;
  if (there >= seen.length) return advance();
  place = there;
  fetchPair(address(seen[there]));
}

document.addEventListener("advance", (event) => advance(event.detail.stale));
document.addEventListener("changed", (event) => {
  if (!review) return;
  drop(event.detail.stale);
  refill();
  // A pair that is still on the screen has changed under the eyes: its buttons need its new version.
  if (event.detail.again || event.detail.stale.includes(current())) fetchPair(address(current()));
});

// ---- saving: one decision at a time, so that no key can meet a pair that nobody has seen

// Not crypto.randomUUID, which browsers keep from plain http on another machine's address.
const hex = (byte) => byte.toString(16).padStart(2, "0");
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), hex).join("");
const saves = (event) => event.detail.elt.matches?.("[data-saves]");

document.addEventListener("htmx:configRequest", (event) => {
  if (!saves(event)) return;
  // The note belongs to no form, so that Enter in it sends none, and goes with a rejection alone.
  const note = find("[data-note]")?.value;
  if (note && event.detail.formData.get("verdict")?.startsWith("reject")) event.detail.formData.set("comment", note);
  const sent = JSON.stringify([...event.detail.formData.entries()]);
  // What failed on its way is sent again under its old name, and so is never kept twice.
  if (unsaved?.sent !== sent) unsaved = { sent, id: name() };
  event.detail.parameters.id = unsaved.id;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!saves(event)) return;
  if (saving) return event.preventDefault();
  saving = true;
  // The request ends, whatever has become of its form: a panel leaves the page with its pair, and hears of it no more.
  event.detail.xhr.addEventListener("loadend", () => ended(event.detail.xhr));
});

// Else htmx would keep a second verdict of the same form and send it for the pair that comes next, which nobody has seen.
document.addEventListener(
  "submit",
  (event) => {
    if (!saving || !("saves" in event.target.dataset)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say("Still saving the verdict before: what you pressed meanwhile was not taken.");
  },
  true,
);

function ended(request) {
  saving = false;
  const { status } = request;
  if (status) unsaved = null;
  if ((status >= 200 && status < 400) || (status === 409 && find("#notice"))) return;
  say(`Not saved: ${status ? request.responseText.slice(0, 300) : "the server does not answer."}`);
}

function say(what) {
  const failed = Object.assign(document.createElement("span"), { className: "failed" });
  failed.textContent = what;
  find("#status")?.replaceChildren(failed);
}
document.addEventListener("htmx:afterSettle", (event) => {
  if (find("#pair .panels") && review) settle();
});

// ---- keys: by their place on the keyboard, since a Kazakh one types other letters, and no digits, there

const writing = (target) => target.closest?.("textarea, select, input:not([type=range], [type=checkbox])");
const digits = (code) => code.replace("Numpad", "Digit");

function press(event) {
  if (event.key === "Escape") {
    toggle(null);
    document.activeElement?.blur();
  } else if (event.code === "Enter" && "note" in event.target.dataset) {
    event.preventDefault();
    event.target.blur(); // The reason is chosen next, by its digit.
  } else if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.closest?.("form")?.requestSubmit();
  } else if (!writing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    strike(event);
  }
}

function strike(event) {
  // A control that has the focus is worked by the space bar, as everywhere.
  if (event.repeat || find("dialog[open]") || (event.code === "Space" && event.target !== document.body)) return;
  const panel = openPanel();
  const selector = `[data-key="${digits(event.code)}"]`;
  const field = panel && find(`[data-focus-key="${event.code}"]`, panel);
  if (field) {
    event.preventDefault();
    return field.focus();
  }
  const button = (panel && find(selector, panel)) ?? find(`.bar ${selector}${panel ? "[data-opens]" : ""}`);
  if (!button || button.disabled || !button.checkVisibility()) return;
  event.preventDefault();
  button.click();
}
document.addEventListener("keydown", press);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.opens) toggle(button.dataset.opens);
  if (button.dataset.walk) walk(Number(button.dataset.walk));
  if (button.dataset.unfolds) unfold(find(button.dataset.unfolds));
  if (button.dataset.shows) find(button.dataset.shows).showModal();
  if (button.dataset.closes) find(button.dataset.closes).replaceChildren();
  // After the pointer, the keys belong to the page again: the space bar would otherwise press the same button twice.
  // Not before the form is sent, since htmx forgets a button that loses the focus.
  if (event.detail > 0 && button.closest(".dock")) setTimeout(() => button.blur());
});

if (review) settle();
