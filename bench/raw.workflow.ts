import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';

/** The least that a hold can be on Temporal: one update, one local activity. */
const { takePlace } = proxyLocalActivities<{ takePlace(): Promise<boolean> }>({
  startToCloseTimeout: '9 seconds',
});

export const takeUpdate = defineUpdate<boolean>('take');
export const goSignal = defineSignal('go');

export async function rawHold(): Promise<boolean> {
  let taken: boolean | undefined;
  setHandler(takeUpdate, async () => {
    await condition(() => taken !== undefined);
    return taken!;
  });
  taken = await takePlace();
  await condition(allHandlersFinished);
  return taken;
}

/** The least that a payment can be: wait for a signal, end. */
export async function rawSignal(): Promise<void> {
  let gone = false;
  setHandler(goSignal, () => {
    gone = true;
  });
  await condition(() => gone);
}
