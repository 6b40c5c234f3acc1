import type { WorldSeed } from '../gitlab/world.ts'
import { contractWorld } from './acme.ts'

const at = '2025-12-24T23:59:59.000Z'

/** Pads `start` to `length` characters; GitLab's longest path has 255. */
const stretched = (start: string, length: number) => start.padEnd(length, 'x')

/** Names, paths and addresses that contain markup, scripts and other attacks. */
export function hostileWorld(): WorldSeed {
  const world = contractWorld()
  const long = stretched('long-path-', 255)
  return {
    ...world,
    users: [
      ...world.users,
      { id: 7, username: 'mallory', name: '<img src=x onerror=alert(1)>' },
      { id: 8, username: 'rtl', name: '\u202Egro.elpmaxe\u202C' },
    ],
    groups: [
      ...world.groups,
      {
        id: 20,
        path: 'angle',
        name: '<script>alert("group")</script>',
        description: '<b>bold</b>',
        visibility: 'public',
        avatarUrl: 'javascript:alert(1)',
        webUrl: 'javascript:alert(document.domain)',
      },
      { id: 22, path: '=HYPERLINK("http:', visibility: 'public' },
      { id: 23, path: '\t@sum', visibility: 'private' },
      { id: 21, path: long, name: stretched('A very long name ', 255), visibility: 'public' },
    ],
    projects: [
      ...world.projects.map((project) =>
        project.id === 1
          ? {
              ...project,
              name: '"><svg onload=alert(1)> {{7*7}} #{7*7}',
              description: '[click](javascript:alert(1))',
              scope: {
                projects: [
                  { id: 2, by: 'mallory', at },
                  { id: 30, policies: ['READ_JOBS'], by: 'mallory', at },
                  { id: 31, policies: ['READ_PACKAGES'], by: 'rtl', at },
                  { id: 32, by: null, at },
                  { id: 33, policies: ['<SCRIPT>', '__proto__', 'READ_JOBS'], by: 'omar', at },
                ],
                groups: [
                  { id: 20, policies: ['ADMIN_PACKAGES'], by: 'mallory', at },
                  { id: 21, by: 'rtl', at },
                ],
                authorizations: [
                  {
                    originId: 30,
                    lastAuthorizedAt: '2026-01-14T10:00:00.000Z',
                    policies: ['READ_JOBS'],
                  },
                  {
                    originId: 33,
                    lastAuthorizedAt: '2026-01-13T10:00:00.000Z',
                    policies: ['=HYPERLINK("http://evil.example","x")'],
                  },
                  {
                    originId: 34,
                    lastAuthorizedAt: '2026-01-12T10:00:00.000Z',
                    policies: ['READ_PACKAGES'],
                  },
                  {
                    originId: 35,
                    lastAuthorizedAt: '2026-01-11T10:00:00.000Z',
                    policies: [],
                  },
                  // A deleted project, which the server does not name any more.
                  {
                    originId: 99,
                    lastAuthorizedAt: '2026-01-10T10:00:00.000Z',
                    policies: ['READ_JOBS'],
                  },
                ],
              },
            }
          : project,
      ),
      {
        id: 30,
        path: 'angle/script',
        name: '<script>alert("project")</script>',
        visibility: 'public',
        avatarUrl: 'javascript:alert(2)',
        webUrl: 'javascript:alert(3)',
      },
      {
        id: 31,
        path: 'angle/rtl',
        name: 'safe\u202Etxt.exe\u202C \u200Fmark\u200E',
        visibility: 'public',
        webUrl: 'data:text/html,<script>alert(4)</script>',
      },
      { id: 34, path: '=HYPERLINK("http:/evil.example","x")', visibility: 'public' },
      { id: 35, path: '\t@sum/a\n=1+1', visibility: 'private' },
      { id: 32, path: `${long}/${stretched('deep-', 255)}`, visibility: 'public' },
      {
        id: 33,
        path: 'angle/__proto__',
        name: '=1+1|cmd',
        visibility: 'public',
        avatarUrl: 'https://evil.example/track.png',
        webUrl: 'https://evil.example/angle/__proto__',
      },
    ],
  }
}
