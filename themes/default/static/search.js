// The search box: shown only where scripts run, and nothing more is loaded before somebody uses it.
(() => {
  'use strict';
  const template = document.querySelector('template[data-search]');
  if (!template || !template.content || !String.prototype.normalize) return;
  const settings = template.dataset;
  const box = document.importNode(template.content, true).firstElementChild;
  const input = box.querySelector('input');
  const status = box.querySelector('[role=status]');
  let state = 'idle';

  const load = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = settings.root + file;
      script.async = false;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });

  const start = () => {
    if (state !== 'idle') return;
    state = 'busy';
    status.textContent = settings.loading;
    Promise.all(settings.files.split(' ').map(load))
      .then(() => self.congbo.attach(box, settings))
      .catch(() => {
        state = 'idle';
        status.textContent = settings.failed;
      });
  };

  input.addEventListener('focus', start);
  input.addEventListener('input', start);
  box.addEventListener('submit', (event) => event.preventDefault());
  template.replaceWith(box);
})();
