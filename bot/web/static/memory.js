/* What the page remembers: every conversation by its address (`user:lina`, `group:warehouse`).
   What people said and were answered is kept for this tab; pushes come from the server's feed again. */

const STORE = "gendan-console";

export class Memory {
  constructor() {
    const kept = JSON.parse(sessionStorage.getItem(STORE) ?? "{}");
    this.run = kept.run ?? "";
    this.spoken = kept.spoken ?? [];
    this.read = kept.read ?? {};
    this.baseline = kept.baseline ?? null;
    this.drafts = kept.drafts ?? {};
    this.pushes = [];
    this.seq = 0;
    for (const entry of this.spoken) if (entry.status === "sending") entry.status = "failed";
  }

  /* Another start of the program: what was said to the one before means nothing to it. */
  isOf(run) {
    const same = this.run === run;
    if (!same) {
      Object.assign(this, { run, spoken: [], read: {}, baseline: null, drafts: {}, pushes: [], seq: 0 });
      this.keep();
    }
    return same;
  }

  keep() {
    const { run, spoken, read, baseline, drafts } = this;
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ run, spoken, read, baseline, drafts }));
    } catch {
      sessionStorage.removeItem(STORE); // full: the page works on, only a reload forgets what was said
    }
  }

  push(item) {
    if (item.seq <= this.seq) return false;
    this.seq = item.seq;
    this.fold(item.replaces);
    this.pushes.push({ ...item, id: `push-${item.seq}`, kind: "push", place: item.to, mark: item.seq, rev: 0 });
    return true;
  }

  /* A newer card of the order stands in its place. */
  fold(seq) {
    const earlier = seq === null ? undefined : this.pushes.find((one) => one.seq === seq);
    if (earlier) Object.assign(earlier, { folded: true, rev: earlier.rev + 1 });
  }

  /* Pushes already there when the page was first opened are not news. */
  caughtUp() {
    if (this.baseline === null) this.baseline = this.seq;
    this.keep();
  }

  add(entry) {
    const whole = { ...entry, id: `spoken-${this.spoken.length}`, mark: this.seq, rev: 0 };
    this.spoken.push(whole);
    this.keep();
    return whole;
  }

  change(entry, values) {
    Object.assign(entry, values);
    entry.rev += 1;
    this.keep();
  }

  drop(entry) {
    this.change(entry, { place: "" });
  }

  /* A push stands before what was said after it arrived. */
  entries(place) {
    const here = [...this.pushes, ...this.spoken].filter((entry) => entry.place === place);
    return here.sort((one, other) => one.mark - other.mark);
  }

  latest(place) {
    return this.entries(place).at(-1);
  }

  seen(person, place) {
    this.read[`${person} ${place}`] = this.seq;
    this.keep();
  }

  news(person, place) {
    const seen = Math.max(this.read[`${person} ${place}`] ?? 0, this.baseline ?? Infinity);
    return this.pushes.filter((item) => item.to === place && item.seq > seen);
  }
}
