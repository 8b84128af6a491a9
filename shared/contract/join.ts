type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never
type Features = Readonly<Record<string, object>>
type Parts<F extends Features, K extends string> = F[keyof F] extends infer One
  ? One extends Readonly<Record<K, infer Part>>
    ? Part
    : never
  : never

/** What several features export under one name, as one table. */
export type Joined<F extends Features, K extends string> = {
  readonly [N in keyof Both<Parts<F, K>>]: Both<Parts<F, K>>[N]
}

/**
 * One table out of those that each feature exports as `key`, where it exports any; throws where two features use the
 * same name.
 */
export function joined<F extends Features, K extends string>(features: F, key: K): Joined<F, K> {
  const all = new Map<string, unknown>()
  for (const [feature, exported] of Object.entries(features))
    for (const [name, shape] of Object.entries((exported as Readonly<Record<string, object>>)[key] ?? {})) {
      if (all.has(name)) throw new TypeError(`${name} stands twice in ${key}: again in ${feature}`)
      all.set(name, shape)
    }
  // Every table was copied whole, and no name twice.
  return Object.fromEntries(all) as Joined<F, K>
}
