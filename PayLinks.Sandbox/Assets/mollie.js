// Stands in for Mollie's card fields: the same calls, with the fields in iframes of the sandbox's own origin, so that a
// card number goes from the iframe to the sandbox and nowhere else.
(function () {
  "use strict";

  const origin = new URL(document.currentScript.src).origin;
  const components = ["card", "cardHolder", "cardNumber", "expiryDate", "verificationCode"];
  const titles = {
    en: {
      card: "Card details", cardHolder: "Card holder", cardNumber: "Card number",
      expiryDate: "Expiry date", verificationCode: "Security code",
    },
    it: {
      card: "Dati della carta", cardHolder: "Titolare della carta", cardNumber: "Numero della carta",
      expiryDate: "Data di scadenza", verificationCode: "Codice di sicurezza",
    },
  };
  const heights = { card: "210px" };
  const answerWithin = 20000;

  function randomId() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
  }

  class Component {
    constructor(name, settings, instance, locale) {
      this.name = name;
      this.settings = settings;
      this.instance = instance;
      this.locale = locale;
      this.listeners = { change: [], focus: [], blur: [], ready: [] };
      this.isMounted = false;
      this.onMessage = event => this.receive(event);
    }

    mount(target) {
      const parent = typeof target === "string" ? document.querySelector(target) : target;
      if (!parent) {
        throw new Error(`Mollie: there is no element ${target} to mount ${this.name} on.`);
      }
      if (this.isMounted) {
        throw new Error(`Mollie: ${this.name} is already mounted.`);
      }
      const frame = document.createElement("iframe");
      const query = new URLSearchParams({
        instance: this.instance, locale: this.locale, parent: location.origin,
      });
      frame.src = `${origin}/mollie/component/${this.name}?${query}`;
      frame.title = (titles[this.locale.slice(0, 2)] || titles.en)[this.name];
      frame.name = `mollie-${this.name}`;
      frame.setAttribute("scrolling", "no");
      Object.assign(frame.style, {
        border: "0", width: "100%", height: heights[this.name] || "24px", display: "block", colorScheme: "normal",
      });
      this.container = document.createElement("div");
      this.container.className = `mollie-component mollie-component--${this.name} is-loading`;
      this.container.append(frame);
      this.frame = frame;
      this.isMounted = true;
      addEventListener("message", this.onMessage);
      parent.append(this.container);
    }

    unmount() {
      if (!this.isMounted) {
        return;
      }
      removeEventListener("message", this.onMessage);
      this.container.remove();
      this.isMounted = false;
      this.container = this.frame = null;
    }

    addEventListener(type, listener) {
      if (!this.listeners[type]) {
        throw new Error(`Mollie: ${this.name} has no event ${type}.`);
      }
      this.listeners[type].push(listener);
    }

    removeEventListener(type, listener) {
      this.listeners[type] = (this.listeners[type] || []).filter(known => known !== listener);
    }

    post(message) {
      this.frame.contentWindow.postMessage({ ...message, instance: this.instance }, origin);
    }

    receive(event) {
      const isOurs = event.origin === origin && event.source === this.frame.contentWindow;
      if (!isOurs || event.data.instance !== this.instance) {
        return;
      }
      const { type, state, height } = event.data;
      if (type === "ready") {
        this.post({ type: "style", styles: this.settings.styles || {}, components: this.settings.components || {} });
        this.container.classList.remove("is-loading");
      }
      if (height) {
        this.frame.style.height = `${height}px`;
      }
      if (state) {
        const marks = this.container.classList;
        marks.toggle("is-touched", state.touched);
        marks.toggle("is-dirty", state.dirty);
        marks.toggle("is-valid", state.valid);
        marks.toggle("is-invalid", state.touched && Boolean(state.error));
        marks.toggle("has-focus", state.focused);
      }
      for (const listener of this.listeners[type] || []) {
        listener(type === "change" ? {
          error: state.error, touched: state.touched, dirty: state.dirty, valid: state.valid,
        } : {});
      }
    }

    focus() {
      this.post({ type: "focus" });
    }
  }

  window.Mollie = function Mollie(profileId, options = {}) {
    if (typeof profileId !== "string" || !/^pfl_\w+$/.test(profileId)) {
      throw new Error("Mollie: the first argument must be a profile id (pfl_…).");
    }
    const instance = randomId();
    const locale = String(options.locale || document.documentElement.lang || "en_US").replace("-", "_");
    const created = new Map();

    return {
      createComponent(name, settings = {}) {
        if (!components.includes(name)) {
          throw new Error(`Mollie: there is no component ${name}.`);
        }
        if (created.has(name) && created.get(name).isMounted) {
          throw new Error(`Mollie: ${name} was already created.`);
        }
        if (name === "card" ? created.size > 0 && !created.has("card") : created.has("card")) {
          throw new Error("Mollie: card and the single fields cannot be mixed.");
        }
        const component = new Component(name, settings, instance, locale);
        created.set(name, component);
        return component;
      },

      // Resolves to {token}, or to {error: {message, field}}; it rejects only when the page is built wrongly.
      async createToken() {
        const mounted = [...created.values()].filter(component => component.isMounted);
        const names = mounted.map(component => component.name);
        if (!names.includes("card") && names.length !== 4) {
          throw new Error("Mollie: mount card, or all four fields, before asking for a token.");
        }
        // One frame asks the others, over a channel of their own origin; this page never sees what they hold.
        const spokesman = mounted.find(component => component.name === "card" || component.name === "cardNumber");
        const request = randomId();
        return new Promise(resolve => {
          const finish = answer => {
            removeEventListener("message", listen);
            clearTimeout(timer);
            resolve(answer);
          };
          const listen = event => {
            const data = event.data;
            if (event.origin === origin && event.source === spokesman.frame.contentWindow
              && data.instance === instance && data.type === "token" && data.request === request) {
              finish(data.token ? { token: data.token } : { error: data.error });
            }
          };
          const silence = locale.startsWith("it") ? "La carta non risponde. Riprova." : "No answer. Try again.";
          const timer = setTimeout(() => finish({ error: { message: silence, field: null } }), answerWithin);
          addEventListener("message", listen);
          spokesman.post({ type: "createToken", request, names });
        });
      },
    };
  };
})();
