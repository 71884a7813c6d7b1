// Two columns of segments side by side: linked ones level where the order allows it, links drawn as bands between them.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

// Returns the longest run of pairs [source, target] in which both rise: those that can be level with each other.
function rising(pairs) {
  const sorted = pairs.toSorted(([a, b], [c, d]) => a - c || d - b);
  const ends = []; // The pair that ends the best run of each length, and the one before it.
  for (const pair of sorted) {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (ends[middle].pair[1] < pair[1]) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair, before: ends[low - 1] };
  }
  const found = [];
  for (let each = ends.at(-1); each; each = each.before) found.unshift(each.pair);
  return found;
}

// Returns the stretches of neighbours in ascending numbers: [2, 3, 5] gives [[2, 3], [5, 5]].
function stretches(numbers) {
  const found = [];
  for (const number of numbers) {
    if (found.at(-1)?.[1] === number - 1) found.at(-1)[1] = number;
    else found.push([number, number]);
  }
  return found;
}

class Bands {
  constructor(svg) {
    this.svg = svg;
  }

  // Sets linked rows level by room above the higher one, as far as no link crosses another.
  level(rows, links) {
    for (const row of [...rows.source, ...rows.target]) row.style.marginTop = "";
    const tops = { source: rows.source.map((row) => row.offsetTop), target: rows.target.map((row) => row.offsetTop) };
    const moved = { source: 0, target: 0 };
    for (const [source, target] of rising(links.map((link) => [link.source[0], link.target[0]]))) {
      const ahead = tops.source[source] + moved.source - (tops.target[target] + moved.target);
      const behind = ahead > 0 ? "target" : "source";
      moved[behind] += Math.abs(ahead);
      if (ahead) rows[behind][ahead > 0 ? target : source].style.marginTop = `${Math.abs(ahead)}px`;
    }
  }

  draw(rows, links, focus) {
    const { top, width } = this.svg.getBoundingClientRect();
    const edges = (side) =>
      rows[side].map((row) => {
        const box = row.getBoundingClientRect();
        return [box.top - top, box.bottom - top];
      });
    const at = { source: edges("source"), target: edges("target") };
    const paths = [];
    for (const link of links)
      for (const [first, last] of stretches(link.source))
        for (const [begin, end] of stretches(link.target)) {
          const path = document.createElementNS(SVG, "path");
          path.setAttribute("d", band(width, [at.source[first][0], at.source[last][1]], [at.target[begin][0], at.target[end][1]]));
          path.dataset.look = link.look;
          path.dataset.item = link.item;
          path.classList.toggle("focus", link === focus);
          if (link === focus) paths.push(path);
          else paths.unshift(path);
        }
    this.svg.replaceChildren(...paths);
  }
}

function band(width, [top, bottom], [begin, end]) {
  const half = width / 2;
  const there = `M0,${top} C${half},${top} ${half},${begin} ${width},${begin}`;
  return `${there} L${width},${end} C${half},${end} ${half},${bottom} 0,${bottom} Z`;
}
