import {type Story, story} from '../tools/story.ts';

const scenario = 'oom-eviction';
const sizes = [
	[80, 24],
	[140, 40],
] as const;

story('empty-by-filter', {scenario, steps: [':pods<enter>', '/restarts>5000 checkout<enter>'], sizes});
story('empty-by-faults', {steps: [':pods<enter>', '!']});
story('empty-namespace', {namespace: 'default', steps: [':pods<enter>']});
story('empty-cluster-wide', {steps: [':csr<enter>']});
story('empty-selector', {steps: [':pods -l app=nobody<enter>']});
story('denied', {as: 'nobody', steps: [':secrets<enter>'], sizes});
story('denied-overview', {as: 'nobody'});
story('denied-object', {as: 'nobody', steps: [':pod/web<enter>']});
story('loading', {stalled: true, steps: [':pods<enter>', app => app.pass(2000)]});
story('loading-overview', {stalled: true, steps: [app => app.pass(2000)]});
story('loading-long', {stalled: true, steps: [':pods<enter>', app => app.pass(12_000)]});
story('disconnected', {
	scenario,
	steps: [
		':pods<enter>',
		'jj',
		async app => {
			await app.server.stop();
			await app.pass(42_000);
		},
	],
	sizes,
});
story('disconnected-overview', {
	scenario,
	steps: [
		async app => {
			await app.server.stop();
			await app.pass(42_000);
		},
	],
});
story('reconnected', {
	scenario,
	steps: [
		':pods<enter>',
		async app => {
			await app.server.stop();
			await app.pass(5000);
			await app.server.restart();
			await app.pass(10_000);
		},
	],
});
const frozen: Story = {
	scenario,
	steps: [
		':pods<enter>',
		':freeze<enter>',
		app => {
			for (const {metadata} of app.server.cluster.list('pods', 'shop').slice(0, 3)) app.server.cluster.delete('pods', 'shop', metadata.name, 0);
			return app.pass(60_000);
		},
	],
};
story('frozen', frozen);
story('frozen-narrow', {...frozen, sizes: [[55, 15]]});
story('frozen-watched', {...frozen, share: {addresses: false, names: false}});
story('object-deleted', {
	steps: [
		':pods<enter>',
		'd',
		app => {
			const name = app.state().stack.at(-1);
			if (name?.type === 'object') app.server.cluster.delete('pods', 'shop', name.ref.name, 0);
			return app.pass(1000);
		},
	],
});
