// The customer's page: card fields, one tap one payment, waiting for the bank. Everything here has a way without script.
(() => {
  "use strict";

  const byId = id => document.getElementById(id);
  const root = document.documentElement;
  root.classList.add("js");

  // Tells once that a human is here, and once that a card is typed; fetching the page tells nothing.
  const told = new Set();
  const tell = sign => {
    const { path } = document.body.dataset;
    if (path && !told.has(sign)) {
      told.add(sign);
      navigator.sendBeacon(`${path}/${sign}`);
    }
  };
  ["pointerdown", "keydown", "touchstart", "scroll"].forEach(act =>
    addEventListener(act, () => tell("opened"), { passive: true, once: true }));

  // A form that is on its way is not sent again. Coming back by the back button makes it ready anew.
  let busy = false;
  const setBusy = (form, isBusy, pressed) => {
    busy = isBusy;
    form.querySelectorAll("button").forEach(button => {
      button.dataset.words = button.dataset.words || button.textContent;
      button.textContent = isBusy && button === pressed && form.dataset.paying || button.dataset.words;
      button.setAttribute("aria-disabled", String(isBusy));
    });
  };
  const forms = [...document.forms];
  forms.forEach(form => form.addEventListener("submit", event => {
    const pressed = event.submitter || form.querySelector("button");
    if (busy) {
      event.preventDefault();
    } else if (!form.dataset.profile || pressed.name || root.classList.contains("no-card")) {
      if (form.elements.cardToken) {
        // One that an earlier try has used would go before the way that was pressed.
        form.elements.cardToken.value = "";
      }
      setBusy(form, true, pressed);
    } else {
      event.preventDefault();
      payByCard(form, pressed);
    }
  }));
  addEventListener("pageshow", event => {
    if (event.persisted) {
      forms.forEach(form => setBusy(form, false));
    }
  });

  let card;
  const say = message => {
    const problem = byId("problem");
    problem.querySelector("p").textContent = message;
    problem.hidden = false;
    problem.focus();
  };
  const payByCard = async (form, pressed) => {
    if (!card) {
      return;
    }
    setBusy(form, true, pressed);
    try {
      const { token, error } = await card.createToken();
      if (token) {
        form.elements.cardToken.value = token;
        form.submit();
        return;
      }
      say(error.message);
    } catch {
      withoutCard();
    }
    setBusy(form, false);
  };

  const withoutCard = () => {
    root.classList.add("no-card");
    byId("down").hidden = false;
  };
  const mount = form => {
    const style = getComputedStyle(form);
    const styles = {
      base: {
        color: style.color, fontSize: "16px", lineHeight: "24px",
        "::placeholder": { color: style.getPropertyValue("--soft").trim() },
      },
      invalid: { color: style.getPropertyValue("--bad").trim() },
    };
    card = Mollie(form.dataset.profile, { locale: form.dataset.locale, testmode: form.dataset.testmode === "true" });
    const fields = { cardNumber: "number", expiryDate: "expiry", verificationCode: "code", cardHolder: "holder" };
    // Each in a task of its own, so that a touch between two is heard.
    Object.entries(fields).forEach(([name, id]) => setTimeout(() => {
      try {
        mountField(card.createComponent(name, { styles }), id);
      } catch {
        withoutCard();
      }
    }));
  };
  const mountField = (field, id) => {
    const box = byId(id);
    field.addEventListener("change", state => {
      if (state.dirty) {
        tell("typing");
      }
      const message = state.touched ? state.error || "" : "";
      byId(`${id}-error`).textContent = message;
      box.classList.toggle("wrong", Boolean(message));
    });
    field.addEventListener("focus", () => {
      box.classList.add("focus");
      tell("opened");
    });
    field.addEventListener("blur", () => box.classList.remove("focus"));
    field.mount(`#${id}`);
  };
  const form = byId("pay");
  const script = byId("card-script");
  if (form && script) {
    const tryToMount = () => {
      if (card || root.classList.contains("no-card")) {
        return;
      }
      try {
        mount(form);
      } catch {
        withoutCard();
      }
    };
    if (window.Mollie) {
      tryToMount();
    } else {
      script.addEventListener("load", tryToMount);
      script.addEventListener("error", tryToMount);
      setTimeout(tryToMount, 8000);
    }
  }

  // Waiting: asks twice a second, and goes on as soon as the bank has answered.
  const waiting = byId("waiting");
  if (waiting) {
    const since = performance.now();
    let timer;
    let isAsking = false;
    const ask = async () => {
      if (isAsking) {
        return;
      }
      isAsking = true;
      clearTimeout(timer);
      const waited = (performance.now() - since) / 1000;
      [["longer", 10], ["later", 10], ["long", 30]].forEach(([id, seconds]) => {
        if (byId(id) && waited >= seconds) {
          byId(id).hidden = false;
        }
      });
      try {
        const answer = await fetch(waiting.dataset.status, { cache: "no-store", signal: AbortSignal.timeout?.(5000) });
        if (answer.ok && (await answer.json()).status !== "processing") {
          location.replace(waiting.dataset.then);
          return;
        }
      } catch {
        // Offline for a moment; the next question will tell.
      }
      isAsking = false;
      timer = setTimeout(ask, waited < 60 ? 500 : waited < 180 ? 1000 : 5000);
    };
    timer = setTimeout(ask, 500);
    // Phones hold back what a page does behind the bank's app.
    document.addEventListener("visibilitychange", () => document.hidden || ask());
  }

  if (!window.ApplePaySession?.canMakePayments()) {
    document.querySelector("[value=applepay]")?.remove();
  }

  const save = byId("save");
  if (save) {
    save.addEventListener("click", () => print());
  }
})();
