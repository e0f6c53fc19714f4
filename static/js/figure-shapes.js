// A figure's shapes at any moment, from the data that figures/motion.py makes: paths and places
// between two moments are worked out number by number.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320; // units of every figure

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

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export class Shapes {
  // Takes the place of what is drawn in the picture.
  constructor(svg, data) {
    this.data = data;
    this.body = document.createElementNS(SVG, "g");
    this.body.innerHTML = data.ground;
    this.people = document.createElementNS(SVG, "g");
    this.signs = document.createElementNS(SVG, "g");
    this.elements = data.shapes.map(() => document.createElementNS(SVG, "path"));
    this.people.append(...this.elements);
    this.body.append(this.people, this.signs);
    svg.replaceChildren(this.body);
  }

  // Where a beat is, 0 to 1 of its way.
  show(beat, share) {
    const way = beat.at;
    const place = Math.min(share, 1) * (way.length - 1);
    const index = Math.min(Math.floor(place), way.length - 1);
    const [from, to] = [way[index], way[index + 1] ?? way[index]];
    this.sort(from);
    for (const [number, shape] of this.data.shapes.entries()) {
      this.shape(this.elements[number], shape, [from, to, place - index]);
    }
  }

  shape(element, { d, css, place }, [from, to, share]) {
    set(element, "class", at(css, share < 0.5 ? from : to));
    set(element, "d", pathBetween(at(d, from), at(d, to), share));
    set(element, "transform", asTransform(placeBetween(at(place, from), at(place, to), share)));
  }

  // What is nearer is drawn later; that changes when a limb passes another.
  sort(moment) {
    const order = at(this.data.order, moment);
    if (order === this.order) return;
    this.order = order;
    this.people.append(...order.map((number) => this.elements[number]));
  }

  // Arrows and signs of a frame, or none.
  sign(frame) {
    if (frame === this.signed) return;
    this.signed = frame;
    this.signs.innerHTML = frame === undefined ? "" : this.data.signs[frame];
  }

  side(side) {
    const other = side && side !== "both" && side !== this.data.side;
    set(this.body, "transform", other ? `matrix(-1 0 0 1 ${WIDTH} 0)` : "");
  }
}
