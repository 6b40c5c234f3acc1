import type { ReactNode } from 'react'
import type { Target } from '../../domain/allowlist.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import styles from './TargetLabel.module.css'

/** A group or project by its icon, avatar and path. */
export function TargetLabel({ target, children }: { target: Target; children?: ReactNode }) {
  return (
    <span className={styles.target}>
      <Icon name={target.kind} />
      <VisuallyHidden>{kindLabels[target.kind]()}</VisuallyHidden>
      <Avatar name={target.name} src={target.avatarUrl} seed={target.id} />
      <span className={styles.path}>
        <Path path={target.fullPath} />
      </span>
      {children}
    </span>
  )
}
