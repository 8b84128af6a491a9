import type {
  LinkState,
  OutboxStore,
  QueuedCommand,
  ReferencePage,
  CommandAnswer,
} from '#electron/worker/outbox/ports.ts'
import { linkAfter } from '#electron/worker/outbox/rows/link.ts'
import type { Fault } from '#shared/fault.ts'

export interface MemoryItem extends QueuedCommand {
  state: 'pending' | 'sending' | CommandAnswer['state']
  attempts: number
  answer?: CommandAnswer
  fault?: Fault | undefined
}

/** The outbox store without a file: survives `openOutbox` being closed and opened again, like the register does. */
export interface MemoryOutboxStore extends OutboxStore {
  readonly items: MemoryItem[]
  readonly pages: ReferencePage[]
  add(items: readonly QueuedCommand[]): void
}

const waits = (item: MemoryItem): boolean => item.state === 'pending' || item.state === 'sending'

/** @param code what an administrator typed */
export function createMemoryOutboxStore(code: string | undefined = 'demo'): MemoryOutboxStore {
  const items: MemoryItem[] = []
  const pages: ReferencePage[] = []
  let link: LinkState = { link: 'unknown', ...(code === undefined ? {} : { code }) }
  const batch: OutboxStore['batch'] = ({ commands, bytes, from }) => {
    const start = from ?? items.find(waits)?.seq
    const begin = items.findIndex((item) => item.seq === start)
    if (begin < 0) return []
    let size = 0
    const run = items.slice(begin, begin + commands)
    const end = run.findIndex(
      (item, at) => item.seq !== (start ?? 0) + at || ((size += item.json.length + 1) > bytes && at > 0),
    )
    return end < 0 ? run : run.slice(0, end)
  }
  const record: OutboxStore['record'] = (answers) => {
    let news = 0
    for (const answer of answers) {
      const item = items.find((one) => one.seq === answer.seq && one.id === answer.id)
      if (item === undefined) continue
      news += item.state === answer.state ? 0 : 1
      item.state = answer.state
      item.answer = answer
      item.fault = undefined
    }
    return news
  }
  return {
    items,
    pages,
    add: (more) => {
      for (const one of more) items.push({ ...one, state: 'pending', attempts: 0 })
    },
    batch,
    take: (limit, _, answers = []) => {
      record(answers, new Date(0))
      const taken = batch(limit)
      for (const { seq } of taken) {
        const item = items.find((one) => one.seq === seq)
        if (item === undefined) continue
        item.attempts += 1
        if (item.state === 'pending') item.state = 'sending'
      }
      return taken
    },
    release: (fault) => {
      for (const item of items) {
        if (item.state !== 'sending') continue
        item.state = 'pending'
        item.fault = fault === 'cleared' ? undefined : (fault ?? item.fault)
      }
    },
    record,
    keepLost: (records) => {
      for (const { seq, id, sha256 } of records)
        items.push({ seq, id, sha256, json: '{}', state: 'applied', attempts: 0 })
    },
    highestSeq: () => items.at(-1)?.seq ?? 0,
    counts: () => ({
      pending: items.filter(waits).length,
      refused: items.filter((item) => item.state === 'rejected' || item.state === 'conflict').length,
    }),
    link: () => link,
    saveLink: (state) => {
      link = state
    },
    device: (standing, at) => {
      link = linkAfter(link, standing, at.toISOString())
    },
    applyChanges: (page) => {
      pages.push(page)
      link = { ...link, cursor: page.cursor }
    },
  }
}
