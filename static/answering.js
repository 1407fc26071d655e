// The form works without this file. It adds one question a screen, saving after each answer, conditions that hide
// questions, and a copy on this device while there is no connection. A preview of questions gets the conditions only.
"use strict";

(() => {
  const questions = [...document.querySelectorAll(".question")];
  const form = document.getElementById("answering");
  const root = document.documentElement;
  const at = (id) => document.getElementById(id);
  const PREFIX = "a.", SAVED_AFTER = 800, FIRST_PAUSE = 2000, LONGEST_PAUSE = 60000, PATIENCE = 20000;
  const MOST_SECONDS = 300, LONGEST_GAP = 60, LARGEST_FLUSH = 60000;

  // --- What is answered ---

  const codeOf = (question) => question.id.slice(2);
  const fieldsOf = (name) => [...document.getElementsByName(name)].filter((field) => field.type !== "hidden");
  const isMark = (field) => field.type === "radio" || field.type === "checkbox";

  function valuesOf(name) {
    const values = fieldsOf(name).filter((field) => !isMark(field) || field.checked).map((field) => field.value);
    return values.length ? values : [""];
  }

  function putValues(name, values) {
    fieldsOf(name).forEach((field, place) => {
      if (isMark(field)) field.checked = values.includes(field.value);
      else field.value = values[place] ?? "";
    });
  }

  // As the server keeps them: without blanks around and between.
  const plain = (values) => JSON.stringify(values.map((text) => text.replace(/\r\n?/g, "\n").trim()).filter(Boolean));

  function namesIn(question) {
    const named = [...question.querySelectorAll("[name]")].filter((field) => field.type !== "hidden");
    return [...new Set(named.map((field) => field.name))];
  }

  const isBlank = (name) => plain(valuesOf(name)) === "[]";
  const isOff = (question) => question.dataset.off !== undefined;
  const isAsked = (question) => !isOff(question) && !question.classList.contains("notice");

  function isAnswered(question) {
    const own = PREFIX + codeOf(question);
    if (question.classList.contains("matrix")) return namesIn(question).every((name) => !isBlank(name));
    return !isBlank(own) && !(valuesOf(own).includes("other") && fieldsOf(`${own}.other`).length && isBlank(`${own}.other`));
  }

  function applyConditions() {
    for (const question of questions) {
      const { if: code, is } = question.dataset;
      if (code) {
        const asked = at(`q-${code}`);
        const met = asked && !isOff(asked) && valuesOf(PREFIX + code).some((value) => is.split(" ").includes(value));
        question.toggleAttribute("data-off", !met);
        if (!form) question.hidden = !met;
      }
      const other = question.querySelector(".other");
      if (other) other.hidden = !valuesOf(PREFIX + codeOf(question)).includes("other");
    }
  }

  root.classList.add("aware");
  applyConditions();
  if (!form) {
    document.addEventListener("change", applyConditions);
    if (document.querySelector("[data-over]")) forget();
    return;
  }

  // --- A copy on this device, under a name that does not tell the address ---

  function copyName() {
    const hash = (seed) => {
      let sum = seed;
      for (const sign of location.pathname.split("/")[2] ?? "") sum = Math.imul(sum ^ sign.charCodeAt(0), 16777619) >>> 0;
      return sum.toString(36);
    };
    return `survey.${hash(2166136261)}${hash(40389)}`;
  }

  function stored(act) {
    try {
      return act(localStorage);
    } catch {
      return null; // private windows and full disks: the server's draft is enough while there is a connection
    }
  }

  function forget() {
    stored((storage) => storage.removeItem(copyName()));
  }

  // --- Saving ---

  const waiting = new Map(); // name -> values that the server has not confirmed
  const past = new Map(); // name -> what the server may hold of it: its own, and all that was sent without an answer
  const known = new Map();
  const faulted = new Set();
  const secret = at("secret");
  let busy = false, over = false, wantsSending = false, pause = FIRST_PAUSE, timer = 0, spent = 0, seenAt = Date.now();

  for (const name of new Set([...form.elements].map((field) => field.name))) {
    if (name.startsWith(PREFIX)) known.set(name, plain(valuesOf(name)));
  }

  function keepCopy() {
    if (!waiting.size) return forget();
    const kept = [...waiting].map(([name, now]) => [name, { now, past: past.get(name) ?? [] }]);
    const copy = JSON.stringify({ answers: Object.fromEntries(kept), secret: secret?.value });
    return stored((storage) => { storage.setItem(copyName(), copy); return true; });
  }

  // What was answered without a connection comes back, unless the answer was changed elsewhere in the meantime.
  function restore() {
    const copy = stored((storage) => JSON.parse(storage.getItem(copyName())));
    for (const [name, { now, past: held }] of Object.entries(copy?.answers ?? {})) {
      const isNews = known.get(name) !== plain(now);
      if (name === "secret" || !known.has(name) || !isNews || !held.includes(known.get(name))) continue;
      putValues(name, now);
      waiting.set(name, now);
      past.set(name, held);
    }
    if (waiting.size && secret && copy.secret) secret.value = copy.secret;
    keepCopy();
    if (waiting.size) save();
  }

  function tell(state, words) {
    const chip = at("state");
    chip.hidden = false;
    chip.dataset.state = state;
    chip.classList.toggle("ok", state === "saved");
    chip.classList.toggle("soon", state === "apart");
    const place = chip.querySelector("span");
    if (place.textContent !== words) place.textContent = words;
  }

  function tellApart() {
    const device = isNarrow.matches ? "этом телефоне" : "этом компьютере";
    if (!waiting.size) return tell("apart", "Нет связи");
    return tell("apart", keepCopy() ? `Нет связи: ответ пока только на ${device}` : "Нет связи: ответ пока не сохранён");
  }

  function noted(name, delay) {
    if (!past.has(name)) past.set(name, known.has(name) ? [known.get(name)] : []);
    waiting.set(name, valuesOf(name));
    keepCopy();
    if (!over) plan(delay);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(again, delay);
  }

  const again = () => (wantsSending ? send() : save());

  function bodyOf(names) {
    const body = new URLSearchParams();
    for (const name of names) for (const value of valuesOf(name)) body.append(name, value);
    body.set("seconds", String(secondsSpent()));
    if (secret) body.set("secret", secret.value);
    return body;
  }

  async function ask(address, names, isLeaving) {
    const sent = new Map([...names].map((name) => [name, waiting.get(name)]));
    for (const [name, values] of sent) if (values) past.get(name).push(plain(values));
    keepCopy();
    const body = bodyOf(names), seconds = Number(body.get("seconds"));
    const stop = new AbortController(), bell = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method: "POST", body, signal: stop.signal, headers: { Accept: "application/json" }, credentials: "omit",
        keepalive: Boolean(isLeaving) && body.toString().length < LARGEST_FLUSH,
      });
      if (!answer.ok && answer.status !== 404) throw new Error(`answered ${answer.status}`);
      const told = await answer.json();
      pause = FIRST_PAUSE;
      if (told.saved) {
        spent = Math.max(0, spent - seconds);
        confirmed(sent, told.faults);
      }
      return told;
    } finally {
      clearTimeout(bell);
    }
  }

  function confirmed(sent, faults) {
    for (const [name, values] of sent) {
      const isLatest = waiting.get(name) === values;
      if (values) known.set(name, plain(values));
      if (isLatest) { waiting.delete(name); past.delete(name); } else past.set(name, [known.get(name)]);
      showFault(name, faults[name.slice(PREFIX.length)]);
    }
    keepCopy();
  }

  async function save(isLeaving) {
    if (busy || over || !waiting.size) return;
    busy = true;
    clearTimeout(timer);
    const slow = setTimeout(() => tell("saving", "Сохраняем…"), 400);
    let isFailed = false;
    try {
      const told = await ask(form.dataset.save, new Set(waiting.keys()), isLeaving);
      if (told.saved) tell("saved", "Сохранено");
      if (told.refusal) return leave("");
    } catch {
      isFailed = true;
    } finally {
      clearTimeout(slow);
      busy = false;
    }
    return goOn(isFailed);
  }

  function goOn(isFailed) {
    if (isFailed) {
      tellApart();
      plan(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    } else if (wantsSending) send();
    else if (waiting.size && !over) plan(SAVED_AFTER);
  }

  // The page behind the address says why: the days are over, the sheet has been sent from elsewhere.
  function leave(question) {
    over = true;
    location.replace(location.pathname.replace(/(save|send)\/$/, "") + question);
  }

  async function send() {
    wantsSending = true;
    if (busy || over) return;
    busy = true;
    clearTimeout(timer);
    at("refusal").textContent = "";
    at("send").setAttribute("aria-disabled", "true");
    let isFailed = false;
    try {
      const told = await ask(form.action, new Set([...waiting.keys(), ...faulted]));
      wantsSending = false;
      if (told.sent || told.is_shut) return leave(told.sent ? "?sent=1" : "");
      at("refusal").textContent = told.refusal;
      tell("saved", "Сохранено");
      showFaults(told.faults);
    } catch {
      isFailed = true;
      at("refusal").textContent = "Не отправлено: нет связи. Отправим, как только она появится.";
    } finally {
      busy = false;
      at("send").removeAttribute("aria-disabled");
    }
    return goOn(isFailed);
  }

  // --- Faults ---

  function showFault(name, words) {
    const key = name.slice(PREFIX.length), place = at(`f-${key}`);
    if (words) faulted.add(name); else faulted.delete(name);
    if (!place) return;
    place.textContent = words ?? "";
    const field = fieldsOf(name)[0];
    const wrong = field && isMark(field) ? field.closest("[role=radiogroup]") : field;
    if (words) wrong?.setAttribute("aria-invalid", "true"); else wrong?.removeAttribute("aria-invalid");
    if (words && place.closest("details")) place.closest("details").open = true;
  }

  function showFaults(faults) {
    for (const [key, words] of Object.entries(faults)) showFault(PREFIX + key, words);
    const codes = new Set(Object.keys(faults).map((key) => key.split(".")[0]));
    const wrong = questions.filter((question) => codes.has(codeOf(question)));
    if (!wrong.length) return;
    list(wrong, "Не отправлено. Проверьте эти ответы:");
    go(at("end"));
    at("missing").focus();
  }

  function list(found, words) {
    const box = at("missing"), rows = document.createElement("ul"), head = document.createElement("p");
    head.textContent = words;
    for (const question of found) {
      const row = document.createElement("li"), link = document.createElement("a");
      link.href = `#${question.id}`;
      link.textContent = titleOf(question);
      row.append(link);
      rows.append(row);
    }
    box.replaceChildren(head, rows);
    box.tabIndex = -1;
    box.hidden = !found.length;
  }

  function titleOf(question) {
    const copy = headOf(question).cloneNode(true);
    copy.querySelector(".must")?.remove();
    return copy.textContent.trim();
  }

  // --- One question a screen, or all at once ---

  const isNarrow = matchMedia("(max-width: 700px)");
  const start = at("start"), end = at("end"), steps = at("steps");
  const headOf = (place) => place.querySelector("h2, h3") ?? at("title");
  let here = start;

  const isOne = () => isNarrow.matches || stored((storage) => storage.getItem("surveys.mode")) === "one";

  // A notice goes before the question it stands before; one with no question after it, before the end.
  function screens() {
    const all = [[start]];
    let gathered = [];
    for (const question of questions.filter((each) => !isOff(each))) {
      gathered.push(question);
      if (isAsked(question)) { all.push(gathered); gathered = []; }
    }
    return [...all, [...gathered, end]];
  }

  const asked = () => questions.filter(isAsked);
  const current = (all) => Math.max(0, all.findIndex((screen) => screen.includes(here)));

  function show() {
    applyConditions();
    const all = screens(), place = current(all), one = isOne(), shown = new Set(all[place]);
    root.classList.toggle("one", one);
    root.classList.toggle("first", place === 0);
    for (const each of [start, ...questions, end]) each.hidden = isOff(each) || (one && !shown.has(each));
    for (const part of document.querySelectorAll(".survey-part")) {
      const own = [...part.querySelectorAll(".question")];
      part.hidden = own.every((question) => question.hidden);
      const note = part.querySelector(".survey-head p");
      if (note) note.hidden = own[0].hidden;
    }
    steps.hidden = !one;
    at("back").hidden = place === 0;
    at("next").hidden = place === all.length - 1;
    at("next").textContent = place === 0 ? "Начать" : "Дальше";
    at("modes").querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String((button.value === "one") === one)));
    showWay(all, place, one);
    showLacking();
    document.querySelectorAll(".undo").forEach((button) => { button.hidden = !isAnswered(button.closest(".question")); });
  }

  function showWay(all, place, one) {
    const number = asked().length, done = asked().filter(isAnswered).length;
    const left = one ? all.slice(place).flat() : questions.filter((question) => !isAnswered(question));
    const seconds = left.filter((each) => each.id.startsWith("q-") && isAsked(each)).reduce((sum, each) => sum + secondsFor(each), 0);
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    const word = minutes % 10 === 1 && minutes % 100 !== 11 ? "минуты" : "минут";
    const isLast = place === all.length - 1;
    at("way").hidden = one && place === 0;
    at("way").querySelector("progress").value = one ? Math.min(100, (place / number) * 100) : (done / number) * 100;
    const where = one ? `Вопрос ${place} из ${number}` : `Отвечено ${done} из ${number}`;
    at("way").querySelector("p").textContent = one && isLast ? `Отвечено ${done} из ${number}` : done === number && !one ? where : `${where} · около ${minutes}\u00a0${word}`;
  }

  function secondsFor(question) {
    if (question.classList.contains("long") || question.classList.contains("short")) return 40;
    return 8 * Math.max(1, question.querySelectorAll(".line").length);
  }

  function showLacking() {
    if (faulted.size && !at("missing").hidden) return;
    const lacking = asked().filter((question) => question.querySelector(".must") && !isAnswered(question));
    list(lacking, "Без этих ответов анкету не отправить:");
  }

  function go(place, isMoved = true) {
    here = place;
    show();
    if (!isMoved) return;
    const head = place === end ? at("end-title") : headOf(place);
    if (isOne()) scrollTo(0, 0); else place.scrollIntoView({ block: "start" });
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
  }

  function step(by) {
    const all = screens(), to = all[Math.min(all.length - 1, Math.max(0, current(all) + by))];
    if (waiting.size) plan(0);
    if (at("note")) at("note").hidden = true;
    go(to[to.length - 1]);
  }

  // --- Small comforts ---

  function showLeft(field) {
    const left = Number(field.dataset.limit) - [...field.value].length;
    let place = field.nextElementSibling;
    if (!place?.classList.contains("left")) {
      place = document.createElement("p");
      place.className = "left";
      field.after(place);
    }
    place.hidden = left > Math.max(30, Number(field.dataset.limit) / 10);
    place.textContent = left < 0 ? `Слишком длинно, лишних знаков: ${-left}` : `Осталось знаков: ${left}`;
  }

  function addUndo(question) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "undo";
    button.textContent = "Стереть ответ";
    button.addEventListener("click", () => {
      const names = namesIn(question).filter((name) => fieldsOf(name).some((field) => field.type === "radio"));
      names.forEach((name) => { putValues(name, []); noted(name, 0); });
      show();
      go(question);
    });
    question.append(button);
  }

  function secondsSpent() {
    busyNow();
    return Math.min(MOST_SECONDS, Math.round(spent));
  }

  // Time counts while the page is seen and somebody does something: a long stillness is not work.
  function busyNow() {
    const now = Date.now();
    if (document.visibilityState === "visible") spent += Math.min((now - seenAt) / 1000, LONGEST_GAP);
    seenAt = now;
  }

  // --- What happens ---

  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.dataset.limit) showLeft(field);
    if (!isMark(field) && field.tagName !== "SELECT" && (field.name.startsWith(PREFIX) || field === secret)) noted(field.name, SAVED_AFTER);
  });
  form.addEventListener("change", (event) => {
    if (event.target.name.startsWith(PREFIX)) noted(event.target.name, 0);
    show();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    step(1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#q-']"), question = link && at(link.hash.slice(1));
    if (!question) return;
    event.preventDefault();
    go(question);
  });
  form.addEventListener("focusin", (event) => {
    const question = event.target.closest(".question");
    if (question && !isOne()) here = question;
  });
  at("next").addEventListener("click", () => step(1));
  at("back").addEventListener("click", () => step(-1));
  at("modes").addEventListener("click", (event) => {
    if (!event.target.value) return;
    stored((storage) => storage.setItem("surveys.mode", event.target.value));
    go(here, false);
  });
  isNarrow.addEventListener?.("change", () => go(here, false));
  addEventListener("online", () => { pause = FIRST_PAUSE; again(); });
  addEventListener("offline", () => { if (waiting.size) tellApart(); });
  addEventListener("beforeunload", (event) => { if (waiting.size && !over) event.preventDefault(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") { spent += Math.min((Date.now() - seenAt) / 1000, LONGEST_GAP); seenAt = Date.now(); save(true); } else seenAt = Date.now();
  });
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, busyNow, { passive: true });

  form.querySelectorAll("[data-limit]").forEach(showLeft);
  questions.filter((each) => !each.querySelector(".must") && each.querySelector("[type=radio]")).forEach(addUndo);
  at("later").hidden = true;
  at("modes").hidden = false;
  if (form.elements.whole) form.elements.whole.disabled = true;
  restore();
  const first = asked().find((question) => !isAnswered(question));
  const begun = asked().some((question) => namesIn(question).some((name) => !isBlank(name)));
  go(at("note")?.classList.contains("wrong") ? at(at("note").querySelector("a").hash.slice(1)) : begun ? first ?? end : start, false);
})();
