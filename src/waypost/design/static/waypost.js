// Small comforts for the pages. Everything works without this file.
const $ = (selector, root = document) => root.querySelector(selector);

// Leave quickly: the link replaces this page in the history; Escape three times does the same.
let escapes = [];
const leave = () => location.replace($("[data-leave]").href);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-leave]")) { event.preventDefault(); leave(); }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  escapes = [...escapes, event.timeStamp].filter((t) => event.timeStamp - t < 1500);
  if (escapes.length >= 3) leave();
});

// The menu lies over the page: it closes when one goes on elsewhere.
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const menu = $(".menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
}

// Places as you type, from this site only.
let waiting;
document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-suggest]");
  if (!field) return;
  clearTimeout(waiting);
  // A suggestion that was chosen is a whole answer: the search begins.
  const chosen = event.inputType === undefined || event.inputType === "insertReplacementText";
  if (chosen && [...field.list.options].some((o) => o.value === field.value)) { field.form.requestSubmit(); return; }
  waiting = setTimeout(() => suggest(field), 120);
});
async function suggest(field) {
  const text = field.value.trim();
  if (text.length < 2) return;
  try {
    const answer = await fetch(`${field.dataset.suggest}?text=${encodeURIComponent(text)}`);
    if (!answer.ok) return;
    const places = (await answer.json()).places ?? [];
    field.list.replaceChildren(...places.map((place) => new Option(place.label, place.key)));
  } catch { /* typing goes on without suggestions */ }
}

// Use my location: asked only on a click, rounded to two decimals before anything leaves the page.
function wake(root) {
  for (const button of root.querySelectorAll("[data-locate], [data-located]")) button.hidden = !navigator.geolocation;
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const button of root.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
  for (const figure of root.querySelectorAll("[data-map]")) import(figure.dataset.map).then((m) => m.enliven(figure));
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
  const copy = event.target.closest("[data-copy]"), share = event.target.closest("[data-share]");
  if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => { copy.textContent = copy.dataset.done; });
  if (share) navigator.share({ title: share.dataset.title, url: share.dataset.share }).catch(() => { /* thought better of it */ });
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  navigator.geolocation.getCurrentPosition((position) => {
    const { latitude, longitude } = position.coords;
    const form = button.closest("form"), near = $("[name=near]", form);
    near.value = `${latitude.toFixed(2)},${longitude.toFixed(2)}`;
    if (!$("[name=you]", form)) near.insertAdjacentHTML("afterend", '<input type="hidden" name="you" value="1">');
    form.requestSubmit();
  }, () => {
    button.disabled = true;
    const form = button.closest("form");
    const said = $("[data-refused]", form) ?? Object.assign(document.createElement("p"), { className: "note" });
    said.dataset.refused = ""; said.setAttribute("role", "alert"); said.textContent = button.dataset.locate;
    form.append(said);
    $("[name=near]", form).focus();
  });
});
// A typed place is no longer the visitor's own; what is left empty need not stand in the address.
document.addEventListener("input", (event) => {
  if (event.target.name === "near") $("[name=you]", event.target.form)?.remove();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || event.submitter?.formMethod === "post" || form.matches("[data-live-form]")) return;
  const empty = [...form.elements].filter((field) => field.name && field.name !== "near" && !field.value && !field.disabled);
  for (const field of empty) field.disabled = true;
  setTimeout(() => { for (const field of empty) field.disabled = false; });
});

// The results change in place; the address stays one that can be shared.
let fetching;
const named = (field) => !field?.name ? "" : `[name="${field.name}"]${field.type === "checkbox" ? `[value="${CSS.escape(field.value)}"]` : ""}`;
const heightOf = (path) => path ? $(path)?.getBoundingClientRect().top : undefined;
// What `held` selects stays where it stands on the screen, under the finger that pressed it.
async function refresh(address, { push = true, replace = false, toTop = false, held = "" } = {}) {
  const old = $("[data-live]");
  fetching?.abort();
  fetching = new AbortController();
  old.classList.add("busy");
  try {
    const answer = await fetch(address, { signal: fetching.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = $("#answer", fresh);
    if (!next) { location.assign(address); return; }
    const open = [...document.querySelectorAll(".side details")].map((d) => d.open);
    const active = document.activeElement;
    const path = named(active) || held; // some browsers do not focus what is tapped
    const height = heightOf(held);
    old.replaceWith(next);
    const map = $("#show-map", next), shownMap = $("#show-map", old);
    if (map && shownMap?.checked) map.checked = true;
    const typed = active.matches("input[type=search], input[type=text]") && $(path);
    if (typed) { // typing goes on meanwhile
      typed.value = active.value;
      typed.focus({ preventScroll: true });
      typed.setSelectionRange(active.selectionStart, active.selectionEnd);
    }
    [...document.querySelectorAll(".side details")].forEach((d, i) => { if (open[i]) d.open = true; });
    document.title = fresh.title;
    if (push || replace) history[push ? "pushState" : "replaceState"](null, "", address);
    shown = location.pathname + location.search;
    const heading = $("h1", next);
    if (toTop) { heading.focus(); scrollTo({ top: 0 }); }
    else if (path) {
      $(path)?.focus({ preventScroll: true });
      scrollBy({ top: heightOf(held) - height || 0, behavior: "instant" });
    }
    const said = $("[data-said]");
    const kept = path && $(path)?.parentElement.querySelector(".to-list"); // of a card just kept its own words say so
    if (said) said.textContent = (kept ? $(path) : heading).textContent.trim();
    wake(next);
  } catch (error) {
    if (error.name !== "AbortError") offline(old, () => refresh(address, { push, replace, toTop, held }));
  }
}
// Without a connection what was ticked stays, and it is said what to do.
function offline(part, again) {
  part.classList.remove("busy");
  const said = $("[data-said]");
  $(".offline")?.remove();
  const box = Object.assign(document.createElement("p"), { className: "problem offline" });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: said.dataset.again });
  button.addEventListener("click", () => { box.remove(); again(); });
  box.append(`${said.dataset.offline} `, button);
  document.body.append(box);
  said.textContent = said.dataset.offline;
}
function addressOf(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${form.getAttribute("action")}?${new URLSearchParams(pairs)}`;
}
document.addEventListener("change", (event) => {
  const form = event.target.form; // the choices stand beside the form and belong to it
  if (!form?.matches("[data-live-form]") || !event.target.name) return;
  if (event.target.matches("[type=text], [type=search]")) return; // Enter, the button or a suggestion begins a search
  if (event.target.name === "level" && event.target.checked) {
    const any = event.target.value === "any";
    for (const box of document.querySelectorAll("[name=level]")) {
      if ((box.value === "any") !== any) box.checked = false;
    }
  }
  refresh(addressOf(form), { held: named(event.target) });
});
// The box that finds a choice shows what it finds while one types; it is no step to go back to.
let choosing;
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (event.target.name !== "choose" || !form?.matches("[data-live-form]")) return;
  clearTimeout(choosing);
  choosing = setTimeout(() => refresh(addressOf(form), { push: false, replace: true, held: "[name=choose]" }), 350);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-live-form]");
  if (form && event.submitter?.formMethod !== "post") { event.preventDefault(); refresh(addressOf(form), { toTop: true }); }
});
// Keeping a program and turning the page change in place too.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-live] :is(.acts a.quiet, .pages a, .asked a, a.cluster, a.whole)");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const [address, card] = new URL(link.getAttribute("href"), location).href.split("#"); // in a picture href is no text
  const part = card === "map" ? "#map" : card ? `#${card} .acts .quiet` : "";
  refresh(address, { toTop: !card, held: part });
});
let shown = location.pathname + location.search;
addEventListener("popstate", () => {
  const now = location.pathname + location.search; // a step to another part of the same page is no news
  if ($("[data-live]") && now !== shown) refresh(location.href, { push: false });
  shown = now;
});
wake(document);
