import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { platformPaths } from '#shared/contract/platform.ts'
import { accessSecretsFrom } from './accessSecrets.ts'
import { createApp } from './app.ts'
import { contractSchemas } from './contractSchemas.ts'
import type { Database } from './database.ts'
import { openFiles } from './files.ts'

const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  responses: z.record(z.string().regex(/^\d{3}$/), z.unknown()),
})
const shape = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(
    z.string(),
    z.looseObject({
      get: operation.optional(),
      post: operation.optional(),
      head: operation.optional(),
      patch: operation.optional(),
    }),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})
const file = parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'platform.openapi.yaml'), 'utf8'),
) as unknown
const contract = shape.parse(file)

test('the schemas are those of our parsers (written by tests/platform/writeContract.ts)', () => {
  expect(contract.components.schemas).toEqual(contractSchemas())
})

test('every path that we ask for is described', () => {
  const asked = Object.values(platformPaths).map((path) => (typeof path === 'string' ? path : path('{}', '{}')))
  expect(
    Object.keys(contract.paths)
      .map((path) => path.replace(/\{\w+\}/g, '{}'))
      .sort(),
  ).toEqual([...asked].sort())
})

test('the reference server has exactly the operations that are described', async () => {
  const database: Database = {
    description: '',
    query: async () => [],
    transaction: () => Promise.reject(new Error('unused')),
    brief: { query: async () => [] },
    close: async () => undefined,
  }
  const app = createApp({
    database,
    version: '1',
    accessSecrets: accessSecretsFrom(new Uint8Array(32)),
    secrets: {
      keys: () => [],
      follow: async () => undefined,
      signText: () => '',
      countersign: () => '',
      signAnswer: () => ({}),
      cursorOf: () => '',
      positionOf: () => 0,
    },
    files: openFiles(database, ''),
    uploadsFolder: '',
    onAlarm: () => undefined,
  })
  await app.ready()
  for (const [path, item] of Object.entries(contract.paths)) {
    for (const [method, described] of [
      ['GET', item.get],
      ['POST', item.post],
      ['PATCH', item.patch],
      ['HEAD', item.head ?? item.get],
    ] as const) {
      expect([method, path, app.hasRoute({ method, url: path.replace(/\{(\w+)\}/g, ':$1') })]).toEqual([
        method,
        path,
        described !== undefined,
      ])
    }
  }
  await app.close()
})

test('every answer is described as signed, but those of tus; every question with a body announces it', () => {
  const fields = ['Content-Digest', 'Signature-Input', 'Signature']
  const described = z.looseObject({
    headers: z.record(z.string(), z.looseObject({ $ref: z.string() }).or(z.unknown())).optional(),
  })
  const shared = z.looseObject({ responses: z.record(z.string(), described) }).parse(contract.components).responses
  const isSigned = (response: unknown): boolean => {
    const { $ref } = z.looseObject({ $ref: z.string().optional() }).parse(response)
    const { headers = {} } =
      $ref === undefined ? described.parse(response) : (shared[$ref.split('/').at(-1) ?? ''] ?? {})
    return fields.every((field) => field in headers)
  }
  for (const [path, item] of Object.entries(contract.paths)) {
    if (path.startsWith(platformPaths.uploads)) continue
    for (const [method, one] of Object.entries({
      get: item.get,
      post: item.post,
      head: item.head,
      patch: item.patch,
    })) {
      if (one === undefined) continue
      for (const [status, response] of Object.entries(one.responses))
        expect([method, path, status, isSigned(response)]).toEqual([method, path, status, true])
      if ('requestBody' in one)
        expect([method, path, JSON.stringify(one['parameters'])]).toEqual([
          method,
          path,
          expect.stringContaining('ContentDigest'),
        ])
    }
  }
})

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(file).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) {
    const target = reference
      .split('/')
      .reduce<unknown>(
        (at, name) =>
          typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === name)?.[1] : undefined,
        file,
      )
    expect(target, reference).toBeDefined()
  }
})
