import { z } from 'zod'
import { platformPaths } from '#shared/contract/platform.ts'
import { createTokens } from '#electron/worker/outbox/auth.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rules.ts'

const row = z.looseObject({ kind: z.string(), key: z.string(), deleted: z.boolean(), body: z.unknown().optional() })

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
    id: 'feed-cursor',
    says: 'a cursor that is none of the platform\'s is refused',
    run: async (kit) => {
      const { identity } = await kit.counter()
      const answer = await kit.ask('GET', `${platformPaths.changes}?after=%F0%9F%8D%8B`, { token: await createTokens(identity)(new Date()) })
      holdOneOf(answer.status, [400, 422], 'status')
    },
  },
]
