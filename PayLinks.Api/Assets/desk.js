// The agent's shortcuts, and the number read back in groups. The newest card is the call that is going on.
(() => {
  'use strict';

  const phone = document.getElementById('phone');
  const readBack = document.getElementById('read-back');

  document.addEventListener('keydown', event => {
    if (event.key === '?' && !event.target.closest('input, select, textarea')) {
      event.preventDefault();
      document.getElementById('shortcuts').togglePopover();
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const letter = event.code.startsWith('Key') ? event.code[3].toLowerCase() : '';
    if (letter === 'n') {
      event.preventDefault();
      location.assign('/desk');
      return;
    }
    const target = letter && document.querySelector(`.desk-card [data-alt="${letter}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });

  function group() {
    const typed = phone.value.replace(/[^\d+]/g, '');
    readBack.replaceChildren();
    if (typed.replace('+', '').length < 6) return;
    const italian = typed.replace(/^(\+|00)39/, '');
    const groups = typed.startsWith('+') && !typed.startsWith('+39')
      ? typed.match(/\+?\d{1,3}/g)
      : [italian.slice(0, 3), italian.slice(3, 6), italian.slice(6)].filter(part => part);
    readBack.append(`${readBack.dataset.label} ${groups.join(' · ')}`);
    // Nine digits are a valid Italian mobile of old; today it is mostly a digit that got lost.
    if (/^3\d{8}$/.test(italian)) {
      const careful = document.createElement('span');
      careful.className = 'careful';
      careful.textContent = readBack.dataset.nine;
      readBack.append(careful);
    }
  }

  phone.addEventListener('input', group);
  group();
})();
