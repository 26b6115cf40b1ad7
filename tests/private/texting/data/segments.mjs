// Generated texts with what npm sms-segments-calculator 1.3.0 (MIT) counts: node segments.mjs > segments.jsonl
import { createRequire } from 'module';
const require = createRequire(import.meta.url);
const { SegmentedMessage } = require('sms-segments-calculator');
let seed = 988;
const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 65536) % n; };
const pools = [
  'abcdefghijklmnopqrstuvwxyz ABC0123456789.,!?',
  '^{}\\[~]|€abc',
  'éèñÇàÄÖÜ¿¡§ abc',
  'áíóúç está mañana',
  '“”‘’–—… abc',
  ['😀', '🛑', '💊', 'a', 'b', ' '],
  ['👨‍👩‍👧‍👦', 'x', 'y'],
  '快跑 abc привет',
];
const lengths = [1, 2, 69, 70, 71, 133, 134, 135, 152, 153, 154, 159, 160, 161, 200, 305, 306, 307, 459, 460, 612];
const out = [];
for (const pool of pools) for (const length of lengths) {
  const letters = typeof pool === 'string' ? Array.from(pool) : pool;
  let text = '';
  while (text.length < length) text += letters[next(letters.length)];
  out.push(text);
}
for (let i = 0; i < 230; i++) {
  const length = 1 + next(500); let text = '';
  while (text.length < length) { const pool = pools[i % 3 === 0 ? next(pools.length) : next(3)]; const letters = typeof pool === 'string' ? Array.from(pool) : pool; text += letters[next(letters.length)]; }
  out.push(text);
}
for (const edge of ['a'.repeat(152) + '€' + 'a'.repeat(10), 'a'.repeat(66) + '😀' + 'a'.repeat(10), '€'.repeat(80), '€'.repeat(81), '😀'.repeat(35), '😀'.repeat(36)]) out.push(edge);
for (const text of out) {
  const m = new SegmentedMessage(text);
  console.log(JSON.stringify([text, m.getEncodingName(), m.segmentsCount]));
}
