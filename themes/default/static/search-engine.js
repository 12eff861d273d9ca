// Searches the index of the site. Needs MiniSearch and the index; the first half knows nothing of the page.
(() => {
  'use strict';
  const congbo = (self.congbo = self.congbo || {});
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const SHOWN = 20;
  const OWN = 5;
  const WEIGHTS = { page: 1, field: 1, agency: 1.2, procedure: 1, process: 0.7, law: 0.8 };

  // Of documents that share a number and a year, those of a higher authority first: laws, decrees, decisions of the Prime
  // Minister, circulars, then what ministries and provinces decide.
  const AUTHORITIES = [/\/(QH|PL-|UBTVQH)/, /\/(NĐ|NQ)-CP/, /-TTg/, /\/(TTLT|TT)-/];
  const authority = (number) => {
    const at = AUTHORITIES.findIndex((pattern) => pattern.test(number));
    return 1.5 ** (AUTHORITIES.length - (at < 0 ? AUTHORITIES.length : at));
  };

  // The same letters as `domain::fold` of the generator gives: addresses are made of them.
  const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[đð]/g, 'd');

  // The same address as `domain::slug` of the generator makes.
  const slug = (text, longest) => {
    let made = fold(text).replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-/, '');
    if (made.length > longest) {
      made = made.slice(0, longest);
      const end = made.lastIndexOf('-');
      if (end > Math.floor(longest / 2)) made = made.slice(0, end);
    }
    return made.replace(/-+$/, '');
  };

  // People write "kỹ" and "kĩ", "07/2014" and "7/2014".
  const same = (word) => word.replace(/y/g, 'i').replace(/^0+(?=\d)/, '');
  const words = (text) => fold(text).split(/[^a-z0-9]+/).filter(Boolean).map(same);

  // A word with its marks, its tone at the end: "hoà" and "hòa" are the same.
  const marked = (text) =>
    text.toLowerCase().normalize('NFD').split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean)
      .map((word) => word.replace(/y/g, 'i').replace(TONES, '') + (word.match(TONES) || []).join(''));

  const key = (code) => (/^\d/.test(code.slice(8)) ? code : code.slice(0, 8));

  // Everything that can be found.
  const entries = (index, own) => {
    const found = [];
    const add = (kind, title, href, about, note, more = {}) => {
      const state = more.isEnded ? index.ended[kind] : '';
      found.push({ kind, title, href, about, note: [index.kinds[kind], ...note, state].filter(Boolean), ...more });
    };
    const ranks = new Set();
    let rank = -1;
    for (const step of own ? own.steps : []) ranks.add((rank += step));
    for (const page of own ? own.pages : []) add(page[0], page[2], own.base + page[1], page[3] || '', [], { isOwn: true });
    for (const page of index.pages) add(page[0], page[2], page[1], page[3] || '', []);
    for (const [id, name, short, isEnded] of index.agencies) add('agency', name, `co-quan/${id}/index.html`, short, [], { isEnded });
    const { codes, names, fields, ended, keywords } = index.procedures;
    const over = new Set(ended);
    names.forEach((name, at) => {
      const isOwn = ranks.has(at);
      const folder = `thu-tuc/${key(codes[at])}-${slug(name, 60)}/index.html`;
      const field = index.fields[fields[at]];
      add('procedure', name, (isOwn ? own.base : '') + folder, `${field} ${keywords[at] || ''} ${codes[at]}`, [codes[at], field], { code: codes[at], isOwn, isEnded: over.has(at) });
    });
    const { numbers, titles, hrefs } = index.law;
    const overLaw = new Set(index.law.ended);
    numbers.forEach((number, at) => {
      const folder = slug(slug(number, Infinity).replace(/^0+/, ''), 60);
      add('law', number, hrefs ? hrefs[at] : `van-ban/${folder}/index.html`, titles[at], [titles[at]], { isEnded: overLaw.has(at) });
    });
    return found;
  };

  // Finds entries: `find(text)` gives the best first.
  congbo.searcher = (index, own, MiniSearch) => {
    const long = new Map(Object.entries(index.abbreviations).map(([short, meanings]) => [same(short), meanings.map(words)]));
    const spelled = (list) => list.concat(...list.filter((word) => long.has(word)).map((word) => long.get(word).flat()));
    const all = entries(index, own);
    const titles = all.map((entry) => words(entry.title));
    const plain = titles.map((title) => title.join(' ').replace(/^thu tuc (?!hanh chinh)/, ''));
    const engine = new MiniSearch({ fields: ['title', 'about'], tokenize: (text) => text.split(' '), processTerm: (word) => word });
    const documents = all.map((entry, id) => ({ id, title: spelled(titles[id]).join(' '), about: spelled(words(entry.about)).join(' ') }));
    const ready = engine.addAllAsync(documents, { chunkSize: 400 });

    const known = new Set(documents.flatMap((one) => [...one.title.split(' '), ...one.about.split(' ')]));
    const list = [...known];
    const isKnown = (word, isLast) => known.has(word) || (isLast && list.some((one) => one.startsWith(word)));

    // Two letters changed places: "sihn".
    const swapped = (word) =>
      [...word.slice(1)].map((_, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)).filter((one) => known.has(one));

    // Only a word that nothing has is taken for a slip, unless `isLax`.
    const query = (asked, isTyping, isLax) =>
      asked.map((word, at) => {
        const isLast = isTyping && at === asked.length - 1;
        const isSlip = word.length > 2 && !/\d/.test(word) && (isLax || !isKnown(word, isLast));
        const meanings = (long.get(word) || []).map((meaning) => ({ combineWith: 'AND', queries: meaning }));
        const leaf = { queries: [word], prefix: isLast, fuzzy: isSlip && word.length > 3 ? 1 : false };
        return { combineWith: 'OR', queries: [leaf, ...(isSlip ? swapped(word) : []), ...meanings] };
      });
    const ask = (queries, combineWith) => engine.search({ combineWith, queries }, { boost: { title: 3 }, weights: { fuzzy: 0.2, prefix: 0.5 } });

    // What was typed as part of a code: `1.0011`, `001193`, `1.001193.000.00.00.H55`.
    const byCode = (text) => {
      const digits = text.replace(/\D/g, '');
      if (!/^[\d.\s]+[a-z\d.]*$/i.test(text) || digits.length < 3) return [];
      const fits = (code) => code.startsWith(digits) || digits.startsWith(code) || code.startsWith(digits, 1);
      const ids = [...all.keys()].filter((id) => all[id].code && fits(key(all[id].code).replace('.', '')));
      const isSure = text.includes('.') || text.startsWith('0') || digits.length > 4;
      return ids.map((id) => ({ id, score: (isSure ? 1000 : 1) * (all[id].isOwn ? OWN : 1) }));
    };

    const factor = (id, phrases, signs) => {
      const entry = all[id];
      let times = WEIGHTS[entry.kind] * (entry.isOwn ? OWN : 1) * (entry.isEnded ? 0.3 : 1);
      if (entry.kind === 'law' && phrases.some((phrase) => /^\d+ \d{4}$/.test(phrase))) times *= authority(entry.title);
      const closeness = (phrase) => {
        if (plain[id] === phrase) return 8;
        if (plain[id].startsWith(`${phrase} `)) return 2.5;
        return ` ${plain[id]} `.includes(` ${phrase} `) ? 1.6 : 1;
      };
      times *= Math.max(...phrases.map(closeness));
      if (signs.length > 0) {
        const own = marked(`${entry.title} ${entry.about}`);
        times *= 0.5 + signs.filter((sign) => own.includes(sign)).length / signs.length;
      }
      return times;
    };

    // Words run together, as phones do: "khaisinh".
    const joined = (asked) => {
      const run = asked.join('');
      if (run.length < 5) return [];
      return [...plain.keys()].filter((id) => plain[id].replace(/ /g, '').includes(run)).map((id) => ({ id, score: 1 / plain[id].length }));
    };

    const find = (text) => {
      const asked = words(text);
      if (asked.length === 0 || (asked.length === 1 && asked[0].length < 2)) return null;
      const isTyping = !/\s$/.test(text);
      let found = ask(query(asked, isTyping), 'AND');
      if (found.length === 0) found = ask(query(asked, isTyping, true), 'AND');
      if (found.length === 0) found = joined(asked);
      if (found.length === 0) found = ask(query(asked, isTyping), 'OR').filter((one) => one.queryTerms.length * 2 >= asked.length);
      const phrases = [asked.join(' ').replace(/^thu tuc (?!hanh chinh)/, ''), asked.map((word) => (long.has(word) ? long.get(word)[0].join(' ') : word)).join(' ')];
      const signs = marked(text).filter((word) => /[^a-z0-9]/.test(word));
      const scores = new Map(found.map(({ id, score }) => [id, score * factor(id, phrases, signs)]));
      for (const { id, score } of byCode(text.trim())) scores.set(id, Math.max(score, scores.get(id) || 0));
      // What nobody carries out any more comes after everything that somebody does.
      const isOver = (id) => Number(all[id].kind === 'procedure' && all[id].isEnded);
      const order = ([left, ofLeft], [right, ofRight]) => isOver(left) - isOver(right) || ofRight - ofLeft || left - right;
      return [...scores].sort(order).map(([id]) => all[id]);
    };
    return { ready, find };
  };
  congbo.entries = entries;

  // One result as an item of the list. Its texts never become markup.
  const item = (entry, settings) => {
    const made = document.createElement('li');
    const link = document.createElement('a');
    link.href = /^https:/.test(entry.href) ? entry.href : settings.root + entry.href;
    link.textContent = entry.title;
    const note = document.createElement('span');
    note.className = 'small';
    note.textContent = entry.note.join(' · ');
    made.append(link, ' ', note);
    return made;
  };

  const told = (count, settings) => {
    if (count === 0) return settings.none;
    return (count > SHOWN ? settings.first : settings.count).replace('{count}', count.toLocaleString('vi')).replace('{shown}', SHOWN);
  };

  // Makes the box of a page search as one types.
  congbo.attach = async (box, settings) => {
    const [input, status, list] = ['input', '[role=status]', 'ol'].map((selector) => box.querySelector(selector));
    const searcher = congbo.searcher(congbo.index, congbo.own, self.MiniSearch);
    await searcher.ready;
    let later = 0;
    const show = () => {
      const found = searcher.find(input.value);
      list.replaceChildren(...(found || []).slice(0, SHOWN).map((entry) => item(entry, settings)));
      clearTimeout(later);
      // A reader is told once one stops typing, not at every letter.
      later = setTimeout(() => (status.textContent = found ? told(found.length, settings) : ''), 300);
    };
    const links = () => [...list.querySelectorAll('a')];
    const go = (event, to) => {
      if (!to) return;
      event.preventDefault();
      to.focus();
    };
    input.addEventListener('input', show);
    box.addEventListener('submit', (event) => go(event, links()[0]));
    input.addEventListener('keydown', (event) => event.key === 'ArrowDown' && go(event, links()[0]));
    list.addEventListener('keydown', (event) => {
      const at = links().indexOf(document.activeElement);
      if (event.key === 'ArrowDown') go(event, links()[at + 1]);
      if (event.key === 'ArrowUp') go(event, links()[at - 1] || input);
      if (event.key === 'Escape') go(event, input);
    });
    show();
  };
})();
