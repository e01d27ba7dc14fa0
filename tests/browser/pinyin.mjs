/*
 * Derives the table of app/src/engine/pinyin.rs from two parts of ICU: the collator's order of characters, and the
 * transliterator's reading of each. Needs Node and `uconv`; prints the table. Run by hand when it is to be renewed.
 */
import { execFileSync } from "node:child_process";

const RARE = new Set(["chua", "ei", "eng", "fiao", "hm", "lo", "m", "n", "nun", "rua", "shei"]);
const order = new Intl.Collator("zh-u-co-pinyin").compare;
const chars = Array.from({ length: 0x9fa6 - 0x4e00 }, (_, n) => String.fromCodePoint(0x4e00 + n)).sort(order);
const spoken = execFileSync("uconv", ["-f", "utf8", "-t", "utf8", "-x", "Han-Latin"], { input: chars.join("\n"), maxBuffer: 1e8 });
const plain = (text) => text.trim().normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f]/g, "");
const readings = spoken.toString("utf8").split("\n").map(plain);

/* The syllables in the collator's order: each by the middle of the characters that have it. */
const places = new Map();
readings.forEach((reading, place) => places.set(reading, [...(places.get(reading) ?? []), place]));
const syllables = [...places.keys()].filter((each) => /^[a-z]+$/.test(each) && !RARE.has(each));
const middle = (syllable) => places.get(syllable)[places.get(syllable).length >> 1];
syllables.sort((one, other) => middle(one) - middle(other));

/* Cuts the characters into runs, one for each syllable in order, so that most have the reading of their run. */
const count = chars.length;
let best = new Int32Array(count + 1);
const cuts = syllables.map((syllable) => {
  const [next, from] = [new Int32Array(count + 1), new Int32Array(count + 1)];
  let [open, start] = [best[0], 0];
  for (let place = 0; place <= count; place += 1) {
    if (place > 0) open += readings[place - 1] === syllable ? 1 : 0;
    if (best[place] > open) [open, start] = [best[place], place];
    [next[place], from[place]] = [open, start];
  }
  best = next;
  return from;
});
const starts = [];
for (let run = syllables.length - 1, end = count; run >= 0; run -= 1) starts.unshift((end = cuts[run][end]));

/* A run begins with a character that surely has its reading. */
const table = starts.map((start, run) => {
  const end = starts[run + 1] ?? count;
  let place = start;
  while (place < end && readings[place] !== syllables[run]) place += 1;
  return chars[place] + syllables[run];
});
console.log(table.join(""));

const decoder = new TextDecoder("gbk");
let [right, wrong] = [0, []];
for (let row = 0xb0; row <= 0xf7; row += 1)
  for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
    const char = decoder.decode(new Uint8Array([row, cell]));
    const reading = readings[chars.indexOf(char)];
    if (!reading) continue;
    let [low, high] = [0, table.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (order(table[middle][0], char) <= 0) low = middle;
      else high = middle;
    }
    if (table[low].slice(1) === reading) right += 1;
    else wrong.push(`${char} ${table[low].slice(1)} ${reading}`);
  }
console.error(`${table.length} syllables; of the characters of GB 2312, ${right} have the reading of the transliterator, ${wrong.length} another: ${wrong.join(", ")}`);
