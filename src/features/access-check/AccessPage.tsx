import { m } from '../../i18n/paraglide/messages.js'
import { Card } from '../../ui/Card.tsx'
import { ProjectPicker } from '../project-picker/ProjectPicker.tsx'
import styles from '../shared/page.module.css'

/** The access check before a project has been chosen. */
export function AccessPage() {
  return (
    <div className={styles.page}>
      <title>{m.document_title({ title: m.check_title() })}</title>
      <header className={styles.header}>
        <h1>{m.check_title()}</h1>
        <p className={styles.about}>{m.check_about()}</p>
      </header>
      <Card title={m.access_project()} description={m.access_project_about()} flush>
        <ProjectPicker page="/projects/$id/access" />
      </Card>
    </div>
  )
}
