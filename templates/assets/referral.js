// Keeps the promoter's token of ?ref= and writes it into buy forms that have none.
(() => {
  const form = /^[0-9a-hjkmnp-tv-z]{16}$/;
  const given = new URLSearchParams(location.search).get("ref") || "";
  let token = form.test(given) ? given : "";
  try {
    if (token) localStorage.setItem("keyfront.ref", token);
    else token = localStorage.getItem("keyfront.ref") || "";
  } catch {
    // Storage may be switched off: the token then serves this page alone.
  }
  if (!form.test(token)) return;
  for (const field of document.querySelectorAll("input[name=ref]")) {
    if (!field.value) field.value = token;
  }
  for (const link of document.querySelectorAll("a[href*='client_reference_id=kf-']")) {
    link.href = link.href.replace(/(client_reference_id=kf-\w+-)-/, `$1${token}-`);
  }
})();
