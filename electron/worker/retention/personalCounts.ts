import { z } from 'zod'
import { countedKind } from '#shared/contract/features/personalData/acts.ts'
import type { WipedKind } from '#shared/domain/retention.ts'

/** What a journal link of wiping counts, under one of its members. */
export const countsIn = (
  body: string,
  member: string,
): readonly { readonly kind: WipedKind; readonly count: number }[] =>
  z.array(countedKind).safeParse((JSON.parse(body) as Readonly<Record<string, unknown>>)[member]).data ?? []
