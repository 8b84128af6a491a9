/**
 * One screen, in one state, after a file was handed in (so many bytes) and some keys (`type:` for text, `file:` for a
 * file of that name between them; Left and Right as on a page that runs left to right). `readme`: the languages also kept in docs/pictures.
 */
export interface Picture {
  readonly name: string
  readonly demo: string
  readonly path: string
  /** The page of a window that is not a clerk's: it has its own size, and no theme. */
  readonly page?: 'board' | 'kiosk'
  /** Test ids that are touched before the keys. */
  readonly touches?: readonly string[]
  readonly file?: { readonly name: string; readonly size: number }
  readonly keys?: readonly string[]
  /** What is on the screen when it shows what it is named after, where that comes by itself after a while. */
  readonly until?: string
  readonly readme?: readonly string[]
}
