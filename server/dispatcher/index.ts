export { Dispatcher, type SettlementObserver } from './dispatcher.ts'
