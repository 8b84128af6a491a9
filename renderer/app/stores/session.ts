import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { SessionView } from '#shared/contract/views.ts'
import { allows, type Permission } from '#shared/domain/roles.ts'

/** Who is signed in, and what this person may do. */
export const useSession = defineStore('session', () => {
  const session = shallowRef<SessionView>()
  const may = (permission: Permission): boolean => session.value !== undefined && allows(session.value.roles, permission)
  return { session, signedIn: computed(() => session.value !== undefined), may }
})
