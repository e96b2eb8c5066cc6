// Sends photos to the computer: a queue that survives a bad network, and a list that only draws what is seen.
'use strict';
(() => {
  const setup = JSON.parse(document.getElementById('setup').textContent);
  const get = (id) => document.getElementById(id);
  const list = get('photos');

  /** Uploads at once; the computer takes no more from one phone. */
  const AT_ONCE = 2;
  /** A photo whose bytes do not move for so long is sent again. */
  const STILL_MS = 25000;
  /** Attempts that fail although the computer answers, before the person decides. */
  const TRIES = 5;
  const LONGEST_PAUSE_MS = 15000;
  const PREVIEWS = 200;
  /** The height of a row. */
  const ROW_REM = 5.4;

  const say = (key, values) =>
    setup.words[key].replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? values[name] : all));
  const count = (key, n, values) => say(`${key}.${n === 1 ? 'one' : 'many'}`, { n: number(n), ...values });
  const numbers = new Intl.NumberFormat(setup.language === 'es' ? 'es-MX' : setup.language, { useGrouping: true });
  const number = (n) => numbers.format(n);
  const size = (bytes) =>
    bytes < 1e6 ? `${number(Math.ceil(bytes / 1e3))} kB` : `${number(Math.round(bytes / 1e5) / 10)} MB`;

  // ---- the queue

  /** @type {{id: string, file: File, state: string, sent: number, code: string, tries: number, needs: number}[]}
   * `needs` is the height of its row in rem where its words are long; known once it was seen. */
  const photos = [];
  /** As they are shown: what was chosen last comes first, and in the order it was chosen in. */
  let in_sight = [];
  /** Those to send, in order; those before `head` are gone. Sent again goes first. */
  let queue = [];
  let head = 0;
  const counts = { waiting: 0, sending: 0, done: 0, known: 0, refused: 0 };
  const under_way = new Map();
  let lost = false;
  let over = '';
  let paused_until = 0;
  const session = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36)).join('');

  function move(photo, state, code) {
    counts[photo.state] -= 1;
    counts[state] += 1;
    photo.state = state;
    photo.code = code || '';
    photo.needs = 0;
    draw_soon();
  }

  function add(files) {
    const before = photos.length;
    for (const file of files) {
      const photo = { id: `${session}-${photos.length}`, file, state: 'waiting', sent: 0, code: '', tries: 0, needs: 0 };
      photos.push(photo);
      counts.waiting += 1;
      const no = file.size === 0 ? 'empty' : file.size > setup.most_bytes ? 'too-large' : '';
      if (no) move(photo, 'refused', no);
      else queue.push(photo);
    }
    in_sight = photos.slice(before).concat(in_sight);
    if (photos.length > before) send_more();
    draw_soon();
  }

  function again(photo) {
    photo.tries = 0;
    photo.sent = 0;
    move(photo, 'waiting');
    queue.push(photo);
  }

  function send_first(photo) {
    if (head > 0) queue[(head -= 1)] = photo;
    else queue.unshift(photo);
  }

  function send_more() {
    if (over || lost) return;
    const pause = paused_until - Date.now();
    if (pause > 0) {
      setTimeout(send_more, pause + 20);
      return;
    }
    while (under_way.size < AT_ONCE && head < queue.length) {
      const photo = queue[head];
      queue[head] = undefined;
      head += 1;
      send(photo);
    }
    if (head === queue.length) {
      queue = [];
      head = 0;
    }
  }

  /** A name as a header may carry it; half a character cannot be written so. */
  function plain(name) {
    try {
      return encodeURIComponent(name.slice(-200));
    } catch {
      return 'foto';
    }
  }

  function send(photo) {
    const request = new XMLHttpRequest();
    let settled = false;
    let watch = 0;
    const still = () => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), photo.sent < photo.file.size ? STILL_MS : 4 * STILL_MS);
    };
    const settle = (then) => () => {
      if (settled) return;
      settled = true;
      clearTimeout(watch);
      under_way.delete(photo);
      then();
      send_more();
      draw_soon();
    };
    request.open('POST', `${setup.door}/photos`);
    request.setRequestHeader('Content-Type', photo.file.type || 'application/octet-stream');
    request.setRequestHeader('X-Photo-Name', plain(photo.file.name));
    request.setRequestHeader('X-Photo-Id', photo.id);
    request.upload.onprogress = (event) => {
      photo.sent = event.loaded;
      still();
      draw_soon();
    };
    request.onload = settle(() => answered(photo, request));
    request.onerror = request.onabort = settle(() => broken(photo));
    under_way.set(photo, request);
    photo.sent = 0;
    move(photo, 'sending');
    still();
    request.send(photo.file);
  }

  function answered(photo, request) {
    let code = '';
    try {
      code = JSON.parse(request.responseText).code;
    } catch {
      // Somebody else answered: a router's page, perhaps.
    }
    photo.sent = photo.file.size;
    if (code === 'taken') move(photo, 'done');
    else if (code === 'duplicate') move(photo, 'known');
    else if (code === 'expired' || code === 'closed' || code === 'unknown-phone' || code === 'not-found') {
      wait_for(photo);
      end(code);
    } else if (code === 'busy' || code === 'wait') {
      wait_for(photo);
      paused_until = Date.now() + 1000 * (Number(request.getResponseHeader('Retry-After')) || 1);
    } else if (code && `refused-${code}` in setup.words) move(photo, 'refused', code);
    else broken(photo);
  }

  function wait_for(photo) {
    photo.sent = 0;
    move(photo, 'waiting');
    send_first(photo);
  }

  /** The network, most likely. The listener below finds out, and goes on when the computer answers. */
  function broken(photo) {
    photo.tries += 1;
    if (photo.tries >= TRIES) {
      move(photo, 'refused', 'cut');
    } else {
      wait_for(photo);
    }
    lose();
  }

  // ---- the computer

  let listening = null;
  let pause_ms = 500;
  let version = setup.version;
  let ends_at = performance.now() + setup.left_ms;

  function lose() {
    if (lost || over) return;
    lost = true;
    ask_now();
    draw_soon();
  }

  let wake = () => {};
  let ask = false;
  /** Asks the computer at once whether it is there. */
  function ask_now() {
    ask = true;
    pause_ms = 500;
    if (listening) listening.abort();
    wake();
  }

  async function listen() {
    while (!over) {
      const at_once = lost || ask;
      ask = false;
      listening = new AbortController();
      // A quiet answer comes after 20 s; on a line that was lost none ever does.
      const late = setTimeout(() => listening.abort(), at_once ? 5000 : 30000);
      try {
        const answer = await fetch(`${setup.door}/wait?seen=${at_once ? 0 : version}`, {
          cache: 'no-store',
          signal: listening.signal,
        });
        const news = await answer.json();
        if (answer.ok) hear(news);
        else if (news.code === 'wait') throw new Error(news.code);
        else end(news.code);
      } catch {
        if (ask) continue;
        if (performance.now() > ends_at) {
          end('expired');
          break;
        }
        lost = true;
        draw_soon();
        await new Promise((done) => {
          wake = done;
          setTimeout(done, pause_ms);
        });
        pause_ms = Math.min(pause_ms * 2, LONGEST_PAUSE_MS);
      } finally {
        clearTimeout(late);
        listening = null;
      }
    }
  }

  function hear(news) {
    version = news.version;
    ends_at = performance.now() + news.left_ms;
    get('title').textContent = news.title || say('page-untitled');
    pause_ms = 500;
    if (lost) {
      lost = false;
      draw_soon();
    }
    send_more();
  }

  function end(code) {
    if (over) return;
    over = code === 'expired' || code === 'closed' ? code : 'stranger';
    for (const request of under_way.values()) request.abort();
    get('take').disabled = true;
    get('pick').disabled = true;
    draw_soon();
  }

  addEventListener('online', ask_now);
  addEventListener('offline', () => {
    for (const request of under_way.values()) request.abort();
    lose();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask_now();
  });
  addEventListener('beforeunload', (event) => {
    if (!over && counts.waiting + counts.sending > 0) event.preventDefault();
  });

  // ---- the page

  const rows = new Map();
  let only_refused = false;
  let drawing = false;

  function draw_soon() {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      draw();
    });
  }

  function draw() {
    draw_notice();
    draw_summary();
    draw_list();
  }

  function draw_notice() {
    const key = over ? `over-${over}` : lost ? 'lost' : '';
    if (get('notice').dataset.key === key) return;
    get('notice').dataset.key = key;
    get('notice').hidden = !key;
    if (!key) return;
    get('notice-title').textContent = say(`${key}.title`);
    get('notice-text').textContent = say(`${key}.text`);
  }

  function draw_summary() {
    const all = photos.length;
    get('summary').hidden = all === 0;
    get('hint').hidden = all > 0;
    const arrived = counts.done + counts.known;
    const left = counts.waiting + counts.sending;
    let partly = 0;
    for (const photo of under_way.keys()) partly += photo.sent / photo.file.size;
    get('all').value = all ? (all - left + partly) / all : 0;
    get('all').hidden = left === 0;
    get('awake').hidden = left === 0 || Boolean(over);
    let text;
    if (left > 0 && over) text = count('summary-left', left);
    else if (left > 0) text = say('summary-going', { n: number(arrived), of: number(all) });
    else if (counts.refused === all) text = say('summary-none');
    else text = count('summary-done', arrived);
    put(get('summary-text'), text);
    get('only').hidden = counts.refused === 0;
    put(get('only'), only_refused ? say('page-show-all') : count('page-show-refused', counts.refused));
    const retried = over ? 0 : retriable().length;
    get('again').hidden = retried < 2;
    if (retried > 1) put(get('again'), count('page-all-again', retried));
    if (counts.refused === 0) only_refused = false;
  }

  const later = new Set([...setup.may_pass_later, 'cut']);
  const may_retry = (photo) => photo.state === 'refused' && later.has(photo.code);
  const retriable = () => (counts.refused ? photos.filter(may_retry) : []);

  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  /** Only the rows in sight, and a few around them, are there at all. */
  function draw_list() {
    const shown = only_refused ? in_sight.filter((photo) => photo.state === 'refused') : in_sight;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const height = (photo) => Math.max(ROW_REM, photo.needs) * rem;
    const top = scrollY - (list.getBoundingClientRect().top + scrollY);
    const from = top - 300;
    const to = top + innerHeight + 300;
    const seen = new Set();
    let at = 0;
    shown.forEach((photo, index) => {
      const tall = height(photo);
      if (at + tall >= from && at <= to) {
        seen.add(photo);
        place(photo, at, tall).setAttribute('aria-posinset', index + 1);
      }
      at += tall;
    });
    list.style.height = `${at}px`;
    for (const [photo, row] of rows) {
      if (seen.has(photo)) continue;
      row.item.remove();
      rows.delete(photo);
    }
  }

  function place(photo, at, tall) {
    let row = rows.get(photo);
    if (!row) {
      row = new_row(photo);
      rows.set(photo, row);
      list.append(row.item);
      preview(photo, row.canvas);
    }
    row.item.style.transform = `translateY(${at}px)`;
    row.item.style.height = `${tall}px`;
    const look = `${photo.state}/${photo.code}/${over}/${lost}`;
    if (row.look !== look) {
      row.look = look;
      row.item.className = photo.state;
      row.text.textContent = state_words(photo);
      row.icon.setAttribute('d', ICONS[photo.state]);
      row.progress.hidden = photo.state !== 'sending';
      row.again.hidden = !may_retry(photo) || Boolean(over);
      const needs = row.item.scrollHeight;
      if (needs > tall + 1) {
        // Without the padding below, which no browser counts where things overflow.
        photo.needs = needs / parseFloat(getComputedStyle(document.documentElement).fontSize) + 0.6;
        draw_soon();
      }
    }
    if (photo.state === 'sending') {
      row.progress.value = photo.sent / photo.file.size;
      put(row.text, state_words(photo));
    }
    row.item.setAttribute('aria-setsize', only_refused ? counts.refused : photos.length);
    return row.item;
  }

  const ICONS = {
    waiting: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z',
    sending: 'M12 19V6M6 11l6-6 6 6',
    done: 'M5 13l4.5 4.5L19 7',
    known: 'M5 13l4.5 4.5L19 7',
    refused: 'M12 4v10M12 18.5v.5',
  };

  function state_words(photo) {
    switch (photo.state) {
      case 'waiting':
        return say(over ? 'state-too-late' : lost ? 'state-waits-network' : 'state-waiting');
      case 'sending':
        return photo.sent < photo.file.size
          ? say('state-sending', { n: Math.floor((100 * photo.sent) / photo.file.size) })
          : say('state-keeping');
      case 'done':
        return say('state-done');
      case 'known':
        return say('refused-duplicate');
      default:
        return say(`refused-${photo.code}`, { size: size(setup.most_bytes) });
    }
  }

  function new_row(photo) {
    const make = (tag, name) => {
      const element = document.createElement(tag);
      if (name) element.className = name;
      return element;
    };
    const drawn = (tag) => document.createElementNS('http://www.w3.org/2000/svg', tag);
    const item = make('li');
    const canvas = make('canvas');
    canvas.width = canvas.height = 144;
    canvas.setAttribute('aria-hidden', 'true');
    const words = make('div', 'words');
    const name = make('p', 'name');
    name.textContent = `${photo.file.name} · ${size(photo.file.size)}`;
    const state = make('p', 'state');
    const svg = drawn('svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const icon = drawn('path');
    svg.append(icon);
    const text = make('span');
    state.append(svg, text);
    const progress = make('progress');
    progress.max = 1;
    progress.setAttribute('aria-label', photo.file.name);
    words.append(name, state, progress);
    const button = make('button', 'again');
    button.type = 'button';
    button.textContent = say('page-again');
    button.addEventListener('click', () => {
      again(photo);
      send_more();
    });
    item.append(canvas, words, button);
    return { item, canvas, text, icon, progress, again: button, look: '' };
  }

  // ---- previews: one at a time, small, and only of what is in sight

  const previews = new Map();
  const wanted = [];
  let previewing = false;

  function preview(photo, canvas) {
    const known = previews.get(photo);
    if (known) {
      paint(canvas, known);
      return;
    }
    wanted.push([photo, canvas]);
    preview_next();
  }

  async function preview_next() {
    if (previewing) return;
    previewing = true;
    while (wanted.length) {
      const [photo, canvas] = wanted.pop();
      if (!canvas.isConnected) continue;
      if (photo.file.size > setup.most_bytes || !window.createImageBitmap) continue;
      try {
        const whole = await createImageBitmap(photo.file, { resizeHeight: 216, resizeQuality: 'medium' });
        if (previews.size >= PREVIEWS) {
          const [oldest, bitmap] = previews.entries().next().value;
          bitmap.close();
          previews.delete(oldest);
        }
        previews.set(photo, whole);
        paint(canvas, whole);
      } catch {
        // This browser cannot show it; the computer may.
      }
    }
    previewing = false;
  }

  function paint(canvas, bitmap) {
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    canvas.getContext('2d').drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
  }

  // ---- hands

  for (const id of ['take', 'pick']) {
    get(id).addEventListener('change', (event) => {
      add(event.target.files);
      // The same photo may be chosen another time.
      event.target.value = '';
    });
  }
  get('again').addEventListener('click', () => {
    retriable().forEach(again);
    send_more();
  });
  get('only').addEventListener('click', () => {
    only_refused = !only_refused;
    get('only').setAttribute('aria-pressed', String(only_refused));
    draw_soon();
  });
  addEventListener('scroll', draw_soon, { passive: true });
  addEventListener('resize', draw_soon);
  draw();
  listen();
})();
