// The page's own part of the review's script: how a message reaches the server, the way to the documents of a pair, and
// the threshold of the precision.
"use strict";

const LONGEST = 20_000; // Milliseconds that an answer may take while a reviewer waits for it,
const LONGEST_BEHIND = 180_000; // and where nobody does: the first rescoring loads the models.

async function post(message, address = "/do") {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(message.do === "rescore" ? LONGEST_BEHIND : LONGEST),
    });
    if (response.headers.get("Content-Type")?.startsWith("application/json")) return await response.json();
    return { status: response.status, refused: (await response.text()).slice(0, 300) };
  } catch {
    return { status: 0, refused: _("the server does not answer.") };
  }
}

learnWords(document);
const { run, reviewer, queue } = document.body.dataset;
const Kind = typeof Documents === "undefined" ? Review : Documents;
const review = new Kind({ root: document.body, home: document.body, send: post, run, reviewer, queue });
document.addEventListener("keydown", (event) => review.key(event, event.target));

// Both whole documents at the pair that is shown; the queue comes along, for the way back.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-goes=documents]")) return;
  const { item, documents } = review.card?.dataset ?? {};
  if (documents) location.assign(`/document/${documents}?at=${item}&${review.queue}`);
  else review.say(_("One of its texts stands in no document."));
});

const threshold = document.querySelector("form[data-precision]");
threshold?.addEventListener("input", async () => {
  const { value } = threshold.elements.threshold;
  const response = await fetch(`/precision/at?threshold=${encodeURIComponent(value)}`);
  if (response.ok && value === threshold.elements.threshold.value)
    document.querySelector('[data-part="precision"]').outerHTML = await response.text();
});
