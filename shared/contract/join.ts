type Both<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never

/** What several features export under one name, as one table. */
export type Joined<F extends Readonly<Record<string, Readonly<Record<K, object>>>>, K extends string> = {
  readonly [N in keyof Both<F[keyof F][K]>]: Both<F[keyof F][K]>[N]
}

/** One table out of those that each feature exports as `key`; throws where two features use the same name. */
export function joined<F extends Readonly<Record<string, Readonly<Record<K, object>>>>, K extends string>(
  features: F,
  key: K,
): Joined<F, K> {
  const all = new Map<string, unknown>()
  for (const [feature, exported] of Object.entries(features))
    for (const [name, shape] of Object.entries(exported[key])) {
      if (all.has(name)) throw new TypeError(`${name} stands twice in ${key}: again in ${feature}`)
      all.set(name, shape)
    }
  // Every table was copied whole, and no name twice.
  return Object.fromEntries(all) as Joined<F, K>
}
