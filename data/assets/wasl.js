// Comfort alone: shows how much of a file has been sent. Every form works without it.
(() => {
  "use strict";
  const begin = () => {
    for (const box of document.querySelectorAll("[data-upload]")) {
      const form = box.closest("form");
      if (form) form.addEventListener("submit", (event) => send(event, form, box));
    }
  };
  const send = (event, form, box) => {
    const bar = box.querySelector("progress");
    const line = box.querySelector("p");
    const request = new XMLHttpRequest();
    const data = new FormData(form, event.submitter);
    event.preventDefault();
    box.hidden = false;
    line.textContent = line.dataset.sending;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    request.upload.onprogress = (step) => {
      if (step.lengthComputable) bar.value = (100 * step.loaded) / step.total;
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      line.textContent = line.dataset.sent;
    };
    request.onload = () => {
      // After a change the server leads on to another page; a refused form comes back filled in.
      if (request.status < 400 && request.responseURL !== form.action) location.assign(request.responseURL);
      else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.replaceChild(document.adoptNode(page.documentElement), document.documentElement);
        begin();
        const faults = document.getElementById("error-summary");
        if (faults) faults.focus();
      }
    };
    // The network failed: the browser sends the form in its own way, and says what it finds.
    request.onerror = () => form.submit();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(data);
  };
  begin();
})();
