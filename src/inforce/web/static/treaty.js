// Moves the map and the list of a treaty's page through time. Without it the date field does the same.
"use strict";
(() => {
  const form = document.getElementById("day");
  const slider = document.getElementById("slider");
  const DAY = 86400000;
  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const first = number(slider.dataset.first);
  slider.min = 0;
  slider.max = number(slider.dataset.last) - first;
  slider.value = number(form.elements.on.value) - first;
  slider.parentElement.hidden = false;
  const places = new Map();
  document.querySelectorAll("#map [data-key], #participants [data-key]").forEach((one) => {
    places.set(one.dataset.key, [...(places.get(one.dataset.key) || []), one]);
  });
  const line = document.querySelector(".chart .here");
  let known = null;

  function status(turns, day) {
    let found = "none";
    for (const [since, kind] of turns) {
      if (since > day) break;
      found = kind;
    }
    return found;
  }

  function mark(one, kind, words) {
    if (one.localName === "use") {
      const title = one.querySelector("title");
      one.setAttribute("class", `land ${one.classList.contains("point") ? "point " : ""}${kind}`);
      title.textContent = `${title.textContent.split(":")[0]}: ${words}`;
      return;
    }
    const tag = one.querySelector(".status");
    tag.className = `status ${kind}`;
    tag.textContent = words;
    one.cells[2].textContent = one.cells[3].textContent = "";
  }

  function show() {
    const day = text(first + Number(slider.value));
    form.elements.on.value = day;
    slider.setAttribute("aria-valuetext", day);
    let bound = 0;
    for (const [key, turns] of Object.entries(known.participants)) {
      const kind = status(turns, day);
      bound += kind === "party" || kind === "party-withdrawal-notified";
      for (const one of places.get(key) || []) mark(one, kind, known.words[kind]);
    }
    const at = 1000 * Number(slider.value) / (Number(slider.max) || 1);
    line.setAttribute("x1", at);
    line.setAttribute("x2", at);
    document.getElementById("slid").textContent = `On ${day}: ${bound} bound, contested ones left out.`;
    document.getElementById("whose").textContent = day;
  }

  slider.addEventListener("input", async () => {
    if (!known) {
      const answer = await fetch(form.dataset.changes);
      if (!answer.ok) return;
      known = (await answer.json()).answer;
    }
    show();
  });
})();
