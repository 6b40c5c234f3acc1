import type { ReactNode } from 'react'
import type { Target } from '../../domain/allowlist.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { gitlabAddress } from '../shared/gitlab-address.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'
import styles from './TargetLabel.module.css'

type TargetLabelProps = {
  target: Target
  /** Of the GitLab in use, to which links and pictures lead. */
  webAddress: string
  /** Whether its path leads to its page at GitLab. */
  linked?: boolean | undefined
  /** Stands after the path. */
  children?: ReactNode
}

/** A group or project by its icon, avatar and path. */
export function TargetLabel({ target, webAddress, linked = false, children }: TargetLabelProps) {
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
        <ExternalLink href={linked ? gitlabAddress(target.webUrl, webAddress) : undefined}>
          <Path path={target.fullPath} />
        </ExternalLink>
        {children}
      </span>
    </span>
  )
}
