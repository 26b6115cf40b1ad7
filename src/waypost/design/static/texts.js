// A conversation or queue is brought up to date without a reload; without this file there is a link that does it.
const part = document.querySelector("[data-again]");
let failures = 0;
async function again() {
  try {
    const answer = await fetch(part.dataset.again, { headers: { "X-Part": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(part.id);
    if (fresh && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
      part.replaceChildren(...fresh.childNodes);
    }
    failures = 0;
  } catch { failures += 1; }
  if (failures < 5) setTimeout(again, document.hidden ? 15000 : 3000);
}
if (part) setTimeout(again, 3000);

// The heartbeat of a claim, from a page that is open.
const beat = document.querySelector("[data-beat]");
if (beat) setInterval(() => { fetch(beat.action, { method: "POST", body: new FormData(beat) }).catch(() => {}); }, 20000);
