import { Page, Section } from '../../widgets/page.tsx'
import { PasswordSection } from './password-section.tsx'
import { PreferencesSection } from './preferences-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { YouSection } from './you-section.tsx'

/** What concerns only the one who is signed in. */
export function AccountPage() {
  return (
    <Page title="Account" width="text">
      <YouSection />
      <SessionsSection />
      <PasswordSection />
      <Section title="Preferences" lead="Kept in this browser.">
        <PreferencesSection />
      </Section>
    </Page>
  )
}
