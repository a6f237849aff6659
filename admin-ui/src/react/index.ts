export { DeliveryLog, PosthornConsole, SubscriptionList } from './components.tsx'
export type { PosthornConsoleProps } from './props.ts'
