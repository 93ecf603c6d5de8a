// Moves the map, the list and the chart of a treaty's page through time, by the changes known on the day
// that the page was asked for. Without it the date field does the same.
"use strict";
(() => {
  const form = document.getElementById("day");
  const slider = document.getElementById("slider");
  const list = document.getElementById("participants");
  const parts = new Map();
  list.querySelectorAll("details").forEach((one) => parts.set(one.dataset.kind, one));
  const DAY = 86400000;
  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const words = new Intl.DateTimeFormat("en-GB", {
    day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const knownBy = form.elements["known-by"].defaultValue;
  const first = number(slider.dataset.first);
  slider.min = 0;
  slider.max = number(slider.dataset.last) - first;
  slider.value = number(form.elements.on.value) - first;
  slider.parentElement.hidden = false;
  const shapes = new Map();
  document.querySelectorAll("#map [data-key]").forEach((one) => shapes.set(one.dataset.key, one));
  const line = document.querySelector(".chart .here");
  let known = null;

  /** The last of some rows, sorted by their first field, that begins on or before a day. */
  function last(rows, day) {
    let found = null;
    for (const row of rows) {
      if (row[0] > day) break;
      found = row;
    }
    return found;
  }

  function mark(key, turn) {
    const shape = shapes.get(key);
    if (!shape) return;
    const point = shape.classList.contains("point") ? "point " : "";
    shape.setAttribute("class", `land ${point}${turn[1]}`);
    shape.querySelector("title").textContent = `${known.names[key]}: ${turn[4]}`;
  }

  function row(key, turn, day) {
    const made = document.createElement("tr");
    made.dataset.key = key;
    const head = document.createElement("th");
    head.scope = "row";
    const link = document.createElement("a");
    link.href = `${list.dataset.status}${key}?on=${day}&known-by=${knownBy}`;
    link.textContent = known.names[key];
    head.append(link);
    const status = document.createElement("span");
    status.className = `status ${turn[1]}`;
    status.textContent = turn[4];
    made.append(head);
    // What can be open is told for each; every other part of the list is of one status.
    for (const told of [...(turn[1] === "open" ? [status] : []), turn[2], turn[3]]) {
      const cell = document.createElement("td");
      cell.append(told);
      made.append(cell);
    }
    return made;
  }

  function show() {
    const day = text(first + Number(slider.value));
    const told = words.format(new Date(`${day}T00:00:00Z`));
    form.elements.on.value = day;
    slider.setAttribute("aria-valuetext", told);
    const rows = new Map();
    for (const key of Object.keys(known.names)) {
      const turn = last(known.participants[key], day);
      mark(key, turn);
      if (turn[5]) rows.set(turn[1], [...(rows.get(turn[1]) || []), row(key, turn, day)]);
    }
    for (const [kind, part] of parts) {
      const standing = rows.get(kind) || [];
      part.hidden = standing.length === 0;
      part.querySelector("summary b").textContent = standing.length;
      part.querySelector("tbody").replaceChildren(...standing);
    }
    const at = (1000 * Number(slider.value)) / (Number(slider.max) || 1);
    line.setAttribute("x1", at);
    line.setAttribute("x2", at);
    const [, least, most] = last(known.bound, day) || [day, 0, 0];
    const bound = least === most ? `${least} bound` : `${least} bound at least, ${most} at most`;
    document.getElementById("slid").textContent = `On ${told}: ${bound}.`;
    document.getElementById("mapped").textContent = `Where each participant stands on ${told}; the list below says the same`;
    document.getElementById("whose").textContent = told;
    document.querySelectorAll("[data-of-day]").forEach((one) => { one.hidden = true; });
    document.getElementById("anew").hidden = false;
  }

  slider.addEventListener("input", async () => {
    if (!known) {
      const answer = await fetch(form.dataset.changes);
      if (!answer.ok) return;
      known = (await answer.json()).answer;
    }
    show();
  });
  // What else the page says of the day comes with the page itself: its address is kept beside the slider.
  slider.addEventListener("change", () => {
    const asked = new URLSearchParams({ on: text(first + Number(slider.value)), "known-by": knownBy });
    history.replaceState(null, "", `${form.getAttribute("action")}?${asked}`);
  });
})();
