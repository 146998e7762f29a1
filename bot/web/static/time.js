/* The demo's time: what the server says, running on; shown in the company's zone whatever the browser's is. */

const WEEKDAYS = "日一二三四五六";
const DAY_MS = 86_400_000;

export function moment(iso) {
  const offset = iso.match(/([+-])(\d\d):(\d\d)$/);
  const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
  return { ms: Date.parse(iso), offset: minutes };
}

function local({ ms, offset }) {
  return new Date(ms + offset * 60_000); // read with the getUTC… methods
}

const two = (number) => String(number).padStart(2, "0");

export function clockTime(at) {
  const day = local(at);
  return `${two(day.getUTCHours())}:${two(day.getUTCMinutes())}`;
}

export function dayName(at) {
  const day = local(at);
  return `${day.getUTCMonth() + 1}月${day.getUTCDate()}日 周${WEEKDAYS[day.getUTCDay()]}`;
}

export function sameDay(one, other) {
  return dayName(one) === dayName(other);
}

/* `10:02` of today, else `11月23日 周一 10:02`. */
export function stamp(at, now) {
  return sameDay(at, now) ? clockTime(at) : `${dayName(at)} ${clockTime(at)}`;
}

/* Seconds from `at` until the next day's `opens` ("08:30"). */
export function untilMorning(at, opens) {
  const [hours, minutes] = opens.split(":").map(Number);
  const shifted = at.ms + at.offset * 60_000;
  const morning = (Math.floor(shifted / DAY_MS) + 1) * DAY_MS + (hours * 60 + minutes) * 60_000;
  return Math.ceil((morning - shifted) / 1000);
}
