import assert from 'node:assert/strict';
import {test} from 'node:test';
import {serviceExternalName} from '../../source/checks/service-external-name.ts';
import {serviceObject} from '../tools/cluster-view.ts';
import {remedies, told, withoutKind} from '../tools/run-check.ts';

const external = (externalName: string) => serviceObject('shop/db', {type: 'ExternalName', externalName});
const titled = (name: string): string => told(serviceExternalName, [external(name), serviceObject('data/pg', {})])[0] ?? '';

test('addresses, schemes, ports and Services that are not there', () => {
	assert.equal(
		titled('10.0.0.5'),
		'SVC_EXTERNALNAME_BAD warning proven: Service shop/db: ExternalName 10.0.0.5: it is an address, and DNS takes it for a name',
	);
	assert.match(titled('fd00::5'), /it is an address/);
	assert.match(titled('https://db.example.test/x'), /it has a scheme, a port or a path; nearest: db\.example\.test$/);
	assert.match(titled('db.example.test:5432'), /nearest: db\.example\.test$/);
	assert.match(titled('pgg.data.svc.cluster.local'), /there is no Service data\/pgg; nearest: pg\.data\.svc\.cluster\.local$/);
	assert.deepEqual(remedies(serviceExternalName, [external('https://db.example.test/x')]), [
		`kubectl -n shop patch service db -p '{"spec":{"externalName":"db.example.test"}}'`,
	]);
});

test('false positives: names of outside, a Service that is there, other types', () => {
	for (const name of ['db.example.test', 'db.example.test.', 'pg.data.svc.cluster.local', 'a.b.pg.data.svc.cluster.local'])
		assert.equal(titled(name), '', name);
	assert.deepEqual(told(serviceExternalName, [serviceObject('shop/x', {externalName: '10.0.0.5'})]), []);
});

test('unread is not checked', () => assert.deepEqual(withoutKind(serviceExternalName, [], 'services'), ['NOT_CHECKED coverage']));
