export { booking } from './booking.ts';
export { otp } from './otp.ts';
export { subscription } from './subscription.ts';
export { sweep, upkeep } from './upkeep.ts';
