// Pan and zoom for the map in the page: it only moves the view over what the server drew.
const WIDE = 720, HIGH = 400, CLOSEST = 90;

export function enliven(figure) {
  const svg = figure.querySelector("svg");
  if (!svg || figure.dataset.awake) return;
  figure.dataset.awake = "yes";
  const view = { x: 0, y: 0, w: WIDE };
  const pins = [...svg.querySelectorAll(".pin, .here, .town")];
  const draw = () => {
    const scale = view.w / WIDE, h = HIGH * scale;
    view.x = Math.min(Math.max(view.x, 0), WIDE - view.w);
    view.y = Math.min(Math.max(view.y, 0), HIGH - h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${h}`);
    for (const pin of pins) {
      const dot = pin.querySelector?.("circle") ?? pin;
      const x = +(dot.getAttribute("cx") ?? dot.getAttribute("x")), y = +(dot.getAttribute("cy") ?? dot.getAttribute("y"));
      pin.setAttribute("transform", `translate(${x} ${y}) scale(${scale}) translate(${-x} ${-y})`);
    }
  };
  const zoom = (factor, x = view.x + view.w / 2, y = view.y + (HIGH * view.w) / WIDE / 2) => {
    const w = Math.min(WIDE, Math.max(CLOSEST, view.w * factor)), k = w / view.w;
    view.x = x - (x - view.x) * k; view.y = y - (y - view.y) * k; view.w = w;
    draw();
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect(), k = view.w / box.width;
    return [view.x + (event.clientX - box.left) * k, view.y + (event.clientY - box.top) * k];
  };
  const tools = document.createElement("div");
  tools.className = "tools no-print";
  for (const [words, sign, factor] of [["+", "+", 0.6], ["−", "−", 1 / 0.6]]) {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = sign;
    button.setAttribute("aria-label", words === "+" ? figure.dataset.closer : figure.dataset.farther);
    button.addEventListener("click", () => zoom(factor));
    tools.append(button);
  }
  figure.append(tools);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // an ordinary scroll moves the page
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.15 : 0.87, ...at(event));
  }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" && view.w === WIDE) return; // let the page scroll
    from = [event.clientX, event.clientY];
  });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const k = view.w / svg.getBoundingClientRect().width;
    view.x -= (event.clientX - from[0]) * k; view.y -= (event.clientY - from[1]) * k;
    from = [event.clientX, event.clientY];
    draw();
  });
  addEventListener("pointerup", () => { from = null; });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step && view.w < WIDE) { event.preventDefault(); view.x += step[0] * view.w / 8; view.y += step[1] * view.w / 8; draw(); }
    if (event.key === "+" || event.key === "=") zoom(0.6);
    if (event.key === "-") zoom(1 / 0.6);
  });
}
