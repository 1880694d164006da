import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Pseudonyms} from '../../../source/core/share/pseudonyms.ts';

test('a name keeps what stands for it; what is the same everywhere keeps its own', () => {
	const names = new Pseudonyms();
	const pod = {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1'};
	names.learn(pod);
	names.learn({...pod, name: 'web-2', namespace: 'kube-system'});
	names.learn(pod);
	assert.deepEqual(
		[names.of('web-1'), names.of('web-2'), names.of('shop'), names.of('kube-system'), names.of('Running')],
		['pod-1', 'pod-2', 'namespace-1', undefined, undefined],
	);
});
