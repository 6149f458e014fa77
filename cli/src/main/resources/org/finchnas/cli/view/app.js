'use strict';
/* The page of a run: live from its server, or still, from what the file holds. */

/** A run's data over HTTP. */
class LiveSource {
  live = true;

  async get(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  all() { return this.get('api/run'); }

  details(number) { return this.get('api/candidates/' + number); }

  drawing(number) { return `api/candidates/${number}/cells.svg`; }

  file(file) { return `models/${file.folder}/${file.name}`; }

  async post(path) {
    const answer = await fetch(path, { method: 'POST', headers: { 'Finch-Dashboard': '1' } });
    const said = await answer.text();
    if (!answer.ok) tell(said);
    return said;
  }
}

/** A run's data from the page itself. */
class StillSource {
  live = false;

  constructor(data) { this.data = data; }

  async all() { return this.data; }

  async details(number) {
    const details = this.data.details[number];
    if (details) return details;
    throw new Error('This file holds the details of the front and what it descends from. finch dashboard shows them of all candidates.');
  }

  drawing(number) { return this.data.drawings[number]; }

  file(file) { return `../models/${file.folder}/${file.name}`; }
}

const held = byId('run-data');
const source = held ? new StillSource(JSON.parse(held.textContent)) : new LiveSource();
const frontChart = new FrontChart(byId('front-chart'), choose);
const growthChart = new GrowthChart(byId('growth-chart'));
const table = new CandidateTable(choose);
const panel = new CandidatePanel(source, choose);
let run = null;
let place = '';
let due = false;
let stale = false;

function take(data) {
  run = { head: data.run, scores: data.run.scores, candidates: data.candidates, byNumber: new Map(data.candidates.map(each => [each.number, each])) };
  place = data.place;
  takeStatus(data.status);
  document.title = run.head.name + ' · Finch';
  byId('name').textContent = run.head.name;
  byId('about').textContent = [run.head.provenance.dataSet, run.head.strategy, 'seed ' + run.head.seed].join(' · ');
  byId('foot').textContent = `Finch ${run.head.provenance.version} · ${run.head.provenance.numericClass} · ${run.head.provenance.cpu} · ${run.head.folder}`;
  byId('export').hidden = false;
  costs();
  rungs();
}

function takeStatus(status) {
  run.status = status;
  run.front = new Set(status.front);
  run.baselines = status.baselines;
}

function costs() {
  const costs = run.scores.filter(score => score.name !== 'validationAccuracy');
  const known = byId('cost').value;
  byId('cost').replaceChildren(...costs.map(score => element('option', { value: score.name }, Format.name(score))));
  if (known) byId('cost').value = known;
}

/** With several fidelities the highest that has a candidate is shown first. */
function rungs() {
  const field = byId('rung');
  field.replaceChildren(...run.head.rungs.map((name, index) => element('option', { value: String(index) }, name)));
  byId('rung-field').hidden = run.head.rungs.length < 2;
  field.value = String(run.candidates.reduce((highest, each) => (each.scores ? Math.max(highest, each.rung) : highest), 0));
}

function choose(number, by) {
  const candidate = run.byNumber.get(number);
  if (!candidate) return;
  frontChart.select(candidate);
  table.select(number);
  byId('said').textContent = `#${number}: ` + (candidate.scores ? frontChart.label(candidate).join(', ') : 'failed, ' + candidate.failed);
  const shown = panel.show(run, number, by);
  if (by === 'open') shown.then(() => byId('candidate-title').focus());
}

/** Draws at most a few times a second, however fast results come; charts and table only where they changed. */
function drawSoon(everything) {
  stale = stale || everything;
  if (due) return;
  due = true;
  setTimeout(() => requestAnimationFrame(() => {
    due = false;
    if (stale) draw();
    else drawStatus();
  }), 150);
}

function drawStatus() {
  header();
  facts();
  workers();
}

function draw() {
  stale = false;
  drawStatus();
  frontChart.show(run, byId('cost').value, Number(byId('rung').value));
  growthChart.show(run, byId('growth-over').value);
  growthNote();
  failures();
  baselines();
  table.show(run);
}

function header() {
  const { phase, told } = run.status;
  const budget = run.head.budget.evaluations;
  const chip = byId('phase');
  chip.textContent = phase;
  chip.className = 'chip ' + phase;
  byId('bar').style.width = Math.min(100, (100 * told) / budget) + '%';
  const progress = byId('progress');
  progress.setAttribute('aria-valuemax', budget);
  progress.setAttribute('aria-valuenow', told);
  byId('pause').hidden = !source.live || phase !== 'searching';
  byId('resume').hidden = !source.live || !(phase === 'paused' || phase === 'stopped');
  byId('stop').hidden = !source.live || !(phase === 'searching' || phase === 'paused' || phase === 'finishing');
  if (run.status.problem) tell(run.status.problem);
  else if (run.problem) quiet();
  run.problem = run.status.problem;
}

function fact(name, value, more) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, value, more ? element('small', {}, more) : null));
}

function facts() {
  const { status, head, candidates } = run;
  const best = status.front.map(number => run.byNumber.get(number)).filter(Boolean)[0];
  const failed = candidates.filter(each => each.failed).length;
  const duplicates = candidates.filter(each => each.duplicateOf !== undefined).length;
  const running = status.phase === 'searching';
  const since = running && status.since ? Math.max(0, Date.now() - status.since) / 1000 : 0;
  const steps = status.hypervolume.steps;
  byId('facts').replaceChildren(
    fact('best accuracy', best ? Format.percent(best.scores[0]) : '–', best ? '#' + best.number : null),
    fact('on the front', String(status.front.length), `of ${Format.count(candidates.length - failed - duplicates)} trained`),
    fact('evaluations', Format.count(status.told), 'of ' + Format.count(head.budget.evaluations) + (duplicates ? `, ${duplicates} ${duplicates === 1 ? 'duplicate' : 'duplicates'}` : '')),
    fact('hypervolume', steps.length ? Format.percent(steps[steps.length - 1][2]) : '–', 'of the box'),
    fact('time so far', Format.duration(status.elapsed), Format.duration(status.slotSeconds) + ' of training'),
    fact('time left', status.phase === 'finished' ? 'none' : status.left === undefined ? '–' : Format.duration(Math.max(0, status.left - since)), status.perMinute ? `${status.perMinute.toFixed(1)} a minute` : null),
    fact('images trained', status.trainedImages ? Format.rounded(status.trainedImages) : '–', null),
    fact('failed', String(failed), failed ? `${((100 * failed) / candidates.length).toFixed(1)} % of all` : null));
}

function growthNote() {
  const reference = run.status.hypervolume.reference;
  const corner = Object.entries(reference).map(([name, value]) => {
    const score = run.scores.find(each => each.name === name);
    return `${Format.shortName(score)} ${Format.score(score, value)}`;
  });
  byId('growth-note').textContent = 'Hypervolume: the share that the front dominates of the box between ' + corner.join(', ') + ' and the ideal.';
}

function workers() {
  const { status } = run;
  const body = byId('workers-body');
  if (status.workers.length === 0) {
    const idle = element('p', { class: 'muted' }, status.process ? 'Nobody trains at the moment.' : 'No process works on the run.');
    body.replaceChildren(source.live ? idle : '', doneWhere());
    return;
  }
  body.replaceChildren(element('ul', { class: 'plain' }, ...status.workers.map(worker => element('li', {},
    element('strong', {}, worker.name), ' ', worker.host ? element('span', { class: 'muted' }, `${worker.host} · ${worker.device}`) : null,
    worker.silent ? element('span', { class: 'tag bad' }, `silent for ${worker.silent} s`) : null,
    element('div', { class: 'small' }, doing(worker)), meter(worker)))), doneWhere());
}

function doing(worker) {
  if (worker.candidate !== undefined) return `#${worker.candidate}, ${worker.epochs} of ${worker.of} epochs`;
  if (worker.slots === 0) return 'getting ready';
  const work = worker.work && worker.work.length ? ': ' + worker.work.join('; ') : '';
  return `${worker.busy} of ${worker.slots} slots busy, ${worker.done} done${work}`;
}

function meter(worker) {
  const bar = element('div', {});
  const share = worker.candidate === undefined ? worker.busy / Math.max(1, worker.slots) : worker.epochs / worker.of;
  bar.style.width = Math.min(100, 100 * share) + '%';
  return element('div', { class: 'meter', 'aria-hidden': 'true' }, bar);
}

/** What each process delivered, from the log. */
function doneWhere() {
  const done = new Map();
  for (const each of run.candidates) {
    if (!each.where) continue;
    const entry = done.get(each.where) || { count: 0, seconds: 0 };
    entry.count++;
    entry.seconds += each.took;
    done.set(each.where, entry);
  }
  if (done.size === 0) return '';
  const sorted = [...done].sort((a, b) => b[1].count - a[1].count);
  const rows = sorted.slice(0, 8).map(([where, entry]) => element('tr', {}, element('td', { class: 'left' }, where), element('td', {}, Format.count(entry.count)), element('td', {}, Format.duration(entry.seconds / entry.count))));
  const more = sorted.length > 8 ? element('p', { class: 'muted small' }, `and ${sorted.length - 8} more processes`) : '';
  return element('div', { class: 'wide' }, element('table', {}, element('thead', {}, element('tr', {}, element('th', { class: 'left', scope: 'col' }, 'process'), element('th', { scope: 'col' }, 'evaluations'), element('th', { scope: 'col' }, 'each took'))), element('tbody', {}, ...rows)), more);
}

function failures() {
  const reasons = new Map();
  for (const each of run.candidates) {
    if (!each.failed) continue;
    if (!reasons.has(each.failed)) reasons.set(each.failed, []);
    reasons.get(each.failed).push(each);
  }
  const items = [...reasons].sort((a, b) => b[1].length - a[1].length).map(([reason, failed]) => {
    const last = failed[failed.length - 1];
    const link = element('button', { type: 'button', class: 'link' }, '#' + last.number);
    link.addEventListener('click', () => choose(last.number, 'open'));
    return element('li', {}, element('strong', {}, reason), ` ${failed.length}`, element('p', { class: 'muted small' }, 'last ', link, ': ' + last.message));
  });
  byId('failures-body').replaceChildren(items.length ? element('ul', { class: 'plain' }, ...items) : element('p', { class: 'muted' }, 'None.'));
}

function baselines() {
  byId('baselines').hidden = run.baselines.length === 0;
  byId('legend-baselines').hidden = !run.baselines.some(each => each.scores);
  const head = element('tr', {}, element('th', { class: 'left', scope: 'col' }, 'network'), ...run.scores.map(score => element('th', { scope: 'col' }, Format.shortName(score))));
  const rows = run.baselines.map(each => element('tr', {}, element('td', { class: 'left' }, each.name),
    ...(each.scores ? run.scores.map((score, index) => element('td', {}, Format.score(score, each.scores[index]))) : [element('td', { class: 'words', colSpan: run.scores.length }, each.failed + ': ' + each.message)])));
  byId('baselines-body').replaceChildren(element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
}

function tell(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = false;
}

function quiet() {
  byId('notice').hidden = true;
}

/** What of a status charts and table are drawn from. */
function drawnFrom(status) {
  return JSON.stringify([status.told, status.front, status.hypervolume, status.baselines]);
}

/** Follows what the server sends; a browser connects again by itself. */
function follow() {
  const events = new EventSource('api/events?after=' + place);
  events.addEventListener('told', event => {
    for (const each of JSON.parse(event.data)) {
      if (run.byNumber.has(each.number)) continue;
      run.candidates.push(each);
      run.byNumber.set(each.number, each);
    }
    drawSoon(true);
  });
  events.addEventListener('status', event => {
    const before = drawnFrom(run.status);
    takeStatus(JSON.parse(event.data));
    drawSoon(drawnFrom(run.status) !== before);
  });
  events.addEventListener('anew', () => {
    events.close();
    setTimeout(load, 500);
  });
  events.onopen = quiet;
  events.onerror = () => {
    byId('phase').textContent = 'not connected';
    byId('phase').className = 'chip lost';
  };
}

async function load() {
  try {
    take(await source.all());
    draw();
    if (source.live) follow();
  } catch (failure) {
    tell('The run could not be read: ' + failure.message);
  }
}

async function control(action) {
  for (const id of ['pause', 'resume', 'stop']) byId(id).disabled = true;
  try {
    quiet();
    byId('said').textContent = await source.post('api/control/' + action);
  } catch (failure) {
    tell(failure.message);
  } finally {
    for (const id of ['pause', 'resume', 'stop']) byId(id).disabled = false;
  }
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  remember(root.dataset.theme);
  recolor();
}

/** Files opened from disk may have no storage. */
function remember(chosen) {
  try {
    localStorage.setItem('theme', chosen);
  } catch (refused) {
    return;
  }
}

function recall() {
  try {
    const chosen = localStorage.getItem('theme');
    if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
  } catch (refused) {
    return;
  }
}

function recolor() {
  if (!run) return;
  draw();
  panel.redraw();
}

function savePicture() {
  const chart = byId('front-chart');
  const picture = element('canvas', { width: chart.width, height: chart.height });
  const pen = picture.getContext('2d');
  pen.fillStyle = Colors.of('card');
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(chart, 0, 0);
  element('a', { href: picture.toDataURL('image/png'), download: run.head.name + '-front.png' }).click();
}

recall();
byId('theme').addEventListener('click', theme);
byId('picture').addEventListener('click', savePicture);
for (const id of ['pause', 'resume', 'stop']) byId(id).addEventListener('click', () => control(id));
for (const id of ['cost', 'rung', 'growth-over']) byId(id).addEventListener('input', () => run && draw());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolor);
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') byId('export').open = false;
});
if (source.live) setInterval(() => run && run.status.phase === 'searching' && facts(), 1000);
load();
