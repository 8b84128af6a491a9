/** How a station paces itself, in milliseconds of a clock that nobody sets. None of it decides who serves. */
export const pace = {
  tick: 50,
  /** Who serves is heard this often. */
  heartbeat: 200,
  alive: 300,
  /** A majority that answered within this need not be heard again before something is written. */
  fresh: 300,
  /** Heard within this, a station counts as reachable. */
  reachable: 1_200,
  /** How long an answer is waited for. */
  answer: 3_000,
  /** What is unanswered is said again after this. */
  repeat: 250,
  takeOver: 4_500,
  /** How long a forced take-over looks for a majority first. */
  forced: 1_500,
  /** Promises and log of one attempt. */
  attempt: 1_200,
  /** Who served and was put aside by a take-over that came to nothing tries again after this. */
  resume: 6_000,
  /** What a station tells by itself is told again after this. */
  tell: 1_000,
} as const
