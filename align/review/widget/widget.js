// The widget's own part of the review's script: how a message reaches the kernel, and whose the keys are.

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "align-review";
  root.tabIndex = 0;
  root.setAttribute("role", "region");
  root.innerHTML = model.get("frame");
  learnWords(root);
  root.lang = root.querySelector("[data-language]").dataset.language;
  root.setAttribute("aria-label", _("Review"));
  el.append(root);

  const waiting = new Map(); // What to do with the answer to each message; other views of the widget have their own.
  const hear = (answer) => {
    waiting.get(answer.request)?.(answer);
    waiting.delete(answer.request);
  };
  const send = (message) =>
    new Promise((resolve) => {
      const request = newName();
      waiting.set(request, resolve);
      model.send({ request, ...message });
    });
  model.on("msg:custom", hear);

  const late = _("Waiting for the kernel. It may be busy with a cell; if it was restarted, run this cell again.");
  const named = { run: model.get("run_key"), reviewer: model.get("reviewer") };
  const review = new Review({ root, home: root, send, late, ...named });

  // Keys are caught on the window, before the document: a notebook listens there, some in the capturing phase already.
  const guard = (event) => {
    const path = event.composedPath();
    if (!path.includes(root)) return;
    event.stopPropagation();
    if (event.type === "keydown") review.key(event, path[0]);
  };
  const kinds = ["keydown", "keypress", "keyup"];
  for (const kind of kinds) window.addEventListener(kind, guard, true);
  review.open("");
  return () => {
    model.off("msg:custom", hear);
    for (const kind of kinds) window.removeEventListener(kind, guard, true);
  };
}

export default { render };
