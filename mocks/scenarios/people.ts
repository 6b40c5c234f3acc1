import type { WorldSeed } from '../gitlab/world.ts'

/** The six users who play the roles in every world. */
export const people: Pick<WorldSeed, 'users' | 'roles'> = {
  users: [
    { id: 1, username: 'root', name: 'Administrator', admin: true },
    { id: 2, username: 'maya', name: 'Maya Lindqvist' },
    { id: 3, username: 'omar', name: 'Omar Haddad' },
    { id: 4, username: 'devi', name: 'Devi Raman' },
    { id: 5, username: 'gus', name: 'Gus Okafor' },
    { id: 6, username: 'sam', name: 'Sam Weiss' },
  ],
  roles: {
    admin: 'root',
    maintainer: 'maya',
    owner: 'omar',
    developer: 'devi',
    guest: 'gus',
    stranger: 'sam',
  },
}
