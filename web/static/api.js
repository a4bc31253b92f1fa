// Send a request as it stands in a form, and show what comes back.

for (const form of document.querySelectorAll(".operation form")) {
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, form.parentElement.querySelector(".response"));
  });
}

async function send(form, shown) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("input")) {
    if (field.dataset.in === "path") {
      path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    } else if (field.value) {
      query.append(field.name, field.value);
    }
  }
  const body = form.querySelector("textarea");
  const options = { method: form.dataset.method };
  if (body) {
    options.body = body.value;
    options.headers = { "Content-Type": "application/json" };
  }
  const began = performance.now();
  try {
    const response = await fetch(query.size ? `${path}?${query}` : path, options);
    const text = await response.text();
    const took = Math.round(performance.now() - began);
    shown.textContent = `${response.status} ${response.statusText}, ${took} ms\n\n${laidOut(text)}`;
  } catch {
    shown.textContent = "The server does not answer.";
  }
  shown.hidden = false;
  shown.focus();
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
