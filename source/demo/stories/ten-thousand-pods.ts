import {fillWithPods} from '../build/many-pods.ts';
import type {DemoStory} from '../story.ts';

export const tenThousandPods: DemoStory = {
	name: 'ten-thousand-pods',
	title: '10,000 pods on 200 nodes in 50 namespaces; another number after a colon.',
	namespace: 'team-00',
	isLiving: false,
	build(cluster, _random, parameter) {
		const rows = parameter === undefined ? 10_000 : Number(parameter);
		if (!Number.isInteger(rows) || rows < 1) throw new Error(`ten-thousand-pods takes a number of pods, not ${JSON.stringify(parameter)}.`);
		fillWithPods(cluster, rows);
	},
};
