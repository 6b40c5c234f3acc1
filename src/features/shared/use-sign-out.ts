import { useRouter } from '@tanstack/react-router'
import { signOut } from '../../api/session.ts'

/** Signs out, unless the page asks about unsaved changes and its user stays. */
export function useSignOut(): () => void {
  const router = useRouter()
  async function leave() {
    await router.navigate({ to: '/connect' })
    if (router.latestLocation.pathname === '/connect') signOut()
  }
  return () => void leave()
}
