// Finds products while one types, in the index that was built with the site. The page is whole without it.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const field = form.querySelector("input");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  const limit = 8;
  let index = null;
  let loading = null;
  let found = [];
  let active = -1;

  const plain = (text) => (text || "").normalize("NFKC").toLowerCase();
  // Words, which match at their beginning; Chinese has no spaces, so it is taken in pairs of characters.
  const terms = (text) =>
    (plain(text).match(/\p{sc=Han}+|(?:(?!\p{sc=Han})[\p{L}\p{N}])+/gu) || []).flatMap((run) => {
      if (!/\p{sc=Han}/u.test(run)) return " " + run;
      const signs = [...run];
      return signs.length < 2 ? run : signs.slice(1).map((sign, at) => signs[at] + sign);
    });
  const words = (text) => " " + plain(text).replace(/[^\p{L}\p{N}]+|(?<=\p{sc=Han})(?=[a-z\d])/gu, " ");

  const load = () => (loading ||= fetch(form.dataset.index)
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((items) => {
      index = items.map((item) => ({
        item,
        fields: [item.title, [item.category, ...(item.tags || [])].join(" "), item.summary].map(words),
      }));
    })
    .catch(() => { loading = null; }));

  const weigh = (fields, wanted) => {
    let sum = 0;
    for (const term of wanted) {
      const at = fields.findIndex((text) => text.includes(term));
      if (at < 0) return 0;
      sum += [9, 3, 1][at] + (fields[at].startsWith(term) ? 1 : 0);
    }
    return sum;
  };

  const close = () => {
    list.hidden = true;
    status.textContent = "";
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (at) => {
    active = at;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const option = ({ item }, at) => {
    const link = document.createElement("a");
    link.id = "search-" + at;
    link.href = item.url;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    for (const text of [item.title, item.category, item.price]) {
      const part = document.createElement("span");
      part.textContent = text || "";
      link.append(part);
    }
    return link;
  };

  const show = () => {
    const wanted = terms(field.value);
    if (!wanted.length || !index) return close();
    const all = index.map((entry) => ({ item: entry.item, weight: weigh(entry.fields, wanted) })).filter((one) => one.weight);
    found = all.sort((one, other) => other.weight - one.weight).slice(0, limit);
    list.replaceChildren(...found.map(option));
    choose(-1);
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = all.length ? form.dataset.found.replace("#", all.length) : form.dataset.none;
  };

  const search = () => load().then(show);
  field.addEventListener("focus", load);
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    // Enter and the arrows belong to the input method while it composes.
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      const count = found.length + 1;
      choose(((active + 1 + step + count) % count) - 1);
    } else if (event.key === "Escape") {
      if (list.hidden) field.value = "";
      event.preventDefault();
      close();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const at = Math.max(active, 0);
    search().then(() => { if (!list.hidden) location.assign(found[Math.min(at, found.length - 1)].item.url); });
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
