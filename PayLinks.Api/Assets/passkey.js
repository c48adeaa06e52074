// Asks the device for a passkey, to sign in or a new one, and posts what it gives with the form. Without it the form stays hidden.
(() => {
  'use strict';
  const form = document.querySelector('form[data-passkey], form[data-passkey-options]');
  if (!form || !window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;

  const fields = form.elements;
  const status = form.querySelector('[data-failed]');
  let asking = false;
  form.hidden = false;
  document.querySelector('[data-passkey-missing]')?.remove();
  // A page that the browser kept must ask anew: each answer is taken once.
  window.addEventListener('pageshow', () => { fields.credential.value = ''; });

  form.addEventListener('submit', async event => {
    if (fields.credential.value) return;
    event.preventDefault();
    // Not sent yet: whoever counts presses must not count this one.
    event.stopPropagation();
    if (asking) return;
    asking = true;
    status.textContent = '';
    try {
      const credential = await (form.dataset.passkeyOptions ? made(JSON.parse(form.dataset.passkeyOptions)) : given());
      fields.credential.value = JSON.stringify(credential);
      form.requestSubmit();
    } catch {
      status.textContent = status.dataset.failed;
    } finally {
      asking = false;
    }
  });

  function made(options) {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  }

  async function given() {
    const answer = await fetch(form.dataset.passkey, { credentials: 'same-origin' });
    const asked = await answer.json();
    fields.state.value = asked.state;
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked.options) });
  }
})();
