import { useRouter, type RouteLocationNormalized } from 'vue-router'
import type { Permission } from '#shared/domain/roles.ts'
import { useSession } from './stores/session.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** What one must be allowed to do on that page. */
    needs?: Permission
  }
}

/** Whether whoever is signed in may open a page. */
export const mayOpen = ({ meta }: Pick<RouteLocationNormalized, 'meta'>): boolean =>
  meta.needs === undefined || useSession().may(meta.needs)

/** The same for a page by its name: what leads nowhere is no link. */
export function useReach(): (name: string) => boolean {
  const router = useRouter()
  return (name) => mayOpen(router.resolve({ name }))
}
