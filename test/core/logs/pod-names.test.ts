import assert from 'node:assert/strict';
import {test} from 'node:test';
import {shortPodNames} from '../../../source/core/logs/pod-names.ts';

function names(...pods: readonly string[]): readonly (string | undefined)[] {
	const short = shortPodNames(pods);
	return pods.map(pod => short.get(pod));
}

test('the letters at the end tell the pods of a Deployment apart', () => {
	assert.deepEqual(names('shop/checkout-5b8c9f7d66-xw8pl', 'shop/checkout-5b8c9f7d66-8r2vn'), ['xw8pl', '8r2vn']);
});

test('a StatefulSet is known by its name and number, a static pod by its whole name', () => {
	assert.deepEqual(names('shop/payments-0', 'shop/payments-1', 'kube-system/etcd', 'shop/a-sleepy-redis-11'), ['payments-0', 'payments-1', 'etcd', 'redis-11']);
});

test('two that would be called the same get more of their names', () => {
	assert.deepEqual(names('a/web-0', 'b/web-0'), ['a/web-0', 'b/web-0']);
	assert.deepEqual(names('a/x-b2c4d', 'a/y-b2c4d', 'a/z-7777x'), ['x-b2c4d', 'y-b2c4d', '7777x']);
});
