import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import type {NetService, NetSlice} from '../../../source/core/net/net-objects.ts';
import {serviceChainName, serviceChains} from '../../../source/core/net/service-chains.ts';
import {sha256} from '../../../source/core/net/sha256.ts';
import {serviceObject, sliceObject} from '../../tools/cluster-view.ts';

test('SHA-256 is what node makes it', () => {
	for (const text of ['', 'abc', 'kube-system/kube-dns:dnsudp', 'ä'.repeat(40), 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'y'.repeat(1000)])
		assert.equal(Buffer.from(sha256(text)).toString('hex'), createHash('sha256').update(text).digest('hex'), text.slice(0, 20));
});

test('chains have the names that every cluster knows', () => {
	assert.equal(serviceChainName('SVC', 'default/kubernetes:https', 'tcp'), 'KUBE-SVC-NPX46M4PTMTKRN6Y');
	assert.equal(serviceChainName('SVC', 'kube-system/kube-dns:dns', 'udp'), 'KUBE-SVC-TCOU7JCQXEZGVUNU');
	assert.equal(serviceChainName('SVC', 'kube-system/kube-dns:dns-tcp', 'tcp'), 'KUBE-SVC-ERIFXISQEP7F7OF4');
});

test('a packet goes from KUBE-SERVICES over the Service to one endpoint', () => {
	const service = serviceObject('shop/web', {clusterIP: '10.96.0.20', ports: [{name: 'http', port: 80, targetPort: 8080}]}) as NetService;
	const slice = sliceObject('shop/web', [{address: '10.244.1.4'}, {address: '10.244.2.9'}, {address: '10.244.3.1', ready: false}]) as NetSlice;
	const [port] = serviceChains(service, [slice]);
	assert.equal(port?.port, 'http 80/tcp');
	assert.deepEqual(
		port?.chains.map(({name, depth}) => `${depth} ${name.slice(0, 8)}`),
		['0 KUBE-SER', '1 KUBE-SVC', '2 KUBE-SEP', '2 KUBE-SEP', '0 KUBE-POS'],
	);
	assert.match(port?.chains[3]?.what ?? '', /10\.244\.2\.9:8080/);
});

test('a Service without an endpoint is rejected, one with a node port has a chain from outside, a Local one its own', () => {
	const bare = serviceObject('shop/web', {ports: [{port: 80, nodePort: 30_080}], type: 'NodePort', internalTrafficPolicy: 'Local'}) as NetService;
	const [empty] = serviceChains(bare, []);
	assert.match(empty?.chains[0]?.what ?? '', /REJECT/);
	assert.match(empty?.chains[1]?.name ?? '', /^KUBE-EXT-/);
	const slice = sliceObject('shop/web', [{address: '10.244.1.4'}], [{port: 8080}]) as NetSlice;
	const [full] = serviceChains(bare, [slice]);
	assert.match(full?.chains[2]?.name ?? '', /^KUBE-SVL-/);
});
