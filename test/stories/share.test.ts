import {story, type Story} from '../tools/story.ts';

/** A pod with what nobody who watches may see. */
const watched: Story = {
	share: {addresses: true, names: false},
	prepare: ({cluster}) => {
		const env = [
			{name: 'LOG_LEVEL', value: 'info'},
			{name: 'STRIPE_KEY', value: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc'},
			{name: 'DB_URL', valueFrom: {secretKeyRef: {name: 'checkout-db', key: 'DATABASE_URL'}}},
		];
		const container = {name: 'web', image: 'registry.corp/shop/web:4.11.0', env, resources: {limits: {cpu: '500m', memory: '256Mi'}}};
		cluster.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'web-6f9c7d8b54-kq2xz', namespace: 'shop'},
			spec: {nodeName: 'node-b2', containers: [container]},
			status: {podIP: '10.244.3.7', hostIP: '10.0.1.24'},
		});
	},
};
/** As somebody would walk there: by the filter, then into the object. */
const walk = [':pods<enter>', '/kq2xz<enter>', '<enter>', '2', '/STRIPE<enter>', 'j'];

story('share-yaml', {
	...watched,
	steps: walk,
	sizes: [
		[80, 24],
		[140, 40],
	],
});
story('share-pods', {...watched, steps: [':pods<enter>', 'jj']});
story('share-overview', {...watched, steps: ['j']});
story('share-palette', {...watched, steps: [':pods<enter>', '<c-p>']});
story('share-small', {...watched, steps: walk, sizes: [[60, 15]]});
