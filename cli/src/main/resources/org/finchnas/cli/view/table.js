'use strict';
/* The table of candidates: thousands of lines, of which only those in sight are in the page. */

class CandidateTable {
  static HEIGHT = 34;
  static SPARE = 12;

  constructor(choose) {
    this.choose = choose;
    this.box = byId('rows');
    this.body = byId('lines');
    this.sort = { by: 'number', up: false };
    this.lines = [];
    this.drawn = null;
    this.selected = null;
    this.columns = [];
    this.box.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.box.addEventListener('keydown', event => this.key(event));
    new ResizeObserver(() => this.render()).observe(this.box);
    for (const id of ['filter', 'find']) byId(id).addEventListener('input', () => this.update());
  }

  show(run) {
    this.run = run;
    if (this.columns.length === 0) this.head();
    this.update();
  }

  head() {
    const scores = this.run.scores.map((score, index) => ({
      key: score.name, title: Format.shortName(score), minor: !score.objective,
      value: each => (each.scores ? each.scores[index] : null), text: each => (each.scores ? Format.score(score, each.scores[index]) : ''),
    }));
    const columns = [
      { key: 'number', title: '#', value: each => each.number, text: each => String(each.number) },
      { key: 'id', title: 'id', left: true, mono: true, minor: true, spare: true, value: each => each.id, text: each => each.id },
      ...scores,
      { key: 'rung', title: 'rung', minor: true, value: each => each.rung, text: each => String(each.rung + 1), hidden: this.run.head.rungs.length < 2 },
      { key: 'parent', title: 'parent', minor: true, value: each => (each.parent === undefined ? -1 : each.parent), text: each => (each.parent === undefined ? '' : '#' + each.parent) },
      { key: 'took', title: 'took', minor: true, value: each => (each.took === undefined ? -1 : each.took), text: each => (each.took === undefined ? '' : Format.duration(each.took)) },
      { key: 'remark', title: 'remark', left: true, words: true, value: each => CandidateTable.remark(each), text: each => CandidateTable.remark(each) },
    ];
    this.columns = columns.filter(column => !column.hidden);
    byId('columns').replaceChildren(...this.columns.map(column => {
      const button = element('button', { type: 'button' }, column.title);
      button.addEventListener('click', () => this.sortBy(column));
      column.cell = element('th', { class: CandidateTable.style(column), scope: 'col' }, button);
      return column.cell;
    }));
    this.marks();
  }

  static remark(each) {
    if (each.failed) return each.failed + ': ' + each.message;
    return each.duplicateOf === undefined ? '' : 'as #' + each.duplicateOf;
  }

  static style(column) {
    return [column.left && 'left', column.minor && 'minor', column.spare && 'spare', column.mono && 'mono', column.words && 'words'].filter(Boolean).join(' ');
  }

  sortBy(column) {
    const same = this.sort.by === column.key;
    this.sort = { by: column.key, up: same ? !this.sort.up : column.key !== 'number' && column.key !== 'validationAccuracy' };
    this.marks();
    this.update();
  }

  marks() {
    for (const column of this.columns) {
      const sorted = column.key === this.sort.by;
      column.cell.setAttribute('aria-sort', sorted ? (this.sort.up ? 'ascending' : 'descending') : 'none');
      column.cell.firstChild.textContent = column.title + (sorted ? (this.sort.up ? ' ↑' : ' ↓') : '');
    }
  }

  update() {
    if (!this.run) return;
    const filter = byId('filter').value;
    const wanted = byId('find').value.trim().replace(/^#/, '').toLowerCase();
    const front = this.run.front;
    const column = this.columns.find(each => each.key === this.sort.by);
    const fits = each => (filter === 'all' || (filter === 'front' ? front.has(each.number) : Boolean(each.failed)))
      && (wanted === '' || String(each.number) === wanted || each.id.startsWith(wanted));
    const turn = this.sort.up ? 1 : -1;
    const compare = (a, b) => {
      const x = column.value(a);
      const y = column.value(b);
      // What has no value comes last, whichever way the others go.
      if (x === null || y === null) return (x === null) - (y === null) || b.number - a.number;
      return (x < y ? -turn : x > y ? turn : b.number - a.number);
    };
    this.lines = this.run.candidates.filter(fits).sort(compare);
    byId('count').textContent = Format.count(this.lines.length) + (this.lines.length === 1 ? ' candidate' : ' candidates');
    this.drawn = null;
    this.render();
  }

  scrolled() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.render();
    });
  }

  /** Makes the lines in sight, and gaps as high as those above and below. */
  render() {
    if (!this.run) return;
    const seen = Math.ceil(this.box.clientHeight / CandidateTable.HEIGHT);
    const first = Math.max(0, Math.floor(this.box.scrollTop / CandidateTable.HEIGHT) - CandidateTable.SPARE);
    const last = Math.min(this.lines.length, first + seen + 2 * CandidateTable.SPARE);
    if (this.drawn && this.drawn.first === first && this.drawn.last === last) return;
    this.drawn = { first, last };
    const rows = this.lines.slice(first, last).map(each => this.row(each));
    if (this.lines.length === 0) {
      rows.push(element('tr', { class: 'gap' }, element('td', { colSpan: this.columns.length, class: 'left muted' }, this.run.candidates.length === 0
        ? 'None yet: the first come when their trainings end.' : 'None of these.')));
    }
    this.body.replaceChildren(this.gap(first), ...rows, this.gap(this.lines.length - last));
  }

  gap(lines) {
    const cell = element('td', { colSpan: this.columns.length });
    cell.style.height = lines * CandidateTable.HEIGHT + 'px';
    return element('tr', { class: 'gap', 'aria-hidden': 'true' }, cell);
  }

  row(each) {
    const row = element('tr', { class: each.failed ? 'failed' : this.run.front.has(each.number) ? 'member' : null, 'aria-selected': String(this.selected === each.number) },
      ...this.columns.map(column => element('td', { class: CandidateTable.style(column) }, column.text(each))));
    row.addEventListener('click', () => {
      this.choose(each.number, 'table');
      // There the candidate stands above the table, out of sight.
      if (matchMedia('(max-width: 980px)').matches) byId('candidate-title').focus();
    });
    return row;
  }

  select(number) {
    this.selected = number;
    this.drawn = null;
    this.render();
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };
    if (event.target.closest('thead')) return;
    if (event.key === 'Enter' && this.selected !== null) {
      event.preventDefault();
      this.choose(this.selected, 'open');
    }
    if (!(event.key in moves) || this.lines.length === 0) return;
    event.preventDefault();
    const here = this.lines.findIndex(each => each.number === this.selected);
    const next = Math.min(this.lines.length - 1, Math.max(0, here < 0 ? 0 : here + moves[event.key]));
    this.reveal(next);
    this.choose(this.lines[next].number, 'table');
  }

  reveal(index) {
    const top = index * CandidateTable.HEIGHT;
    const room = this.box.clientHeight - 2 * CandidateTable.HEIGHT;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    if (top > this.box.scrollTop + room) this.box.scrollTop = top - room;
  }
}
