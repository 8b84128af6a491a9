import { z } from 'zod'
import { change, platformPaths } from '#shared/contract/platform.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const row = z.looseObject({ kind: z.string(), key: z.string(), deleted: z.boolean(), body: z.unknown().optional() })

const kinds = new Set<string>(change.options.map((option) => option.shape.kind.value))

export const feedRules: readonly Rule[] = [
  {
    id: 'feed',
    says: 'the feed is read to its end by cursor: whole rows or tombstones, each key once; from the end there is nothing more',
    run: async (kit) => {
      const counter = await kit.counter()
      const seen: string[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < 1000; pages += 1) {
        const page = await counter.changes(cursor)
        for (const one of page.changes) {
          const parsed = row.parse(one)
          hold(parsed.deleted || parsed.body !== undefined, true, `${parsed.kind} ${parsed.key} has a body`)
          seen.push(`${parsed.kind} ${parsed.key}`)
        }
        cursor = page.cursor
        if (!page.more) break
      }
      hold(seen.length, new Set(seen).size, 'rows and keys')
      hold(await counter.changes(cursor), { changes: [], cursor, more: false }, 'from the end')
    },
  },
  {
    id: 'feed-kinds',
    says: 'rows of the kinds that the contract names have its shapes; appointments, dispositions and digital items go to the counters of their office only',
    run: async (kit) => {
      const counter = await kit.counter()
      const [office] = counter.identity.counterId.split('-')
      let cursor: string | undefined
      for (let pages = 0; pages < 1000; pages += 1) {
        const page = await counter.changes(cursor)
        for (const one of page.changes) {
          const { kind, key } = row.parse(one)
          if (!kinds.has(kind)) continue
          const parsed = change.safeParse(one)
          hold(parsed.success, true, `${kind} ${key} has the shape of its kind`)
          const body = parsed.data?.body
          if (body !== undefined && 'office' in body) hold(body.office, office, `${kind} ${key} is of the office`)
        }
        cursor = page.cursor
        if (!page.more) break
      }
    },
  },
  {
    id: 'feed-cursor',
    says: "a cursor that is none of the platform's is refused, one that was changed or made up from another too",
    run: async (kit) => {
      const counter = await kit.counter()
      const { device } = counter
      const answer = await kit.ask('GET', `${platformPaths.changes}?after=%F0%9F%8D%8B`, { as: device })
      holdOneOf(answer.status, [400, 422], 'status')
      const { cursor } = await counter.changes()
      for (const at of [...cursor].keys()) {
        const changed = `${cursor.slice(0, at)}${cursor[at] === '7' ? '8' : '7'}${cursor.slice(at + 1)}`
        holdOneOf(
          (await kit.ask('GET', `${platformPaths.changes}?after=${encodeURIComponent(changed)}`, { as: device }))
            .status,
          [400, 422],
          `changed at ${String(at)}`,
        )
      }
    },
  },
  {
    id: 'digital-file',
    says: 'a file of a digital item is given by its item and its hash only: what is not there is not found, what is no hash is refused',
    run: async (kit) => {
      const { device } = await kit.counter()
      const [item, hash] = ['01a20000-0000-7000-8000-00000000d161', 'd1'.repeat(32)]
      const asked = async (path: string) => (await kit.ask('GET', path, { as: device })).status
      hold(await asked(`${platformPaths.digitalFile(item, hash)}?from=0`), 404, 'a file that is not there')
      holdOneOf(await asked(platformPaths.digitalFile(item, 'x')), [400, 422], 'no hash')
      holdOneOf(await asked(`${platformPaths.digitalFile(item, hash)}?from=-1`), [400, 422], 'before its beginning')
    },
  },
]
