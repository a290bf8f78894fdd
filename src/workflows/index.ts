export { booking } from './booking.ts';
export { sweep, upkeep } from './upkeep.ts';
