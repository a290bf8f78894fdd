export { booking } from './booking.ts';
export { subscription } from './subscription.ts';
export { sweep, upkeep } from './upkeep.ts';
