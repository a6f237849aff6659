import { deliveryFilterSearch } from '../filter/delivery-filter.ts'

export const failuresSearch = deliveryFilterSearch
