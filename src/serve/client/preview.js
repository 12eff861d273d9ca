// Added by `congbo serve` only: shows what changed, without anybody asking for it.
// The server tells its whole state each time, so that a page that was away for a while misses nothing.
(() => {
  "use strict";
  const shown = JSON.parse(document.currentScript.dataset.state);
  const folder = "/__congbo/";
  const dismissed = "congbo-dismissed";
  let source = null;
  let isLeaving = false;
  let isShown = false;

  function apply(state) {
    if (isLeaving) return;
    if (state.session !== shown.session || state.pages !== shown.pages) {
      isLeaving = true;
      location.reload();
      return;
    }
    if (state.stylesheet !== shown.stylesheet) swapStylesheet(shown.stylesheet, state.stylesheet);
    const isNew = state.problems !== shown.problems;
    Object.assign(shown, state);
    if (isNew) showProblems();
  }

  // The new stylesheet takes the old one's place when it is there: no flash of a page without any.
  function swapStylesheet(from, to) {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const href = link.getAttribute("href");
      if (!from || !href.endsWith(from)) continue;
      const next = link.cloneNode();
      next.setAttribute("href", href.slice(0, href.length - from.length) + to);
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  }

  function connect() {
    if (source || document.hidden) return;
    source = new EventSource(folder + "events");
    for (const name of ["state", "reload", "css", "problems"]) {
      source.addEventListener(name, (event) => apply(JSON.parse(event.data)));
    }
    source.addEventListener("open", () => showBadge(false));
    source.addEventListener("error", () => showBadge(true));
  }

  // A browser keeps few connections to one server: hidden pages give theirs up and catch up later.
  function disconnect() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  let host = null;
  let panel = null;
  let badge = null;
  let focused = null;

  async function showProblems() {
    if (document.querySelector("main.alone")) {
      if (isShown) location.reload();
      isShown = true;
      return;
    }
    const wanted = shown.problems;
    const response = await fetch(folder + "problems");
    const html = new DOMParser().parseFromString(await response.text(), "text/html");
    if (wanted !== shown.problems) return; // A newer list is on its way.
    const wasOpen = panel && !panel.hidden;
    if (!host) makeHost();
    panel?.remove();
    panel = document.importNode(html.querySelector(".panel"), true);
    panel.hidden = true;
    panel.querySelector(".close").addEventListener("click", close);
    host.lang = panel.lang;
    host.shadowRoot.append(panel);
    showBadge(false);
    if (shown.errors && sessionStorage.getItem(dismissed) !== key()) open(wasOpen);
    else if (wasOpen && panel.dataset.badge) show(true);
    else if (wasOpen) close();
  }

  // The badge opens the list; it also tells that the preview has stopped.
  function showBadge(isAway) {
    if (!panel) return;
    badge.textContent = isAway ? panel.dataset.away : panel.dataset.badge;
    badge.className = shown.errors && !isAway ? "badge error" : "badge";
    badge.hidden = !badge.textContent;
    badge.setAttribute("aria-expanded", String(!panel.hidden));
  }

  function key() {
    return `${shown.session} ${shown.problems}`;
  }

  function makeHost() {
    host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = folder + "panel.css";
    host.hidden = true;
    // Nothing is shown without its style; what opened meanwhile gets its focus now.
    style.addEventListener("load", () => {
      host.hidden = false;
      if (!panel.hidden) panel.focus({ preventScroll: true });
    });
    badge = document.createElement("button");
    badge.type = "button";
    badge.addEventListener("click", () => (panel.hidden ? open(false) : close()));
    root.append(style, badge);
    document.addEventListener("keydown", escape);
    document.body.append(host);
  }

  function escape(event) {
    if (event.key === "Escape" && panel && !panel.hidden) close();
  }

  function show(isOpen) {
    panel.hidden = !isOpen;
    badge.setAttribute("aria-expanded", String(isOpen));
  }

  function open(wasOpen) {
    if (!wasOpen) focused = document.activeElement;
    show(true);
    panel.focus({ preventScroll: true });
  }

  function close() {
    show(false);
    if (shown.errors) sessionStorage.setItem(dismissed, key());
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  connect();
  showProblems();
})();
