import assert from 'node:assert/strict';
import {test} from 'node:test';
import {object, podObject, policyObject, serviceObject, sliceObject} from '../../../tools/cluster-view.ts';
import {faults, said, slice, states, trace, usedAddresses, web, webPorts, webService, webWith} from './trace-fixture.ts';

test('a path that is complete: every step, the answer of DNS, both endpoints', () => {
	const found = trace('web:80', web);
	assert.deepEqual(states(found), ['DNS ok', 'Service ok', 'Endpoints ok', 'Pods ok', 'Container ok', 'Policy ok']);
	assert.equal(found.outcome, 'ok');
	assert.equal(found.dnsName, 'web.shop.svc.cluster.local.');
	assert.match(said(found), /web\.shop\.svc\.cluster\.local -> 10\.96\.0\.20 \(predicted\)/);
	assert.deepEqual(usedAddresses(found), ['10.244.1.9:8080', '10.244.2.9:8080']);
});

test('one break; what comes after it is a prediction', () => {
	const found = trace('web', webWith(webService({selector: {app: 'webs'}}), []));
	assert.deepEqual(states(found), ['DNS ok', 'Service ok', 'Endpoints broken', 'Pods predicted', 'Container predicted', 'Policy predicted']);
	assert.deepEqual(faults(found), ['SVC_SELECTOR_NO_POD critical']);
	assert.match(found.findings[0]?.title ?? '', /nearest: 2 pods with app=web/);
	assert.match(found.symptom, /connection refused/);
});

test('wrong names: the namespace, the Service, one that is elsewhere', () => {
	assert.match(trace('web.shpo', web).findings[0]?.title ?? '', /there is no namespace shpo; nearest: web\.shop/);
	assert.match(trace('webb', web).findings[0]?.title ?? '', /there is no Service webb in namespace shop; nearest: web\.shop/);
	const elsewhere = trace('web.pay', web);
	assert.deepEqual(faults(elsewhere), ['DNS_NAME_WRONG critical']);
	assert.equal(elsewhere.findings[0]?.remedy[0]?.command, 'kubectl -n shop get service web');
	assert.equal(elsewhere.outcome, 'name-unresolved');
});

test('a port that the Service does not have, and one that no container declares', () => {
	assert.deepEqual(faults(trace('web:8080', web)), ['PORT_UNMATCHED critical']);
	const named = webWith(webService({ports: [{name: 'http', port: 80, targetPort: 'htpt'}]}), [slice('web-1', [], {ports: []})]);
	const found = trace('web', named);
	assert.deepEqual(faults(found), ['SVC_NAMED_PORT_UNRESOLVED critical']);
	assert.match(found.findings[0]?.remedy[0]?.command ?? '', /"path":"\/spec\/ports\/0\/targetPort","value":8080/);
	assert.deepEqual(states(found).slice(0, 3), ['DNS ok', 'Service ok', 'Endpoints broken']);
});

test('a named target port that has another number in other pods (several slices)', () => {
	const objects = [
		podObject('shop/web-1', {ip: '10.244.1.9', labels: {app: 'web'}, ports: webPorts}),
		podObject('shop/web-2', {ip: '10.244.2.9', labels: {app: 'web'}, ports: [{name: 'http', containerPort: 9090}]}),
		webService({ports: [{name: 'http', port: 80, targetPort: 'http'}]}),
		slice('web-1', [{addresses: ['10.244.1.9'], targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-1'}}]),
		slice('web-2', [{addresses: ['10.244.2.9'], targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-2'}}], {
			ports: [{name: 'http', port: 9090, protocol: 'TCP'}],
		}),
	];
	const found = trace('web', objects);
	assert.deepEqual(usedAddresses(found), ['10.244.1.9:8080', '10.244.2.9:9090']);
	assert.match(said(found), /port 8080 and 9090: it has another number in other pods/);
});

test('a Service without a selector: its slice is written by hand, an address may belong to no pod, policies go by the address', () => {
	const service = webService({selector: undefined});
	const found = trace('web', [service, slice('web-manual', [{addresses: ['203.0.113.9']}])]);
	assert.equal(found.outcome, 'ok');
	assert.match(said(found), /203\.0\.113\.9:8080 {2}no pod {2}ready/);
	const pod = podObject('shop/db-1', {ip: '10.244.2.33', labels: {app: 'db'}, ports: webPorts});
	const deny = policyObject('shop/deny', {podSelector: {matchLabels: {app: 'db'}}, policyTypes: ['Ingress'], ingress: []});
	assert.deepEqual(
		faults(trace('web', [service, pod, deny, slice('web-manual', [{addresses: ['10.244.2.33']}])])),
		['NP_BLOCKS_SERVICE critical'],
		'the pod is found by its address',
	);
	assert.deepEqual(faults(trace('web', [service])), ['SVC_MANUAL_SLICE_ORPHAN warning']);
	assert.deepEqual(
		faults(trace('web', [service, slice('web-manual', [{addresses: ['203.0.113.9']}], {ports: [{name: 'https', port: 8443}]})])),
		['SVC_MANUAL_SLICE_ORPHAN critical'],
		'port names differ',
	);
});

test('slices of other controllers and mirrored ones: an endpoint that stands twice counts once', () => {
	const twice = webWith(webService({}), [
		...web.filter(({kind}) => kind === 'EndpointSlice'),
		slice('web-mirror', [{addresses: ['10.244.1.9']}], {
			metadata: {labels: {'kubernetes.io/service-name': 'web', 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io'}},
		}),
	]);
	assert.deepEqual(usedAddresses(trace('web', twice)), ['10.244.1.9:8080', '10.244.2.9:8080']);
});

test('more than 1,000 endpoints in many slices: all are counted, few are named', () => {
	const slices = Array.from({length: 12}, (_, part) =>
		slice(
			`web-${part}`,
			Array.from({length: 100}, (_unused, index) => ({addresses: [`10.250.${part}.${index + 1}`]})),
		),
	);
	const found = trace('web', [webService({selector: undefined}), ...slices]);
	assert.equal(found.endpoints.length, 1200);
	const [step] = found.steps.filter(({title}) => title === 'Endpoints');
	assert.match(step?.evidence[0] ?? '', /1200 ready endpoints of 1200 in 12 EndpointSlices/);
	assert.ok((step?.evidence.length ?? 99) < 12);
});

test('headless: clients get the pods, the port is not translated, traffic policies do not count', () => {
	const headless = webService({clusterIP: 'None', clusterIPs: ['None'], internalTrafficPolicy: 'Local', ports: [{name: 'http', port: 80, targetPort: 8080}]});
	const found = trace('web', webWith(headless));
	assert.match(said(found), /2 addresses of ready pods \(headless\): 10\.244\.1\.9, 10\.244\.2\.9/);
	assert.match(said(found), /translates no port: whoever connects to 80 does not get to 8080/);
	assert.equal(states(found)[1], 'Service warning');
	assert.equal(usedAddresses(found).length, 2);
	assert.deepEqual(found.addresses, ['10.244.1.9', '10.244.2.9']);
	const same = trace('web', webWith(webService({clusterIP: 'None', clusterIPs: ['None'], ports: [{name: 'http', port: 8080}]})));
	assert.equal(states(same)[1], 'Service ok', 'the same number is no trap');
});

test('headless pods in the network of their node: policies are not certain', () => {
	const host = podObject('shop/web-1', {ip: '10.0.0.2', node: 'node-b', labels: {app: 'web'}, ports: webPorts, hostNetwork: true});
	const deny = policyObject('shop/deny', {podSelector: {matchLabels: {app: 'web'}}, policyTypes: ['Ingress'], ingress: []});
	const service = webService({clusterIP: 'None', clusterIPs: ['None'], ports: [{name: 'http', port: 8080}]});
	const found = trace('web', [host, deny, service, sliceObject('shop/web', [{address: '10.0.0.2', pod: 'web-1', node: 'node-b'}])]);
	assert.equal(states(found).at(-1), 'Policy unknown');
	assert.equal(found.outcome, 'unknown');
});

test('a pod by the name that a headless Service gives it', () => {
	const service = webService({clusterIP: 'None', clusterIPs: ['None'], ports: [{name: 'http', port: 8080}]});
	const found = trace('web-1.web.shop:8080', [
		...web.filter(({kind}) => kind === 'Pod'),
		service,
		slice('web-x', [{addresses: ['10.244.1.9'], hostname: 'web-1', targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-1'}}]),
	]);
	assert.deepEqual(states(found), ['DNS ok', 'Pod ok', 'Container ok', 'Policy ok']);
	assert.equal(found.dnsName, 'web-1.web.shop.svc.cluster.local.');
});

test('ExternalName: an alias of outside, of the cluster, in a circle, an address, a Service that is not there', () => {
	const alias = (externalName: string) => serviceObject('shop/pay', {type: 'ExternalName', clusterIP: '', externalName, ports: [{port: 1}]});
	const outside = trace('pay', [alias('api.example.com')]);
	assert.equal(outside.outcome, 'unknown');
	assert.match(said(outside), /ExternalName api\.example\.com: an alias in DNS, its ports count for nothing\n.*Host and SNI/);
	const inside = trace('pay:80', [alias('web.shop.svc.cluster.local'), ...web]);
	assert.deepEqual(states(inside), ['Service ok', 'DNS ok', 'Service ok', 'Endpoints ok', 'Pods ok', 'Container ok', 'Policy ok']);
	assert.deepEqual(faults(trace('pay', [alias('203.0.113.7')])), ['SVC_EXTERNALNAME_BAD warning']);
	assert.deepEqual(faults(trace('pay', [alias('https://api')])), ['SVC_EXTERNALNAME_BAD warning']);
	assert.deepEqual(faults(trace('pay', [alias('gone.shop.svc.cluster.local')])), ['SVC_EXTERNALNAME_BAD warning']);
	assert.match(said(trace('pay', [alias('pay.shop.svc.cluster.local')])), /its alias leads round in a circle/);
});

test('publishNotReadyAddresses is said; ready is what the slice says', () => {
	const found = trace('web', webWith(webService({publishNotReadyAddresses: true})));
	assert.match(said(found), /publishNotReadyAddresses: pods that are not ready are sent to as well/);
});

test('no endpoint is ready: refused, with the pod that stands first and why', () => {
	const objects = [
		podObject('shop/web-1', {ip: '10.244.1.9', labels: {app: 'web'}, ports: webPorts, ready: false}),
		webService({}),
		sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', ready: false}]),
	];
	const found = trace('web', objects);
	assert.deepEqual(faults(found), ['SVC_NO_READY_ENDPOINTS critical']);
	assert.match(found.findings[0]?.title ?? '', /0 ready of 1 endpoint: not ready: container main/);
});

test('only terminating endpoints that still serve: kube-proxy falls back to them', () => {
	const found = trace(
		'web',
		webWith(webService({}), [sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', ready: false, terminating: true, serving: true}])]),
	);
	assert.equal(states(found)[2], 'Endpoints warning');
	assert.match(said(found), /draining/);
	const gone = trace(
		'web',
		webWith(webService({}), [sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', ready: false, terminating: true, serving: false}])]),
	);
	assert.deepEqual(faults(gone), ['SVC_NO_READY_ENDPOINTS critical']);
});

test('dual stack: a client with one family gets the slices of that family, none where there is none', () => {
	const six = slice('web-6', [{addresses: ['fd00::9'], targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-1'}}], {addressType: 'IPv6'});
	const both = webWith(webService({ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack'}), [
		...web.filter(({kind}) => kind === 'EndpointSlice'),
		six,
	]);
	const found = trace('web', both);
	assert.deepEqual(usedAddresses(found), ['10.244.1.9:8080', '10.244.2.9:8080']);
	assert.match(said(found), /families IPv4, IPv6 \(RequireDualStack\)/);
	const none = trace('web', webWith(webService({ipFamilies: ['IPv6']}), [six]));
	assert.deepEqual(faults(none), ['NAME_UNRESOLVED critical']);
	assert.equal(none.outcome, 'name-unresolved');
});

test('SCTP is not verified, UDP is followed as such', () => {
	const of = (protocol: string) =>
		webWith(webService({ports: [{name: 'http', port: 80, targetPort: 8080, protocol}]}), [
			slice('web-1', [{addresses: ['10.244.1.9']}], {ports: [{name: 'http', port: 8080, protocol}]}),
		]);
	assert.match(said(trace('web', of('SCTP'))), /SCTP needs a network plugin that carries it: not verified/);
	assert.equal(trace('web', of('SCTP')).notChecked[0]?.what, 'SCTP');
	assert.equal(trace('web', of('UDP')).endpoints[0]?.protocol, 'UDP');
});

test('hostPort: the port of a node leads to the container behind it', () => {
	const agent = podObject('kube-system/agent', {
		ip: '10.244.2.40',
		node: 'node-b',
		ports: [{name: 'metrics', containerPort: 9100, hostPort: 19_100, hostIP: '10.0.0.2'}],
	});
	const found = trace('node/node-b:19100', [agent]);
	assert.match(said(found), /hostPort 19100 -> container port 9100/);
	assert.match(said(found), /metrics 9100\/TCP on 10\.0\.0\.2/);
	assert.equal(trace('10.0.0.2:19100', [agent]).subject.name, 'agent', 'by the address of the node as well');
});

test('session affinity is said', () => {
	assert.match(said(trace('web', webWith(webService({sessionAffinity: 'ClientIP'})))), /ClientIP for 10800 s: a client sticks to one endpoint/);
	assert.match(said(trace('web', webWith(webService({sessionAffinity: 'ClientIP', sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}})))), /for 60 s/);
});

test('externalIPs and a load balancer address, from inside and from outside', () => {
	const external = trace('198.51.100.7:80', webWith(webService({externalIPs: ['198.51.100.7']})), {from: null});
	assert.deepEqual(states(external).slice(0, 2), ['External ok', 'Service ok']);
	const balanced = webService(
		{type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24']},
		{status: {loadBalancer: {ingress: [{ip: '203.0.113.20', ipMode: 'Proxy'}]}}},
	);
	const outside = trace('203.0.113.20:80', webWith(balanced), {from: null});
	assert.match(said(outside), /loadBalancerSourceRanges 192\.0\.2\.0\/24: other clients are dropped/);
	assert.equal(states(outside)[0], 'LoadBalancer unknown');
	assert.match(said(trace('203.0.113.20:80', webWith(balanced))), /ipMode Proxy: pods go out to the load balancer too/);
	const pending = trace('svc/web.shop', webWith(webService({type: 'LoadBalancer'})), {from: null});
	assert.deepEqual(faults(pending), ['LB_PENDING warning']);
});

test('NodePort: on any node, control-plane ones too; kube-proxy may listen on some addresses only', () => {
	const ported = webWith(webService({type: 'NodePort', ports: [{name: 'http', port: 80, targetPort: 8080, nodePort: 30_080}]}));
	const found = trace('node/node-b:30080', ported, {from: null});
	assert.deepEqual(states(found).slice(0, 2), ['NodePort ok', 'Service ok']);
	assert.match(said(found), /node node-b 10\.0\.0\.2, port 30080/);
	assert.equal(trace('http://10.0.0.1:30080/', ported, {from: null}).service?.metadata.name, 'web');
	const config = object('v1', 'ConfigMap', 'kube-system/kube-proxy', {data: {'config.conf': 'mode: iptables\nnodePortAddresses:\n- 10.9.0.0/16\n'}});
	const limited = trace('node/node-b:30080', [...ported, config], {from: null});
	assert.equal(states(limited)[0], 'NodePort unknown');
	assert.match(said(limited), /kube-proxy listens on 10\.9\.0\.0\/16 only/);
	assert.deepEqual(faults(trace('node/node-b:31000', ported, {from: null})), ['PORT_UNMATCHED warning']);
});

test('externalTrafficPolicy Local: the node that is asked must have an endpoint; clients inside do not care', () => {
	const ports = [{name: 'http', port: 80, targetPort: 8080, nodePort: 30_080}];
	const local = webService({type: 'NodePort', externalTrafficPolicy: 'Local', healthCheckNodePort: 31_999, ports});
	const onlyA = webWith(local, [sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', node: 'node-a'}])]);
	const dropped = trace('node/node-b:30080', onlyA, {from: null});
	assert.deepEqual(faults(dropped), ['SVC_ETP_LOCAL_NO_LOCAL_EP critical']);
	assert.equal(dropped.outcome, 'dropped');
	assert.match(dropped.symptom, /timeout/);
	assert.match(said(trace('svc/web', onlyA, {from: null})), /selector app=web/);
	const inside = trace('node/node-b:30080', onlyA);
	assert.match(said(inside), /does not hold for clients inside the cluster/);
	assert.deepEqual(usedAddresses(inside), ['10.244.1.9:8080']);
	const balanced = webService(
		{type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31_999},
		{status: {loadBalancer: {ingress: [{ip: '203.0.113.20'}]}}},
	);
	assert.match(
		said(trace('203.0.113.20:80', webWith(balanced, [sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', node: 'node-a'}])]), {from: null})),
		/traffic that arrives at node-b is dropped; the load balancer should leave those out by healthCheckNodePort 31999/,
	);
});

test("internalTrafficPolicy Local: only endpoints of the client's node", () => {
	const service = webService({internalTrafficPolicy: 'Local'});
	assert.deepEqual(usedAddresses(trace('web', webWith(service))), ['10.244.1.9:8080']);
	const elsewhere = trace('web', webWith(service, [sliceObject('shop/web', [{address: '10.244.2.9', pod: 'web-2', node: 'node-b'}])]));
	assert.deepEqual(faults(elsewhere), ['SVC_ITP_LOCAL_NO_LOCAL_EP critical']);
	assert.match(elsewhere.findings[0]?.remedy[0]?.command ?? '', /"internalTrafficPolicy":"Cluster"/);
});

test('topology hints count only where every usable endpoint has one and the zone gets at least one', () => {
	const of = (zones: ReadonlyArray<string | undefined>) =>
		webWith(webService({trafficDistribution: 'PreferClose'}), [
			slice(
				'web-1',
				zones.map((zone, index) => ({addresses: [`10.244.${index + 1}.9`], ...(zone === undefined ? {} : {hints: {forZones: [{name: zone}]}})})),
			),
		]);
	assert.deepEqual(usedAddresses(trace('web', of(['zone-a', 'zone-b']))), ['10.244.1.9:8080']);
	assert.match(said(trace('web', of(['zone-a', 'zone-b']))), /trafficDistribution PreferClose\ntopology hints: only endpoints for zone zone-a/);
	assert.equal(usedAddresses(trace('web', of(['zone-a', undefined]))).length, 2, 'one has none');
	assert.equal(usedAddresses(trace('web', of(['zone-b', 'zone-b']))).length, 2, 'none is for the client');
	const node = webWith(webService({}), [
		slice('web-1', [
			{addresses: ['10.244.1.9'], hints: {forNodes: [{name: 'node-a'}]}},
			{addresses: ['10.244.2.9'], hints: {forNodes: [{name: 'node-b'}]}},
		]),
	]);
	assert.deepEqual(usedAddresses(trace('web', node)), ['10.244.1.9:8080']);
});

test('hairpin: the client is an endpoint of the Service itself', () => {
	assert.match(said(trace('web', web, {from: 'shop/web-1'})), /the client shop\/web-1 is one of them: its own answer comes back through a hairpin/);
});

test('a target port that nobody declares is a hint, more with a readiness probe elsewhere, and worse with the wrong protocol', () => {
	const numeric = (ports: readonly unknown[], spec: object = {}) => [
		podObject('shop/web-1', {ip: '10.244.1.9', labels: {app: 'web'}, ports, spec}),
		webService({ports: [{name: 'http', port: 80, targetPort: 9999}]}),
		slice('web-1', [{addresses: ['10.244.1.9'], targetRef: {kind: 'Pod', namespace: 'shop', name: 'web-1'}}], {
			ports: [{name: 'http', port: 9999, protocol: 'TCP'}],
		}),
	];
	assert.deepEqual(faults(trace('web', numeric(webPorts))), ['SVC_TARGETPORT_UNDECLARED info']);
	assert.equal(trace('web', numeric(webPorts)).outcome, 'ok', 'a declaration is informational');
	assert.deepEqual(faults(trace('web', numeric([]))), [], 'a pod that declares nothing says nothing');
	const containers = [{name: 'main', image: 'x', ports: webPorts, readinessProbe: {httpGet: {path: '/', port: 8080}}}];
	assert.deepEqual(faults(trace('web', numeric([], {containers}))), ['SVC_TARGETPORT_UNDECLARED warning']);
	assert.deepEqual(faults(trace('web', numeric([{name: 'dns', containerPort: 9999, protocol: 'UDP'}, ...webPorts]))), ['SVC_PORT_PROTOCOL_MISMATCH warning']);
});

test('a readiness gate that holds a pod back is named', () => {
	const pod = podObject('shop/web-1', {ip: '10.244.1.9', labels: {app: 'web'}, ports: webPorts, spec: {readinessGates: [{conditionType: 'target-health'}]}});
	const found = trace('web', [pod, webService({}), sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1', ready: false}])]);
	assert.match(said(found), /not ready: readiness gate target-health/);
});

test('two ports of one number: TCP is followed, and both are said', () => {
	const dns = webWith(
		webService({
			ports: [
				{name: 'dns', port: 53, protocol: 'UDP'},
				{name: 'http', port: 53, targetPort: 8080},
			],
		}),
	);
	const found = trace('web:53', dns);
	assert.equal(found.servicePort?.name, 'http');
	assert.match(said(found), /2 ports are called 53: dns 53\/UDP, http 53\/TCP/);
	const unnamed = webWith(
		webService({
			ports: [
				{name: 'http', port: 80, targetPort: 8080},
				{name: 'admin', port: 81},
			],
		}),
	);
	assert.match(said(trace('web', unnamed)), /no port was named: the first of http 80\/TCP, admin 81\/TCP is followed/);
});

test('mesh sidecars are said', () => {
	const meshed = podObject('shop/web-1', {
		ip: '10.244.1.9',
		labels: {app: 'web'},
		spec: {
			containers: [
				{name: 'main', image: 'x', ports: webPorts},
				{name: 'istio-proxy', image: 'y'},
			],
		},
	});
	const found = trace('web', [meshed, webService({}), sliceObject('shop/web', [{address: '10.244.1.9', pod: 'web-1'}])]);
	assert.match(said(found), /behind istio-proxy/);
	assert.ok(found.notChecked.some(({what}) => what === 'the service mesh'));
});

test('policies: denied by all, by some, and one that the network plugin is known to ignore', () => {
	const deny = policyObject('shop/deny-all', {podSelector: {}, policyTypes: ['Ingress'], ingress: []});
	const found = trace('web', [...web, deny]);
	assert.equal(states(found).at(-1), 'Policy broken');
	assert.deepEqual(faults(found), ['NP_BLOCKS_SERVICE critical']);
	assert.equal(found.outcome, 'denied');
	const flannel = object('apps/v1', 'DaemonSet', 'kube-flannel/kube-flannel-ds', {});
	const ignored = trace('web', [...web, deny, flannel]);
	assert.equal(states(ignored).at(-1), 'Policy warning');
	assert.deepEqual(faults(ignored), ['NP_BLOCKS_SERVICE info']);
	assert.match(said(ignored), /flannel is not known to carry policies out, so they may have no effect: a probe tells/);
});

test('kubernetes.default: endpoints that are no pods, policies by address', () => {
	const api = serviceObject('default/kubernetes', {clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ports: [{name: 'https', port: 443, targetPort: 6443}]});
	const slices = sliceObject('default/kubernetes', [{address: '10.0.0.1'}], [{name: 'https', port: 6443, protocol: 'TCP'}]);
	const found = trace('kubernetes.default', [api, slices]);
	assert.equal(found.outcome, 'ok');
	assert.match(said(found), /10\.0\.0\.1:6443 {2}no pod/);
	const egress = policyObject('shop/egress', {podSelector: {}, policyTypes: ['Egress'], egress: [{to: [{ipBlock: {cidr: '10.0.0.0/24'}}]}]});
	assert.notEqual(states(trace('kubernetes.default', [api, slices, egress])).at(-1), 'Policy broken');
});

test('a client that does not ask the DNS of the cluster', () => {
	const host = podObject('shop/agent', {ip: '10.0.0.1', hostNetwork: true});
	const found = trace('web', [...web, host], {from: 'shop/agent'});
	assert.deepEqual(faults(found), ['DNS_HOSTNET_POLICY critical']);
	assert.equal(trace('10.96.0.20:80', [...web, host], {from: 'shop/agent'}).outcome, 'ok', 'an address needs no name');
	const none = podObject('shop/odd', {ip: '10.244.1.77', spec: {dnsPolicy: 'None', dnsConfig: {nameservers: ['8.8.8.8']}}});
	const dns = serviceObject(
		'kube-system/kube-dns',
		{clusterIP: '10.96.0.10', clusterIPs: ['10.96.0.10'], ports: []},
		{metadata: {labels: {'k8s-app': 'kube-dns'}}},
	);
	assert.deepEqual(faults(trace('web', [...web, none, dns], {from: 'shop/odd'})), ['DNS_POLICY_NONE_INCOMPLETE critical']);
});

test('a pod as the destination: running, not running, not there', () => {
	assert.deepEqual(states(trace('pod/web-1:8080', web)), ['Pod ok', 'Container ok', 'Policy ok']);
	const pending = podObject('shop/web-9', {phase: 'Pending', ready: false});
	assert.deepEqual(faults(trace('pod/web-9.shop', [...web, pending])), ['POD_NOT_RUNNING critical']);
	assert.match(trace('pod/web-8', web).findings[0]?.title ?? '', /there is no Pod web-8 in shop; nearest: web-1/);
	assert.equal(trace('10.244.2.9:8080', web).subject.name, 'web-2', 'by its address');
});

test('a name of outside: nothing is claimed', () => {
	const found = trace('api.example.com:443', web);
	assert.equal(found.outcome, 'unknown');
	assert.deepEqual(faults(found), []);
	assert.match(said(found), /it is outside the cluster: only a probe can tell/);
	assert.equal(trace('https://example.com/', web).outcome, 'unknown', 'two labels in a URL are no Service');
});

test('what may not be read is unknown, never well and never broken', () => {
	const denied = {state: 'denied' as const, problem: {code: 'forbidden' as const, what: 'x', cause: 'User viewer may not list it'}};
	assert.equal(trace('web', web, {unread: {services: denied}}).outcome, 'unknown');
	const slices = trace('web', web, {unread: {'endpointslices.discovery.k8s.io': denied}});
	assert.deepEqual([slices.outcome, states(slices)[2], faults(slices).length], ['unknown', 'Endpoints unknown', 0]);
	const policies = trace('web', web, {unread: {'networkpolicies.networking.k8s.io': denied}});
	assert.deepEqual([policies.outcome, states(policies).at(-1)], ['unknown', 'Policy unknown']);
});
