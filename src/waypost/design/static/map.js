// Pan and zoom for the map in the page: it only moves the view over what the server drew.
const CLOSEST = 8; // times

export function enliven(figure) {
  const svg = figure.querySelector("svg");
  if (!svg || figure.dataset.awake) return;
  figure.dataset.awake = "yes";
  const { width: wide, height: high } = svg.viewBox.baseVal;
  const view = { x: 0, y: 0, w: wide };
  const marks = [...svg.querySelectorAll(".pin, .here, .town, .shield, .scale")].map((mark) => {
    const dot = mark.querySelector("circle") ?? mark.querySelector("text") ?? mark;
    const moved = mark.getAttribute("transform")?.match(/-?[\d.]+/g); // a shield stands where it was moved to
    if (moved) return [mark, 0, 0, mark.getAttribute("transform")];
    return [mark, +(dot.getAttribute("cx") ?? dot.getAttribute("x")), +(dot.getAttribute("cy") ?? dot.getAttribute("y")), ""];
  });
  const ruler = svg.querySelector(".scale");
  const draw = () => {
    const scale = view.w / wide, h = high * scale;
    view.x = Math.min(Math.max(view.x, 0), wide - view.w);
    view.y = Math.min(Math.max(view.y, 0), high - h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${h}`);
    figure.classList.toggle("closer", scale < 0.99);
    for (const [mark, x, y, at] of marks) mark.setAttribute("transform", `${at} translate(${x} ${y}) scale(${scale}) translate(${-x} ${-y})`);
    ruler?.toggleAttribute("hidden", scale < 0.99); // it measures the whole map alone
  };
  const zoom = (factor, x = view.x + view.w / 2, y = view.y + (high * view.w) / wide / 2) => {
    const w = Math.min(wide, Math.max(wide / CLOSEST, view.w * factor)), k = w / view.w;
    view.x = x - (x - view.x) * k; view.y = y - (y - view.y) * k; view.w = w;
    draw();
  };
  const move = (dx, dy) => { view.x += dx; view.y += dy; draw(); };
  const unit = () => view.w / svg.getBoundingClientRect().width;
  const at = ([x, y]) => {
    const box = svg.getBoundingClientRect(), k = unit();
    return [view.x + (x - box.left) * k, view.y + (y - box.top) * k];
  };

  const tools = document.createElement("div");
  tools.className = "tools no-print";
  for (const [words, sign, factor] of [[figure.dataset.closer, "+", 0.6], [figure.dataset.farther, "−", 1 / 0.6]]) {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = sign; button.setAttribute("aria-label", words);
    button.addEventListener("click", () => zoom(factor));
    tools.append(button);
  }
  figure.querySelector("figcaption").prepend(tools);

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // an ordinary scroll moves the page
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, ...at([event.clientX, event.clientY]));
  }, { passive: false });

  // One finger or the mouse moves the map once it is closer; two fingers bring it closer.
  const down = new Map();
  let moved = false;
  const apart = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  svg.addEventListener("pointerdown", (event) => {
    if (!down.size) moved = false;
    down.set(event.pointerId, [event.clientX, event.clientY]);
  });
  addEventListener("pointermove", (event) => {
    const from = down.get(event.pointerId);
    if (!from || !svg.isConnected) return;
    const to = [event.clientX, event.clientY], before = [...down.values()];
    down.set(event.pointerId, to);
    if (down.size === 2) {
      const now = [...down.values()];
      zoom(apart(before) / Math.max(1, apart(now)), ...at([(now[0][0] + now[1][0]) / 2, (now[0][1] + now[1][1]) / 2]));
    } else if (view.w < wide) {
      const k = unit();
      move((from[0] - to[0]) * k, (from[1] - to[1]) * k);
    }
    moved ||= Math.hypot(from[0] - to[0], from[1] - to[1]) > 3;
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => down.delete(event.pointerId));
  light(figure);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true); // a drag is not a click on a pin

  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step && view.w < wide) { event.preventDefault(); move(step[0] * view.w / 8, step[1] * view.w / 8); }
    if (event.key === "+" || event.key === "=") zoom(0.6);
    if (event.key === "-") zoom(1 / 0.6);
  });
  // A pin that the keyboard reaches is brought into view.
  svg.addEventListener("focusin", (event) => {
    const found = marks.find(([mark]) => mark === event.target);
    if (!found || view.w === wide) return;
    const [, x, y] = found, h = (high * view.w) / wide;
    if (x < view.x || x > view.x + view.w || y < view.y || y > view.y + h) move(x - view.x - view.w / 2, y - view.y - h / 2);
  });
}

// A program that is pointed at, in the list or on the map, is lit in both.
function light(figure) {
  const answer = figure.closest("#answer");
  const numbers = (part) => part?.dataset.pins?.split(" ") ?? (part?.id || part?.getAttribute("href") || "").match(/\d+$/) ?? [];
  const show = (event) => {
    const part = event.target.closest?.(".option, .pin");
    for (const lit of answer.querySelectorAll(".lit")) lit.classList.remove("lit");
    if (!part || event.type.endsWith("out")) return;
    for (const number of numbers(part)) {
      const own = part.closest("svg") ? [`#option-${number}`] : [`.pin[href="#option-${number}"]`, `.pin[data-pins~="${number}"]`];
      for (const mark of answer.querySelectorAll(own.join())) mark.classList.add("lit");
    }
  };
  for (const kind of ["mouseover", "mouseout", "focusin", "focusout"]) answer.addEventListener(kind, show);
}
