import { audit } from './audit.ts'
import { catalogue } from './catalogue.ts'
import { charts } from './charts.ts'
import { code } from './code.ts'
import { common } from './common.ts'
import { deliveriesPage } from './deliveries.ts'
import { delivery } from './delivery.ts'
import { embedding } from './embedding.ts'
import { events } from './events.ts'
import { explanations } from './explanations.ts'
import { failures } from './failures.ts'
import { filter } from './filter.ts'
import { keys } from './keys.ts'
import { navigation } from './navigation.ts'
import { organisations } from './organisations.ts'
import { overview } from './overview.ts'
import { palette } from './palette.ts'
import { replays } from './replays.ts'
import { settings } from './settings.ts'
import { shortcuts } from './shortcuts.ts'
import { signIn } from './sign-in.ts'
import { subscriptionDetail } from './subscription-detail.ts'
import { subscriptionForm } from './subscription-form.ts'
import { subscriptions } from './subscriptions.ts'
import { system } from './system.ts'
import { vocabulary } from './vocabulary.ts'

/** English: one file per page. */
export const en = {
  ...vocabulary,
  audit,
  common,
  delivery,
  catalogue,
  charts,
  code,
  deliveries: deliveriesPage,
  embedding,
  events,
  explanations,
  failures,
  filter,
  keys,
  navigation,
  organisations,
  overview,
  palette,
  replays,
  settings,
  shortcuts,
  signIn,
  subscriptionDetail,
  subscriptionForm,
  subscriptions,
  system,
}
