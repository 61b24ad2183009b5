/**
 * New moons and the sun's place on the ecliptic, after Jean Meeus, "Astronomical Algorithms" (2nd ed. 1998), chapters 49 and 25,
 * the sun with the five largest perturbations of his "Astronomical Formulae for Calculators", chapter 18. Times are seconds since
 * 1970-01-01T00:00:00Z. Between 1950 and 2060 a new moon is true to a minute and a solar longitude to 0.005°, about 7 minutes.
 */

const DAY = 86_400
/** 1970-01-01T00:00:00Z as a Julian day. */
const EPOCH = 2_440_587.5
/** 2000-01-01T12:00:00 of dynamical time, as a Julian day. */
const J2000 = 2_451_545

const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180)
const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180)

const yearOf = (julianDay: number) => 2000 + (julianDay - J2000) / 365.25

/** Dynamical time minus universal time, seconds: the polynomials of Espenak and Meeus (2006), good to a few seconds in our years. */
function deltaT(year: number): number {
  if (year < 1961) {
    const t = year - 1950
    return 29.07 + 0.407 * t - t ** 2 / 233 + t ** 3 / 2547
  }
  if (year < 1986) {
    const t = year - 1975
    return 45.45 + 1.067 * t - t ** 2 / 260 - t ** 3 / 718
  }
  const t = year - 2000
  if (year < 2005) {
    return 63.86 + 0.3345 * t - 0.060374 * t ** 2 + 0.0017275 * t ** 3 + 0.000651814 * t ** 4 + 0.00002373599 * t ** 5
  }
  if (year < 2050) return 62.92 + 0.32217 * t + 0.005589 * t ** 2
  return -20 + 32 * ((year - 1820) / 100) ** 2 - 0.5628 * (2150 - year)
}

/** Days, power of the earth's eccentricity, then the multiples of M, M′ and F: Meeus table 49.A, the column of the new moon. */
const LUNAR_TERMS: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
]

/** Days, then the argument at k = 0 and its change with k, degrees: the planets' pull on the moon. */
const PLANETARY_TERMS: readonly (readonly [number, number, number])[] = [
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
]

/** The new moon numbered `k` from that of 2000-01-06, seconds since the epoch. */
export function newMoonAt(k: number): number {
  const t = k / 1236.85
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t ** 2
  const sunAnomaly = 2.5534 + 29.1053567 * k - 0.0000014 * t ** 2 - 0.00000011 * t ** 3
  const moonAnomaly = 201.5643 + 385.81693528 * k + 0.0107582 * t ** 2 + 0.00001238 * t ** 3
  const latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t ** 2 - 0.00000227 * t ** 3
  const node = 124.7746 - 1.56375588 * k + 0.0020672 * t ** 2 + 0.00000215 * t ** 3
  let julianDay = 2_451_550.09766 + 29.530588861 * k + 0.00015437 * t ** 2 - 0.00000015 * t ** 3 - 0.00017 * sin(node)
  for (const [days, power, m, moon, f] of LUNAR_TERMS) {
    julianDay += days * eccentricity ** power * sin(m * sunAnomaly + moon * moonAnomaly + f * latitude)
  }
  for (const [days, start, change] of PLANETARY_TERMS) julianDay += days * sin(start + change * k)
  julianDay += 0.000325 * sin(299.77 + 0.107408 * k - 0.009173 * t ** 2)
  return (julianDay - EPOCH) * DAY - deltaT(yearOf(julianDay))
}

/** The number of the last new moon that can lie before a time; the true one is this or the next. */
export function moonNumberBefore(second: number): number {
  return Math.floor((second / DAY + EPOCH - 2_451_550.09766) / 29.530588861) - 1
}

/** The sun's apparent longitude, degrees from the equinox of the date, 0 ≤ λ < 360. */
export function sunLongitudeAt(second: number): number {
  const universal = second / DAY + EPOCH
  const t = (universal + deltaT(yearOf(universal)) / DAY - J2000) / 36_525
  const mean = 280.46646 + 36_000.76983 * t + 0.0003032 * t ** 2
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t ** 2
  const centre =
    (1.914602 - 0.004817 * t - 0.000014 * t ** 2) * sin(anomaly) +
    (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
    0.000289 * sin(3 * anomaly)
  const apparent = mean + centre + perturbations(t) - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t)
  return ((apparent % 360) + 360) % 360
}

/** Venus twice, Jupiter, the moon, and an inequality of long period; `t` in centuries from 2000. */
function perturbations(t: number): number {
  const since1900 = t + 1
  return (
    0.00134 * cos(153.23 + 22_518.7541 * since1900) +
    0.00154 * cos(216.57 + 45_037.5082 * since1900) +
    0.002 * cos(312.69 + 32_964.3577 * since1900) +
    0.00179 * sin(350.74 + 445_267.1142 * since1900 - 0.00144 * since1900 ** 2) +
    0.00178 * sin(231.19 + 20.2 * since1900)
  )
}
