/**
 * The keys of a row of pieces: arrows walk the list, Enter receives and goes on, N says that a piece has no object. By place,
 * so that N is where it is on every layout.
 */
export const pieceKeys =
  (on: { readonly row: () => HTMLInputElement | null; readonly accept: () => void; readonly noObject: () => void }) =>
  (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0
    if (step === 0 && event.key !== 'Enter' && event.code !== 'KeyN') return
    event.preventDefault()
    if (event.key === 'Enter') on.accept()
    else if (step === 0) on.noObject()
    else walk(on.row(), step)
  }

function walk(from: HTMLInputElement | null, step: number): void {
  const list = from?.closest('[role=group]')?.querySelectorAll<HTMLInputElement>('.piece-row input[type=checkbox]')
  const boxes = [...(list ?? [])]
  if (from !== null) boxes[boxes.indexOf(from) + step]?.focus()
}
