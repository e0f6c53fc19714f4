// A figure's shapes at any moment, from the data that figures/motion.py makes: paths and places
// between two moments are worked out number by number.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320; // units of every figure
const MIRRORED = `matrix(-1 0 0 1 ${WIDTH} 0)`;

const NUMBER = /-?[\d.]+/g;
const numbersOf = new Map();

function parsed(path) {
  if (!numbersOf.has(path)) {
    const numbers = (path.match(NUMBER) ?? []).map(Number);
    numbersOf.set(path, { words: path.split(NUMBER), numbers });
  }
  return numbersOf.get(path);
}

// Flags of arcs are 0 or 1, and nothing in between.
const isFlag = (number) => number === 0 || number === 1;

function between(one, other, share) {
  if (isFlag(one) && isFlag(other)) return share < 0.5 ? one : other;
  return Math.round((one + (other - one) * share) * 10) / 10;
}

function pathBetween(one, other, share) {
  if (one === other) return one;
  const [a, b] = [parsed(one), parsed(other)];
  if (a.words.join() !== b.words.join()) return share < 0.5 ? one : other;
  const numbers = a.numbers.map((number, index) => between(number, b.numbers[index], share));
  return a.words.map((word, index) => word + (numbers[index] ?? "")).join("");
}

// The short way round: from 170 to -170 are 20 degrees.
const turned = (one, other, share) => one + (((other - one + 540) % 360) - 180) * share;

function placeBetween(one, other, share) {
  if (!one || !other) return one ?? other;
  const [x, y] = [0, 1].map((axis) => one[axis] + (other[axis] - one[axis]) * share);
  return [x, y, turned(one[2], other[2], share)];
}

const asTransform = (place) =>
  place
    ? `translate(${place[0].toFixed(1)} ${place[1].toFixed(1)})rotate(${place[2].toFixed(1)})`
    : "";

const at = ([values, numbers], moment) => values[numbers ? numbers[moment] : 0];

const element = (name) => document.createElementNS(SVG, name);

function set(shape, name, value) {
  if (shape.getAttribute(name) !== value) shape.setAttribute(name, value);
}

// A group with markup of the drawing's own in it.
function group(markup = "") {
  const made = element("g");
  made.innerHTML = markup;
  return made;
}

function strengthBetween(strength, from, to, share) {
  const [one, other] = [at(strength, from), at(strength, to)];
  return (one + (other - one) * share).toFixed(2);
}

function drawn(data, { from, to, share }) {
  const moment = share < 0.5 ? from : to;
  return {
    class: at(data.css, moment),
    d: pathBetween(at(data.d, from), at(data.d, to), share),
    transform: asTransform(placeBetween(at(data.place, from), at(data.place, to), share)),
    ...(data.strength && { opacity: strengthBetween(data.strength, from, to, share) }),
  };
}

// What is the same as of another shape is that one's number.
const whole = (shapes) =>
  shapes.map((shape) =>
    Object.fromEntries(
      Object.entries(shape).map(([name, value]) => [
        name,
        typeof value === "number" ? shapes[value][name] : value,
      ]),
    ),
  );

// Shapes that move together, in a group; of all of them, or of some by their numbers.
class Layer {
  constructor(data, only) {
    this.data = { ...data, shapes: whole(data.shapes) };
    this.group = element("g");
    this.elements = data.shapes.map((_shape, number) =>
      !only || only.includes(number) ? element("path") : undefined,
    );
  }

  show(way) {
    this.sort(way.from);
    for (const [number, shape] of this.elements.entries()) {
      if (!shape) continue;
      const attributes = drawn(this.data.shapes[number], way);
      for (const [name, value] of Object.entries(attributes)) set(shape, name, value);
    }
  }

  // What is nearer is drawn later; that changes when a limb passes another.
  sort(moment) {
    const order = at(this.data.order, moment);
    if (order === this.order) return;
    this.order = order;
    this.group.replaceChildren(...order.map((number) => this.elements[number]).filter(Boolean));
  }
}

// A small view in a corner, with shapes and signs of its own.
class Inset {
  constructor(data, layer) {
    Object.assign(this, { data, layer, group: group(data.frame), signs: element("g") });
    this.group.querySelector("[data-live]").append(group(data.ground), layer.group, this.signs);
  }

  show(way) {
    const isThere = this.data.there?.[way.frame] ?? true;
    set(this.group, "display", isThere ? "" : "none");
    if (isThere) this.layer.show(way);
  }

  sign(frame) {
    this.signs.innerHTML = this.data.signs[frame] ?? "";
  }
}

export class Shapes {
  // Takes the place of what is drawn in the picture. ``letters``: of "left" and "right".
  constructor(svg, data, letters) {
    Object.assign(this, { data, letters, badge: element("g"), signs: element("g") });
    this.person = new Layer(data);
    this.insets = [
      ...data.lenses.map((lens) => new Inset(lens, new Layer(data, lens.of))),
      data.also && new Inset(data.also, new Layer(data.also)),
    ].filter(Boolean);
    this.letter = group(`<path class="d-tag" d="${data.letter.d}"/>`);
    this.word = element("text");
    this.word.setAttribute("class", "d-letter");
    this.word.setAttribute("font-size", data.letter.size);
    this.letter.append(this.word);
    this.body = group(data.ground);
    const insets = this.insets.map((inset) => inset.group);
    this.body.append(this.person.group, this.signs, ...insets, this.letter);
    svg.replaceChildren(this.body, this.badge);
  }

  // How far a beat is, 0 to 1 of its way.
  show(beat, share) {
    const moments = beat.at;
    const place = Math.min(share, 1) * (moments.length - 1);
    const index = Math.floor(place);
    const [from, to] = [moments[index], moments[index + 1] ?? moments[index]];
    const way = { from, to, share: place - index, frame: beat.frame };
    for (const layer of [this.person, ...this.insets]) layer.show(way);
    const { place: places } = this.data.letter;
    const spot = placeBetween(at(places, from), at(places, to), way.share);
    set(this.letter, "transform", asTransform(spot));
  }

  // Arrows and signs of a frame, or none.
  sign(frame) {
    if (frame === this.signed) return;
    this.signed = frame;
    this.signs.innerHTML = this.data.signs[frame] ?? "";
    this.badge.innerHTML = this.data.badges[frame]?.[this.isMirrored ? 1 : 0] ?? "";
    for (const inset of this.insets) inset.sign(frame);
  }

  // Which side works, with its letter; none is written for both.
  side(side) {
    const letter = this.letters[side] ?? "";
    this.isMirrored = Boolean(letter) && side !== this.data.side;
    set(this.body, "transform", this.isMirrored ? MIRRORED : "");
    set(this.letter, "display", letter ? "" : "none");
    const upright = this.isMirrored ? "scale(-1 1)" : "";
    this.word.setAttribute("transform", `translate(0 ${this.data.letter.down})${upright}`);
    this.word.textContent = letter;
  }
}
