import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ServerKind } from '../../api/gitlab-api.ts'
import { metadataQuery, serverKindQuery, tokenScopesQuery } from '../../api/server.ts'
import { isKeptForTab, type Session } from '../../api/session.ts'
import { type Ability, type AbilityState, abilities, type Limit } from '../../domain/abilities.ts'
import { formatList } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Card } from '../../ui/Card.tsx'
import { ExternalLink } from '../../ui/ExternalLink.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './ConnectPage.module.css'

type SignedIn = Extract<Session, { state: 'signed-in' }>

/** Shows the GitLab in use, the signed-in user, the kind of token, and what these allow. */
export function ConnectionCards({ session: { api, connection } }: { session: SignedIn }) {
  const metadata = useQuery(metadataQuery(api))
  const kind = useQuery(serverKindQuery(api))
  const told = useQuery({ ...tokenScopesQuery(api), enabled: !connection.oauth })
  const { address, webAddress, user, oauth } = connection
  const scopes = oauth ? oauth.scope.split(' ') : told.data
  const release = metadata.data && `${metadata.data.version.major}.${metadata.data.version.minor}`
  return (
    <>
      <Card title={m.connection_server()} actions={<PageLink to="/">{m.connect_go_on()}</PageLink>}>
        <dl className={styles.facts}>
          <Fact name={m.connection_address()}>
            <ExternalLink href={webAddress} newTabLabel={m.opens_new_tab()}>
              {webAddress}
            </ExternalLink>
          </Fact>
          {address !== webAddress && <Fact name={m.connection_api()}>{address}</Fact>}
          <Fact name={m.connection_version()}>
            <QueryView query={metadata} what={m.what_version()} lines={1}>
              {({ edition }) =>
                edition === 'enterprise'
                  ? m.connection_enterprise({ version: release ?? '' })
                  : m.connection_community({ version: release ?? '' })
              }
            </QueryView>
          </Fact>
          <Fact name={m.connection_kind()}>
            <QueryView query={kind} what={m.what_kind()} lines={1}>
              {kindText}
            </QueryView>
          </Fact>
          <Fact name={m.connection_user()}>
            {user.name} @{user.username}
          </Fact>
          <Fact name={m.connection_by()}>
            {oauth
              ? m.connection_by_oauth({ application: oauth.applicationId })
              : m.connection_by_token()}
          </Fact>
          <Fact name={m.connection_scope()}>
            {scopes && formatList(scopes)}
            {told.isError && m.connection_scope_unknown()}
          </Fact>
          <Fact name={m.connection_kept()}>
            {isKeptForTab() ? m.connection_kept_tab() : m.connection_kept_memory()}
          </Fact>
        </dl>
      </Card>
      {metadata.data && (
        <Card title={m.abilities_title()}>
          <ul className={styles.abilities}>
            {abilities({
              version: metadata.data.version,
              // Unknown, it may: a refused write will tell.
              canWrite: scopes?.includes('api') ?? true,
              isAdmin: user.isAdmin,
            }).map((one) => (
              <AbilityItem key={one.ability} {...one} />
            ))}
          </ul>
        </Card>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function kindText(kind: ServerKind | null): string {
  switch (kind) {
    case 'extended':
      return m.connection_kind_extended()
    case 'stock':
      return m.connection_kind_stock()
    case null:
      return m.connection_kind_unknown()
  }
}

const abilityTexts: Record<Ability, () => string> = {
  read: m.ability_read,
  write: m.ability_write,
  'fine-grained': m.ability_fine_grained,
  'authentication-log': m.ability_log,
  'cross-project-push': m.ability_push,
  enforcement: m.ability_enforcement,
}

function limitText(limit: Limit): string {
  switch (limit.because) {
    case 'version':
      return m.limit_version({ release: limit.since })
    case 'beta':
      return m.limit_beta({ release: limit.since })
    case 'token-scope':
      return m.limit_token_scope()
    case 'administrators-only':
      return m.limit_administrators()
  }
}

const states = {
  yes: { variant: 'success', text: m.abilities_yes },
  limited: { variant: 'warning', text: m.abilities_limited },
  no: { variant: 'neutral', text: m.abilities_no },
} as const

function AbilityItem({ ability, state, limit }: AbilityState) {
  const { variant, text } = states[state]
  return (
    <li className={styles.ability}>
      <div>
        {abilityTexts[ability]()}
        {limit && <p className={styles.about}>{limitText(limit)}</p>}
      </div>
      <Badge variant={variant}>{text()}</Badge>
    </li>
  )
}
