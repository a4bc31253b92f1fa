// Fetches the server's fragments, puts them in, and moves focus. Without it, the same links and
// forms load whole pages.

const talking = document.querySelector(".talking");
const turns = document.querySelector("#conversation");
let opener = null; // the citation that the open source belongs to

// XMLHttpRequest reads HTML into a document of its own, where nothing runs: no string becomes markup.
function fetched(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.setRequestHeader("Accept", "text/html");
    request.responseType = "document";
    request.onload = () => (request.response ? resolve(request.response) : reject(request.status));
    request.onerror = () => reject(0);
    request.send();
  });
}

// --- asking ---------------------------------------------------------------------------------

async function ask(url) {
  const form = document.querySelector("#ask");
  form.setAttribute("aria-busy", "true");
  try {
    const page = await fetched(url.pathname.replace(/^\/$/, "/turn") + url.search);
    const turn = page.querySelector("article.turn");
    const next = page.querySelector("#ask");
    if (!next) throw page;
    form.replaceWith(document.importNode(next, true));
    if (turn) show(document.importNode(turn, true), url);
    document.title = page.title;
    equip();
    (turn ? turns.lastElementChild.querySelector(".question") : document.querySelector("#problem")).focus();
  } catch {
    location.assign(url); // whatever went wrong, the server has a page for it
  } finally {
    form.removeAttribute("aria-busy");
  }
}

function show(turn, url) {
  const welcome = document.querySelector(".welcome");
  if (welcome) {
    const heading = document.createElement("h1");
    heading.className = "visually-hidden";
    heading.textContent = "Your conversation";
    welcome.replaceWith(heading);
  }
  document.querySelector("#beginnings")?.remove();
  closeSource();
  turns.append(turn);
  history.pushState(null, "", url);
}

talking?.addEventListener("submit", (event) => {
  if (!event.target.matches(".asking")) return;
  event.preventDefault();
  const url = new URL(event.target.action);
  url.search = new URLSearchParams(new FormData(event.target));
  ask(url);
});

talking?.addEventListener("keydown", (event) => {
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (sends && event.target.id === "question") {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

// --- the source beside the answer -----------------------------------------------------------

async function openSource(link) {
  const url = new URL(link.href);
  try {
    const page = await fetched(url.pathname.replace(/^\/documents\//, "/source/") + url.search);
    const source = document.importNode(page.querySelector("#source"), true);
    const from = link.closest("#source") ? opener : link; // a page may lead to the next
    closeSource();
    opener = from;
    if (!history.state?.source) history.pushState({ source: true }, ""); // Back closes it
    document.querySelector("#source-place").append(source);
    document.body.classList.add("with-source");
    land(source, source.querySelector("mark") ?? source);
  } catch {
    location.assign(url);
  }
}

// Beside the answer only the source's own text moves; below it, the page does. Of a page with its
// picture, the words in the picture are what is looked at, and those in the text are read out.
function land(source, words) {
  const text = source.querySelector(".source-text");
  const seen = source.querySelector(".page-picture rect") ?? words;
  words.focus({ preventScroll: true });
  if (text.scrollHeight > text.clientHeight) {
    source.scrollIntoView({ block: "nearest" });
    const above = seen.getBoundingClientRect().top - text.getBoundingClientRect().top;
    text.scrollTop += above - text.clientHeight / 3;
  } else {
    seen.scrollIntoView({ block: "center" });
  }
}

function leaveSource() {
  if (document.querySelector("#source") && history.state?.source) history.back();
  else closeSource();
}

function closeSource() {
  document.querySelector("#source")?.remove();
  document.body.classList.remove("with-source");
  opener?.focus();
  opener = null;
}

// --- clicks and keys ------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
  const target = event.target.closest("a, button");
  if (!target || !plain) return;
  if (target.matches(".source-link")) {
    event.preventDefault();
    openSource(target);
  } else if (target.matches(".ask-link")) {
    event.preventDefault();
    ask(new URL(target.href));
  } else if (target.matches(".close-source")) {
    leaveSource();
  } else if (target.matches("[data-copy]")) {
    copy(target, target.dataset.copy);
  } else if (target.matches(".copy-all")) {
    copyAll(target);
  } else if (target.matches(".print")) {
    print();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const preview = document.querySelector(".cite:is(:hover, :focus-within):not(.dismissed)");
  if (preview) {
    preview.classList.add("dismissed");
    for (const leaving of ["pointerleave", "focusout"]) {
      preview.addEventListener(leaving, () => preview.classList.remove("dismissed"), { once: true });
    }
  } else {
    leaveSource();
  }
});

window.addEventListener("popstate", () => {
  if (document.querySelector("#source")) closeSource();
  else location.reload();
});

// --- taking away ----------------------------------------------------------------------------

async function copy(button, text) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed to copy";
  }
  setTimeout(() => (button.textContent = label), 2000);
}

async function copyAll(button) {
  const response = await fetch(document.querySelector(".take-markdown").href);
  copy(button, await response.text());
}

// --- what only a script can offer -----------------------------------------------------------

function equip() {
  for (const hidden of document.querySelectorAll(".copies, .tools [hidden]")) hidden.hidden = false;
  const field = document.querySelector("#question");
  const counter = document.querySelector("#counter");
  if (!field) return;
  const count = () => {
    const left = Number(field.dataset.most) - [...field.value].length;
    counter.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
    counter.classList.toggle("over", left < 0);
  };
  field.addEventListener("input", count);
  count();
}

equip();
