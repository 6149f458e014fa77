'use strict';
/* The charts, drawn by Chart.js in the colours of the page. */

const Colors = {
  of(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  },
  /** A colour of the page with an opacity. */
  faint(name, opacity) {
    return Colors.of(name) + Math.round(opacity * 255).toString(16).padStart(2, '0');
  },
};

/** The part of a chart's options that all charts share. */
function axis(title, format, more) {
  return Object.assign({
    title: { display: true, text: title, color: Colors.of('muted'), font: { size: 12 } },
    grid: { color: Colors.of('line'), tickColor: 'transparent' },
    border: { color: Colors.of('line') },
    ticks: { color: Colors.of('muted'), font: { size: 11 }, maxRotation: 0, autoSkipPadding: 14, callback: format },
  }, more);
}

function tooltip(callbacks) {
  return {
    backgroundColor: Colors.of('ink'), titleColor: Colors.of('card'), bodyColor: Colors.of('card'),
    padding: 9, displayColors: false, callbacks,
  };
}

/** All candidates, the front among them, and baselines. */
class FrontChart {
  constructor(canvas, choose) {
    this.canvas = canvas;
    this.choose = choose;
    this.chart = null;
    this.run = null;
    this.selected = null;
    canvas.addEventListener('keydown', event => this.key(event));
  }

  /** Shows a run with one cost; what does not fit the rung is left out. */
  show(run, cost, rung) {
    this.run = run;
    this.cost = run.scores.findIndex(score => score.name === cost);
    this.rung = rung;
    this.shown = run.candidates.filter(each => each.scores && each.duplicateOf === undefined && each.rung === rung
      && each.scores[0] !== null && each.scores[this.cost] !== null);
    this.front = FrontChart.frontOf(this.shown, this.cost);
    this.draw();
  }

  /** What nothing cheaper is as accurate as, cheapest first. */
  static frontOf(candidates, cost) {
    const sorted = [...candidates].sort((a, b) => a.scores[cost] - b.scores[cost] || b.scores[0] - a.scores[0] || a.number - b.number);
    let best = -1;
    return sorted.filter(each => {
      const better = each.scores[0] > best;
      if (better) best = each.scores[0];
      return better;
    });
  }

  draw() {
    const members = new Set(this.front);
    const others = this.shown.filter(each => !members.has(each));
    const baselines = this.run.baselines.filter(each => each.scores && each.scores[this.cost] !== null);
    const at = each => ({ x: each.scores[this.cost], y: each.scores[0], of: each });
    const score = this.run.scores[this.cost];
    const costs = [...this.shown, ...baselines].map(each => each.scores[this.cost]).filter(value => value > 0);
    const wide = costs.length > 0 && Math.max(...costs) > 12 * Math.min(...costs);
    const data = {
      datasets: [
        { data: this.selectedPoint(), pointRadius: 12, pointHoverRadius: 12, backgroundColor: 'transparent', borderColor: Colors.of('focus'), borderWidth: 2.5, order: 0 },
        { data: baselines.map(at), pointStyle: 'rectRot', pointRadius: 8, pointHoverRadius: 9, backgroundColor: Colors.of('warm'), borderColor: Colors.of('card'), borderWidth: 1.5, order: 1 },
        { data: this.front.map(at), type: 'line', stepped: 'before', backgroundColor: Colors.of('accent'), borderColor: Colors.of('accent'), borderWidth: 2,
          pointBorderColor: Colors.of('card'), pointBorderWidth: 1.5, pointRadius: this.radii(this.front, 3), pointHoverRadius: 9, order: 2 },
        ...this.buckets(others, at),
      ],
    };
    const options = this.options(score, wide);
    if (this.chart) {
      this.chart.data = data;
      this.chart.options = options;
      this.chart.update('none');
    } else {
      this.chart = new Chart(this.canvas, { type: 'scatter', data, options });
    }
    this.describe();
  }

  /** Thousands of dots share a few sizes: Chart.js would resolve options for each one of them. */
  buckets(others, at) {
    const sizes = [2.5, 3.5, 4.5, 6, 8];
    const params = this.paramsOf();
    const thin = others.length > 1000 ? 0.7 : 1;
    const faint = Colors.faint('other', others.length > 1000 ? 0.35 : 0.5);
    return sizes.map((size, index) => ({
      data: others.filter(each => Math.min(sizes.length - 1, Math.floor(params(each) * sizes.length)) === index).map(at),
      pointRadius: size * thin, pointHoverRadius: size + 2, backgroundColor: faint, borderWidth: 0, order: 3,
    }));
  }

  radii(candidates, least) {
    const params = this.paramsOf();
    return candidates.map(each => least + 2 + 4.5 * params(each));
  }

  /** Gives the params of a candidate from 0, the fewest of all, to 1, so that areas compare. */
  paramsOf() {
    const index = this.run.scores.findIndex(score => score.name === 'params');
    let least = Infinity;
    let most = 0;
    for (const each of this.shown) {
      const root = Math.sqrt(each.scores[index] || 0);
      least = Math.min(least, root);
      most = Math.max(most, root);
    }
    return each => (most > least ? (Math.sqrt(each.scores[index] || 0) - least) / (most - least) : 0.5);
  }

  options(score, wide) {
    const format = value => Format.tick(score, value);
    const few = value => (/^[125]/.test(value.toExponential()) ? format(value) : null);
    return {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      layout: { padding: { top: 6, right: 8 } },
      interaction: { mode: 'nearest', intersect: true },
      elements: { point: { hitRadius: 8 } },
      plugins: { legend: { display: false }, tooltip: tooltip({
        title: items => FrontChart.title(items[0].raw.of),
        label: item => this.label(item.raw.of),
        // The nearest alone: dots lie on each other.
      }) },
      scales: {
        x: axis(Format.name(score) + (wide ? ', logarithmic' : '') + ' →', wide ? few : format, { type: wide ? 'logarithmic' : 'linear', grace: '4%' }),
        y: axis('↑ validation accuracy', value => Math.round(value * 1000) / 10 + ' %', { grace: '6%' }),
      },
      onClick: event => this.click(event),
      onHover: (event, items) => { this.canvas.style.cursor = items.length ? 'pointer' : 'default'; },
    };
  }

  static title(of) {
    return of.name || '#' + of.number + '  ' + of.id;
  }

  label(of) {
    return this.run.scores.map((score, index) => Format.shortName(score) + ' ' + Format.score(score, of.scores[index]));
  }

  click(event) {
    const near = this.chart.getElementsAtEventForMode(event, 'nearest', { intersect: true }, false)
      .map(item => this.chart.data.datasets[item.datasetIndex].data[item.index].of)
      .find(of => of.number !== undefined);
    if (near) this.choose(near.number, 'chart');
  }

  select(candidate) {
    this.selected = candidate;
    if (!this.chart) return;
    this.chart.data.datasets[0].data = this.selectedPoint();
    this.chart.update('none');
  }

  selectedPoint() {
    const each = this.selected;
    const fits = each && this.shown && this.shown.includes(each);
    return fits ? [{ x: each.scores[this.cost], y: each.scores[0], of: each }] : [];
  }

  key(event) {
    const along = event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.key === 'Home' || event.key === 'End';
    const across = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (event.key === 'Enter' && this.selected) {
      event.preventDefault();
      this.choose(this.selected.number, 'open');
    }
    if (!along && !across || !this.run || this.shown.length === 0) return;
    event.preventDefault();
    const order = along ? this.front : [...this.shown].sort((a, b) => a.scores[0] - b.scores[0]);
    const forward = event.key === 'ArrowRight' || event.key === 'ArrowUp';
    const here = order.indexOf(this.selected);
    let next = here < 0 ? order.length - 1 : Math.min(order.length - 1, Math.max(0, here + (forward ? 1 : -1)));
    if (event.key === 'Home') next = 0;
    if (event.key === 'End') next = order.length - 1;
    this.choose(order[next].number, 'chart');
  }

  describe() {
    const best = this.front[this.front.length - 1];
    this.canvas.setAttribute('aria-label', best
      ? `Candidates by accuracy and cost: ${this.shown.length} shown, ${this.front.length} on the front, the most accurate #${best.number} with ${Format.percent(best.scores[0])}`
      : 'Candidates by accuracy and cost: none yet');
  }
}

/** The hypervolume over evaluations or time. */
class GrowthChart {
  constructor(canvas) {
    this.canvas = canvas;
    this.chart = null;
  }

  show(run, over) {
    const steps = run.status.hypervolume.steps;
    const elapsed = run.status.elapsed;
    const points = steps.map(([number, seconds, share]) => ({ x: over === 'time' ? seconds : number + 1, y: share, number }));
    if (points.length > 0) points.push({ x: Math.max(points[points.length - 1].x, over === 'time' ? elapsed : run.status.told), y: points[points.length - 1].y });
    const data = { datasets: [{
      data: points, stepped: true, borderColor: Colors.of('accent'), borderWidth: 2, pointRadius: 0, pointHitRadius: 10,
      backgroundColor: Colors.faint('accent', 0.1), fill: 'start',
    }] };
    const options = {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      plugins: { legend: { display: false }, tooltip: tooltip({
        title: items => (items[0].raw.number === undefined ? 'now' : 'moved by #' + items[0].raw.number),
        label: item => Format.percent(item.raw.y) + ' of the box',
      }) },
      scales: {
        x: axis(over === 'time' ? 'time of search →' : 'evaluations →', over === 'time' ? value => Format.duration(value) : undefined, { type: 'linear', min: 0 }),
        y: axis('↑ share of the box', value => Math.round(value * 1000) / 10 + ' %', { beginAtZero: true, grace: '5%' }),
      },
    };
    if (this.chart) {
      this.chart.data = data;
      this.chart.options = options;
      this.chart.update('none');
    } else {
      this.chart = new Chart(this.canvas, { type: 'line', data, options });
    }
  }
}

/** Loss and accuracy after each epoch. */
function curveChart(canvas, curve) {
  const points = index => curve.map((epoch, number) => ({ x: number + 1, y: epoch[index] })).filter(point => point.y !== null);
  const few = curve.length < 25;
  return new Chart(canvas, {
    type: 'line',
    data: { datasets: [
      { label: 'validation accuracy', data: points(1), yAxisID: 'y', borderColor: Colors.of('accent'), backgroundColor: Colors.of('accent'), borderWidth: 2, pointRadius: few ? 3 : 0 },
      { label: 'training loss', data: points(0), yAxisID: 'loss', borderColor: Colors.of('warm'), backgroundColor: Colors.of('warm'), borderDash: [5, 4], borderWidth: 2, pointRadius: few ? 3 : 0 },
    ] },
    options: {
      animation: false, responsive: true, maintainAspectRatio: false, parsing: false,
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: { position: 'bottom', labels: { color: Colors.of('muted'), boxWidth: 22, boxHeight: 1, font: { size: 11 } } },
        tooltip: tooltip({
          title: items => 'epoch ' + items[0].raw.x,
          label: item => item.dataset.label + ' ' + (item.datasetIndex === 0 ? Format.percent(item.raw.y) : item.raw.y.toFixed(3)),
        }),
      },
      scales: {
        x: axis('epoch', value => (Number.isInteger(value) ? value : null), { type: 'linear', min: 1, suggestedMax: Math.max(2, curve.length), ticks: { color: Colors.of('muted'), font: { size: 11 }, stepSize: curve.length < 12 ? 1 : undefined } }),
        y: axis('accuracy', value => Math.round(value * 1000) / 10 + ' %', { grace: '8%' }),
        loss: axis('loss', value => Math.round(value * 100) / 100, { position: 'right', grid: { display: false }, grace: '8%' }),
      },
    },
  });
}
