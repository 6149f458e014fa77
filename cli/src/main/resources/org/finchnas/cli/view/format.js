'use strict';
/* How values are written, and elements made: names and labels of a run become text and nothing else. */

const Format = {
  /** Three digits with a prefix: 564 M. */
  rounded(value) {
    const prefixes = ['', ' k', ' M', ' G', ' T'];
    let prefix = 0;
    let scaled = Math.abs(value);
    while (scaled >= 999.5 && prefix < prefixes.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    const digits = scaled >= 99.95 || (prefix === 0 && Number.isInteger(scaled)) ? 0 : scaled >= 9.995 ? 1 : 2;
    return (value < 0 ? '−' : '') + scaled.toFixed(digits) + prefixes[prefix];
  },

  percent(share) {
    return (share * 100).toFixed(1) + '\u00a0%';
  },

  count(value) {
    return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
  },

  bytes(value) {
    return Format.rounded(value).replace(/(\d)$/, '$1 ') + 'B';
  },

  duration(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    const two = number => String(number).padStart(2, '0');
    if (whole < 60) return whole + ' s';
    if (whole < 600) return Math.floor(whole / 60) + ' min ' + two(whole % 60) + ' s';
    if (whole < 3600) return Math.round(whole / 60) + ' min';
    if (whole < 86400) return Math.floor(whole / 3600) + ' h ' + two(Math.floor(whole / 60) % 60) + ' min';
    return Math.floor(whole / 86400) + ' d ' + two(Math.floor(whole / 3600) % 24) + ' h';
  },

  /** A score in its unit. */
  score(score, value) {
    if (value === null || value === undefined) return '–';
    if (score.unit === '') return Format.percent(value);
    if (score.unit === 'ms') return value.toFixed(value < 10 ? 2 : 1) + ' ms';
    if (score.unit === 'bytes') return Format.bytes(value);
    return Format.rounded(value);
  },

  /** The same without zeros that say nothing, for the ticks of an axis. */
  tick(score, value) {
    return Format.score(score, value).replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
  },

  /** What a score is called: peakActivationBytes becomes peak activation bytes. */
  name(score) {
    if (score.name === 'macs') return 'MACs';
    return score.name.replace(/[A-Z]/g, letter => ' ' + letter.toLowerCase());
  },

  shortName(score) {
    const short = { validationAccuracy: 'accuracy', peakActivationBytes: 'peak bytes', latencyMillis: 'latency', macs: 'MACs' };
    return short[score.name] || Format.name(score);
  },

  /** With a sign, for what a step gained. */
  gain(score, difference) {
    const sign = difference > 0 ? '+' : difference < 0 ? '−' : '±';
    const size = Math.abs(difference);
    return sign + (score.unit === '' ? (size * 100).toFixed(1) + ' points' : Format.score(score, size));
  },
};

/** An element with properties and children; strings become text. */
function element(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name in made && name !== 'list' && typeof value !== 'string') made[name] = value;
    else if (name === 'class') made.className = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

/** Fills a list of terms; values may be elements. */
function pairs(entries) {
  const list = element('dl', { class: 'pairs' });
  for (const [term, value] of entries) {
    if (value !== null && value !== undefined) list.append(element('dt', {}, term), element('dd', {}, value));
  }
  return list;
}

/** A command to paste, with a button that copies it. */
function command(words) {
  const button = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Copy: ' + words }, 'Copy');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = 'Copied';
    } catch (refused) {
      getSelection().selectAllChildren(button.previousSibling);
      button.textContent = 'Selected';
    }
  });
  return element('div', { class: 'command' }, element('pre', {}, words), button);
}

/** Quoted for a shell where it must be. */
function word(text) {
  return /^[A-Za-z0-9._/@:=,+-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'";
}
