// Conveniences only: the page reads in full without them.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  // Words of a pair, or the ends of a link, share a key within their scope; pointing at one lights them all.
  const light = (scope, keys) => {
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const key of keys) {
      for (const match of scope.querySelectorAll(`[data-k~="${key}"]`)) match.classList.add("lit");
    }
  };
  const point = (event) => {
    const marked = event.target.closest?.("[data-k]");
    if (marked) light(marked.closest(".scope"), marked.dataset.k.split(" "));
    else if (event.type !== "focusin") light(document, []);
  };
  for (const type of ["mouseover", "focusin", "click"]) document.addEventListener(type, point);

  // From the focused number of a link, the arrow keys step through its pairs of words.
  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const entry = event.target.closest?.(".link");
    if (!step || !entry) return;
    const keys = [...new Set([...entry.querySelectorAll(".source [data-k]")].flatMap((word) => word.dataset.k.split(" ")))];
    if (!keys.length) return;
    const now = keys.indexOf(entry.dataset.at);
    entry.dataset.at = keys[(now + step + keys.length + (now < 0 && step < 0 ? 1 : 0)) % keys.length];
    light(entry, [entry.dataset.at]);
    event.preventDefault();
  });

  // A curve for each link, from its number in one margin to its number in the other.
  const curve = (start, end, box) => {
    const [x1, x2] = [start.right - box.left + 5, end.left - box.left - 5];
    const [y1, y2] = [start, end].map((side) => side.top + side.height / 2 - box.top);
    return `M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`;
  };
  const draw = (spread) => {
    const svg = spread.querySelector(".curves");
    const box = svg.getBoundingClientRect();
    const paths = [];
    for (const start of spread.querySelectorAll(".source .ref")) {
      for (const end of spread.querySelectorAll(`.target .ref[data-k="${start.dataset.k}"]`)) {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("class", start.className);
        path.setAttribute("style", start.getAttribute("style"));
        path.setAttribute("data-k", start.dataset.k);
        path.setAttribute("d", curve(start.getBoundingClientRect(), end.getBoundingClientRect(), box));
        paths.push(path);
      }
    }
    // The least probable first, so that the surest lies on top.
    svg.replaceChildren(...paths.reverse());
  };
  const redraw = () => {
    for (const spread of document.querySelectorAll(".spread[open]")) draw(spread);
  };
  for (const spread of document.querySelectorAll(".spread")) spread.addEventListener("toggle", () => spread.open && draw(spread));
  addEventListener("resize", redraw);
  document.fonts?.ready.then(redraw);
  redraw();

  // Search and order of the links. Kazakh is found by the Russian letters that are typed in the place of its own, too.
  const PLAIN = { ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и", ё: "е" };
  const folded = (text) => text.toLowerCase().replace(/[әғқңөұүһіё]/g, (letter) => PLAIN[letter]);
  const find = document.querySelector(".find");
  const links = [...document.querySelectorAll(".link")];
  const texts = new Map();
  const textOf = (link) => {
    if (!texts.has(link)) texts.set(link, folded([...link.querySelectorAll(".source, .target, .said")].map((each) => each.textContent).join(" ")));
    return texts.get(link);
  };
  const look = () => {
    const words = folded(find.querySelector("#search").value).split(/\s+/).filter(Boolean);
    for (const link of links) link.classList.toggle("missed", !words.every((word) => textOf(link).includes(word)));
    const left = links.filter((link) => !link.classList.contains("missed")).length;
    find.querySelector("#found").textContent = words.length ? `${left} of ${links.length}` : "";
  };
  const sort = () => {
    const by = find.querySelector("#sort").value;
    const order = new Intl.Collator("en", { numeric: true });
    const key = (link) => link.dataset[by];
    // What nobody has judged comes after all that is.
    links.sort((one, two) => !key(one) - !key(two) || order.compare(key(one), key(two)) || one.dataset.number - two.dataset.number);
    document.querySelector(".links").append(...links);
  };
  if (find) {
    find.hidden = false;
    find.querySelector("#search").addEventListener("input", look);
    find.querySelector("#sort").addEventListener("change", sort);
  }

  // A folded document opens when an anchor inside it is followed.
  const reveal = () => {
    const folded = location.hash && document.getElementById(location.hash.slice(1))?.closest("details:not([open])");
    if (!folded) return;
    folded.open = true;
    document.getElementById(location.hash.slice(1)).scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
