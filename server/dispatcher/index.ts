export { Dispatcher, type SettlementObserver } from './dispatcher.ts'
export { dispatcherErrors } from './errors.ts'
