import type {DemoStory} from '../story.ts';
import {healthy} from './healthy.ts';
import {noEndpoints} from './no-endpoints.ts';
import {oomEviction} from './oom-eviction.ts';
import {tenThousandPods} from './ten-thousand-pods.ts';

/** The stories of `--demo`; the first is the default. */
export const stories: readonly DemoStory[] = [healthy, noEndpoints, oomEviction, tenThousandPods];
