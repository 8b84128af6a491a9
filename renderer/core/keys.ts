/**
 * What a key means, on every screen: one key has one meaning, and what a screen does not have stays unbound. Every
 * binding and every key-cap takes its key from here. What cannot be taken back is on no function key.
 */
export const keys = {
  /** Help, and the keys of this screen. */
  help: 'F1',
  /** Who is there: the card is read. */
  card: 'F2',
  /** Goes where one chooses or finds what the work is about: the procedure, the number. */
  choose: 'F3',
  /** The next one: this person is done with. */
  next: 'F4',
  /** What was before with the one at hand. */
  earlier: 'F5',
  /** A paper goes through the scanner. */
  scan: 'F6',
  /** The one at hand waits for later. */
  setAside: 'F7',
  /** What was done last, by mistake. */
  takeBack: 'Ctrl+Z',
  /** Whoever was called stands here, without a card. */
  here: 'Ctrl+G',
  /** A ticket for whoever stands there. */
  welcome: 'Ctrl+B',
  /** What came from elsewhere and waits longest opens. */
  incoming: 'Ctrl+U',
  /** Help, without a sound. */
  alarm: 'Ctrl+F12',
  /** The paper comes out once more. */
  reprint: 'F8',
  /** A new one, by hand: a form opens. */
  begin: 'F9',
  /** The one at hand goes to somebody else. */
  handOver: 'F10',
  /** The main act of what is open. */
  confirm: 'Ctrl+Enter',
  /** The main act, for all that it is sure of. */
  confirmAll: 'Ctrl+Shift+Enter',
  /** A stack is cut at this place, or kept together; live only while its list has the focus. */
  cut: 'C',
  keep: 'G',
  /** What is wrong, and what helps: the first, the second, the third of the list. */
  firstRemedy: '1',
  secondRemedy: '2',
  thirdRemedy: '3',
  /** The chosen counter of the hall; live only while its list has the focus. */
  assign: 'R',
  tell: 'E',
  shut: 'F',
  /** A letter that came in is answered: one that goes out begins. */
  answer: 'Ctrl+E',
  /** A letter of ours is given its reference. */
  reference: 'Ctrl+N',
  /** A letter asks for something: the counter opens for whoever wrote it. */
  serve: 'Ctrl+J',
  /** This station serves from now on. */
  takeOver: 'Ctrl+H',
  /** One level back. */
  leave: 'Escape',
  /** The chosen line goes, after a question. */
  remove: 'Delete',
  palette: 'Ctrl+K',
  lock: 'Ctrl+L',
  /** A file comes in. */
  attach: 'Ctrl+O',
  /** What is shown, as a paper. */
  paper: 'Ctrl+P',
  /** A file goes out. */
  save: 'Ctrl+S',
  /** The other direction: arrivals, departures, internal mail. */
  direction: 'Ctrl+D',
  /** What is shown is read again. */
  refresh: 'Ctrl+R',
  /** A closer look at what is shown small. */
  look: 'Ctrl+I',
  /** A proposal for what is not filled in. */
  suggest: 'Ctrl+Space',
  /** The citizen signs. A letter stands at one place on AZERTY, QWERTY and QWERTZ: it is neither A, M, Q, W, Y nor Z. */
  sign: 'S',
  /** The keys of this screen, where no field has the focus. */
  sheet: '?',
} as const
export type Meaning = keyof typeof keys

/** How many pages of the rail have a key: the digits of the row. */
export const keyedPages = 10
/** A page of the rail, by its place there, below `keyedPages`; the tenth is 0, the last digit of the row. */
export const pageKey = (index: number): `Alt+${number}` => `Alt+${(index + 1) % 10}`
