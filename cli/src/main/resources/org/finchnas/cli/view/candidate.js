'use strict';
/* All that is known of one candidate. */

class CandidatePanel {
  constructor(source, choose) {
    this.source = source;
    this.choose = choose;
    this.body = byId('candidate-body');
    this.number = null;
    this.curve = null;
    this.from = byId('front-chart');
    byId('back').addEventListener('click', () => this.from.focus());
  }

  /** Whoever opens a candidate finds the way back to where it was chosen. */
  async show(run, number, by) {
    this.run = run;
    const chosenIn = document.activeElement;
    if (chosenIn === byId('rows') || by === 'table') this.from = byId('rows');
    else if (by === 'chart' || chosenIn === byId('front-chart')) this.from = byId('front-chart');
    byId('back').textContent = this.from.id === 'rows' ? 'Back to the table' : 'Back to the chart';
    this.number = number;
    let details;
    try {
      details = await this.source.details(number);
    } catch (failure) {
      this.fail(number, failure);
      return;
    }
    // Another may have been chosen while this one was fetched.
    if (this.number === number) this.fill(details);
  }

  fail(number, failure) {
    byId('candidate-title').textContent = '#' + number;
    this.body.replaceChildren(element('p', { class: 'muted' }, failure.message));
  }

  redraw() {
    if (this.details) this.fill(this.details);
  }

  fill(details) {
    this.details = details;
    byId('candidate-title').textContent = 'Candidate #' + details.number;
    byId('back').hidden = false;
    if (this.curve) this.curve.destroy();
    this.curve = null;
    this.body.replaceChildren(
      ...this.facts(details), ...this.drawing(details), ...this.learning(details), ...this.lineage(details), ...this.files(details), ...this.commands(details));
    const canvas = this.body.querySelector('canvas');
    if (canvas) this.curve = curveChart(canvas, details.curve);
  }

  facts(details) {
    const scores = details.scores ? this.run.scores.map((score, index) => [Format.name(score), Format.score(score, details.scores[index])]) : [];
    const fidelity = details.fidelity;
    const start = details.start;
    const facts = pairs([
      ...scores,
      ['failed', details.failed ? element('span', { class: 'down' }, details.failed) : null],
      ['same as', details.duplicateOf === undefined ? null : this.link(details.duplicateOf)],
      ['trained', `${fidelity.epochs} epochs` + (fidelity.images ? ` of ${Format.count(fidelity.images)} images` : '') + (fidelity.resolution ? `, ${fidelity.resolution}×${fidelity.resolution}` : '')],
      ['trained for use', details.trained ? `${details.trained.fidelity.epochs} epochs: validation ${Format.percent(details.trained.validationAccuracy)}, test ${Format.percent(details.trained.testAccuracy)}` : null],
      ['weights at first', start ? element('span', {}, start.kind + ' from ', this.link(start.number), details.inheritedShare ? `, ${Format.percent(details.inheritedShare)}` : '') : 'fresh'],
      ['took', details.took === undefined ? null : Format.duration(details.took)],
      ['where', details.where],
      ['id', element('span', { class: 'mono' }, details.id)],
    ]);
    return details.failed ? [facts, element('p', { class: 'notice' }, details.message)] : [facts];
  }

  drawing(details) {
    if (!details.drawn) return [];
    const address = this.source.drawing(details.number);
    if (!address) return [];
    const picture = element('img', { src: address, alt: 'Normal and reduction cell: ' + details.architecture, loading: 'lazy' });
    const paper = address.startsWith('data:') ? element('div', { class: 'paper' }, picture)
      : element('a', { class: 'paper', href: address, target: '_blank', rel: 'noopener', title: 'Open the drawing' }, picture);
    return [element('h3', {}, 'Cells'), paper];
  }

  learning(details) {
    if (details.curve.length === 0) return [];
    const last = details.curve[details.curve.length - 1];
    const canvas = element('canvas', { role: 'img', 'aria-label': `Learning curve of ${details.curve.length} epochs` + (last[1] === null ? '' : `, at the end ${Format.percent(last[1])}`) });
    return [element('h3', {}, 'Learning curve'), element('div', { class: 'plot low' }, canvas)];
  }

  link(number) {
    const link = element('button', { type: 'button', class: 'link' }, '#' + number);
    link.addEventListener('click', () => this.choose(number, 'open'));
    return link;
  }

  lineage(details) {
    const items = details.lineage.map((each, index) => {
      const before = details.lineage[index + 1];
      return element('li', {},
        index === 0 ? element('strong', {}, '#' + each.number) : this.link(each.number),
        ' ', each.scores ? Format.percent(each.scores[0]) : 'failed', ' ',
        ...this.gains(each, before),
        element('p', {}, each.changes.join('; ')));
    });
    const founders = details.lineage.length - 1;
    return [element('h3', {}, founders === 0 ? 'Lineage: a founder' : `Lineage: ${founders} ${founders === 1 ? 'step' : 'steps'} from its founder`), element('ol', { class: 'lineage' }, ...items)];
  }

  /** What a step gained in the objectives; better is green, whichever way the objective goes. */
  gains(each, before) {
    if (!before || !before.scores || !each.scores) return [];
    return this.run.scores.flatMap((score, index) => {
      if (!score.objective || each.scores[index] === null || before.scores[index] === null) return [];
      const difference = each.scores[index] - before.scores[index];
      const better = score.maximize ? difference > 0 : difference < 0;
      const style = difference === 0 ? 'muted' : better ? 'up' : 'down';
      const unit = score.unit === '' ? '' : ' ' + Format.shortName(score);
      return [element('span', { class: style }, Format.gain(score, difference) + unit), ' '];
    });
  }

  files(details) {
    const files = details.files || [];
    const list = element('ul', { class: 'files' }, ...files.map(file => {
      const address = this.source.file(file);
      const name = address ? element('a', { href: address, download: file.name }, file.name) : file.name;
      const verified = file.verified === undefined ? null : element('span', { class: file.verified ? 'tag' : 'tag bad' }, file.verified ? 'verified' : 'not verified');
      const latency = file.latencyMillis === undefined ? '' : `, ${file.latencyMillis.toFixed(2)} ms (${file.runtime})`;
      return element('li', {}, name, ' ', verified, ' ', element('span', { class: 'muted' }, Format.bytes(file.bytes) + latency));
    }));
    return [element('h3', {}, 'Files'), files.length ? list : element('p', { class: 'muted small' }, 'None is exported yet.'), ...this.exporting(details)];
  }

  exporting(details) {
    if (!this.source.live || details.failed) return [];
    const job = details.export || {};
    const button = element('button', { type: 'button', disabled: job.state === 'running' }, job.state === 'running' ? 'Exporting and verifying…' : 'Export as ONNX, TFLite and Core ML');
    button.addEventListener('click', async () => {
      button.disabled = true;
      button.textContent = 'Exporting and verifying…';
      await this.source.post(`api/candidates/${details.number}/export`);
      this.followExport(details.number);
    });
    if (job.state === 'running') this.followExport(details.number);
    const failed = job.state === 'failed' ? element('p', { class: 'notice' }, job.message) : null;
    return [element('p', {}, button), failed].filter(Boolean);
  }

  followExport(number) {
    clearTimeout(this.following);
    this.following = setTimeout(async () => {
      if (this.number !== number) return;
      const details = await this.source.details(number);
      if (details.export && details.export.state === 'running') this.followExport(number);
      else if (this.number === number) this.fill(details);
    }, 1000);
  }

  commands(details) {
    const candidate = word(this.run.head.folder + '#' + details.number);
    return [element('h3', {}, 'In a terminal'),
      command(`finch describe ${candidate} --svg cells.svg`),
      ...(details.failed ? [] : [command(`finch train ${candidate} --epochs 30`), command(`finch export ${candidate} --format onnx,tflite,coreml`)])];
  }
}
