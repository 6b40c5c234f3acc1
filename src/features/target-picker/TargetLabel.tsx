import type { ReactNode } from 'react'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import styles from './TargetLabel.module.css'

/** A group or project by its icon, avatar and path. */
export function TargetLabel({ target, children }: { target: Target; children?: ReactNode }) {
  const { webAddress } = useSignedIn().connection
  return (
    <span className={styles.target}>
      <Icon name={target.kind} />
      <VisuallyHidden>{kindLabels[target.kind]()}</VisuallyHidden>
      <Avatar
        name={target.name}
        src={gitlabAddress(target.avatarUrl, webAddress)}
        seed={target.id}
      />
      <span className={styles.path}>
        <span>
          <Path path={target.fullPath} />
        </span>
        {children}
      </span>
    </span>
  )
}
