// One iframe of the card fields: one field, or all four. The frames of a page find each other by the page's random
// instance id, over a channel that only this origin can hear.
(function () {
  "use strict";

  const setup = document.body.dataset;
  const words = JSON.parse(document.getElementById("words").textContent);
  const instance = setup.instance;
  const owner = setup.parent;
  const channel = new BroadcastChannel(`mollie-${instance}`);
  const collectWithin = 3000;

  const digitsOf = text => text.replace(/\D/g, "");

  function luhn(digits) {
    let sum = 0;
    for (let i = 0; i < digits.length; i++) {
      const digit = Number(digits[digits.length - 1 - i]);
      const weighed = i % 2 ? digit * 2 : digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 === 0;
  }

  const kinds = {
    cardHolder: {
      format: text => text,
      isValid: text => text.trim().length >= 2 && digitsOf(text).length <= 3,
    },
    cardNumber: {
      format(text) {
        let digits = digitsOf(text);
        const parts = [];
        for (const length of /^3[47]/.test(digits) ? [4, 6, 5] : [4, 4, 4, 4, 3]) {
          parts.push(digits.slice(0, length));
          digits = digits.slice(length);
        }
        return parts.filter(Boolean).join(" ");
      },
      isValid(text) {
        const digits = digitsOf(text);
        return digits.length >= 13 && digits.length <= 19 && luhn(digits);
      },
    },
    expiryDate: {
      format(text, before) {
        let digits = digitsOf(text);
        if (/^[2-9]/.test(digits)) {
          digits = `0${digits}`;
        }
        // 12/2030, as a browser may fill it in, is 12/30.
        digits = digits.length >= 6 && digits.slice(2, 4) === "20" ? digits.slice(0, 2) + digits.slice(4, 6) : digits;
        const typesOn = digits.length > 2 || (digits.length === 2 && text.length > before.length);
        return typesOn ? `${digits.slice(0, 2)} / ${digits.slice(2, digits.slice(2, 4) === "20" ? 6 : 4)}` : digits;
      },
      isValid(text) {
        const digits = digitsOf(text);
        const [month, year] = [Number(digits.slice(0, 2)), 2000 + Number(digits.slice(2))];
        const now = new Date();
        return digits.length === 4 && month >= 1 && month <= 12
          && (year > now.getFullYear() || (year === now.getFullYear() && month > now.getMonth()));
      },
    },
    verificationCode: {
      format: text => digitsOf(text).slice(0, 4),
      isValid: text => /^\d{3,4}$/.test(text),
    },
  };

  const fields = [...document.querySelectorAll("input")].map(input => {
    const field = {
      name: input.name, input, kind: kinds[input.name], touched: false, dirty: false, focused: false, before: "",
      note: document.getElementById(`${input.name}-error`),
    };
    input.addEventListener("input", () => onInput(field));
    input.addEventListener("focus", () => {
      field.focused = true;
      tell("focus");
    });
    input.addEventListener("blur", () => {
      field.focused = false;
      field.touched = field.touched || field.dirty;
      tell("blur");
      tell("change");
    });
    input.addEventListener("keydown", event => {
      if (event.key === "Enter") {
        event.preventDefault();
      }
    });
    return field;
  });

  function onInput(field) {
    const { input } = field;
    // Spaces come and go, so the caret keeps its place among the digits.
    const digitsBefore = digitsOf(input.value.slice(0, input.selectionStart)).length;
    const atEnd = input.selectionStart === input.value.length;
    const formatted = field.kind.format(input.value, field.before);
    if (formatted !== input.value) {
      input.value = formatted;
      if (!atEnd) {
        let place = 0;
        for (let seen = 0; place < formatted.length && seen < digitsBefore; place++) {
          seen += /\d/.test(formatted[place]) ? 1 : 0;
        }
        input.setSelectionRange(place, place);
      }
    }
    field.before = input.value;
    field.dirty = true;
    tell("change");
  }

  function errorOf(field) {
    if (field.kind.isValid(field.input.value)) {
      return "";
    }
    return words[field.name][field.input.value.trim() ? "invalid" : "missing"];
  }

  function stateOf() {
    const errors = fields.map(field => (field.touched ? errorOf(field) : ""));
    fields.forEach((field, i) => {
      field.input.setAttribute("aria-invalid", String(Boolean(errors[i])));
      field.input.classList.toggle("is-invalid", Boolean(errors[i]));
      field.input.classList.toggle("is-valid", !errorOf(field));
      field.note.textContent = errors[i];
    });
    return {
      error: errors.find(Boolean) || "",
      touched: fields.some(field => field.touched),
      dirty: fields.some(field => field.dirty),
      valid: fields.every(field => !errorOf(field)),
      focused: fields.some(field => field.focused),
    };
  }

  function post(message) {
    parent.postMessage({ ...message, instance }, owner);
  }

  function tell(type) {
    post({ type, state: stateOf(), height: setup.component === "card" ? document.body.scrollHeight : undefined });
  }

  // What is missing shows at once when somebody asks for a token.
  function hold() {
    fields.forEach(field => {
      field.touched = true;
    });
    tell("change");
    return fields.map(field => ({ name: field.name, value: field.input.value, error: errorOf(field) }));
  }

  channel.addEventListener("message", ({ data }) => {
    if (data.type === "collect") {
      channel.postMessage({ type: "held", request: data.request, held: hold() });
    }
  });

  function collect(request, count) {
    const held = new Map(hold().map(field => [field.name, field]));
    return new Promise(resolve => {
      const finish = () => {
        channel.removeEventListener("message", listen);
        clearTimeout(timer);
        resolve(held);
      };
      const listen = ({ data }) => {
        if (data.type === "held" && data.request === request) {
          data.held.forEach(field => held.set(field.name, field));
          if (held.size === count) {
            finish();
          }
        }
      };
      const timer = setTimeout(finish, collectWithin);
      if (held.size === count) {
        finish();
        return;
      }
      channel.addEventListener("message", listen);
      channel.postMessage({ type: "collect", request });
    });
  }

  async function createToken(request) {
    const order = ["cardNumber", "cardHolder", "expiryDate", "verificationCode"];
    const held = await collect(request, order.length);
    const wrong = order.find(name => !held.has(name) || held.get(name).error);
    if (wrong) {
      return { error: { message: held.get(wrong)?.error || words.unavailable, field: wrong } };
    }
    try {
      const card = Object.fromEntries(order.map(name => [name, held.get(name).value]));
      card.expiryDate = card.expiryDate.replace(/\s/g, "");
      const response = await fetch("/mollie/card-tokens", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(card),
      });
      const answer = await response.json();
      return response.ok
        ? { token: answer.token }
        : { error: { message: words[answer.field]?.invalid || words.unavailable, field: answer.field || null } };
    } catch {
      return { error: { message: words.unavailable, field: null } };
    }
  }

  const cssNames = {
    backgroundColor: "background-color", color: "color", fontSize: "font-size", fontWeight: "font-weight",
    letterSpacing: "letter-spacing", lineHeight: "line-height", textAlign: "text-align",
    textDecoration: "text-decoration", textTransform: "text-transform",
  };

  function style(styles) {
    const sheet = new CSSStyleSheet();
    const selectors = { base: "input", valid: "input.is-valid", invalid: "input.is-invalid" };
    for (const [state, selector] of Object.entries(selectors)) {
      const place = sheet.insertRule(`${selector} {}`, sheet.cssRules.length);
      const rules = styles[state] || {};
      for (const [name, value] of Object.entries(rules)) {
        if (cssNames[name]) {
          sheet.cssRules[place].style.setProperty(cssNames[name], value);
        }
      }
      const hint = sheet.insertRule(`${selector}::placeholder {}`, sheet.cssRules.length);
      for (const [name, value] of Object.entries(rules["::placeholder"] || {})) {
        if (cssNames[name]) {
          sheet.cssRules[hint].style.setProperty(cssNames[name], value);
        }
      }
    }
    document.adoptedStyleSheets = [sheet];
  }

  addEventListener("message", async event => {
    if (event.source !== parent || event.origin !== owner || event.data.instance !== instance) {
      return;
    }
    const { type } = event.data;
    if (type === "style") {
      style(event.data.styles);
      for (const [name, settings] of Object.entries(event.data.components)) {
        const label = document.querySelector(`label[for="${name}"]`);
        if (label && settings.label) {
          label.textContent = settings.label;
        }
      }
      tell("ready-styled");
    } else if (type === "focus") {
      fields[0].input.focus();
    } else if (type === "createToken") {
      post({ type: "token", request: event.data.request, ...await createToken(event.data.request) });
    }
  });

  post({ type: "ready" });
})();
