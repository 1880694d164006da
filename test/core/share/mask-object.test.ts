import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {KubeObject} from '../../../source/core/kubernetes.ts';
import {maskObject} from '../../../source/core/share/mask-object.ts';
import {plainMask} from '../../../source/core/share/mask-text.ts';
import {plantedSecrets} from './planted-secrets.ts';

const masked = (object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
	const whole: KubeObject & Readonly<Record<string, unknown>> = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web'}, ...object};
	return maskObject(whole, plainMask);
};

test('literal values of variables are masked whole, references and names stay', () => {
	const container = {
		name: 'app',
		env: [
			{name: 'LOG_LEVEL', value: 'info'},
			{name: 'DB_URL', valueFrom: {secretKeyRef: {name: 'db', key: 'url'}}},
			{name: 'EMPTY', value: ''},
		],
	};
	assert.deepEqual(masked({spec: {containers: [container]}})['spec'], {
		containers: [
			{
				name: 'app',
				env: [
					{name: 'LOG_LEVEL', value: '(masked, 4 chars)'},
					{name: 'DB_URL', valueFrom: {secretKeyRef: {name: 'db', key: 'url'}}},
					{name: 'EMPTY', value: ''},
				],
			},
		],
	});
});

test('Secrets, copies in annotations and telling fields are masked, the rest of an object stays', () => {
	const secret = masked({kind: 'Secret', data: {password: 'aHVudGVyMg=='}, stringData: {token: 'hunter2'}});
	assert.deepEqual([secret['data'], secret['stringData']], [{password: '(masked, 7 bytes)'}, {token: '(masked, 7 bytes)'}]);
	const metadata = {name: 'web', annotations: {'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{}}', note: 'hello'}};
	assert.deepEqual(masked({metadata})['metadata'], {
		name: 'web',
		annotations: {'kubectl.kubernetes.io/last-applied-configuration': '(masked, 11 chars)', note: 'hello'},
	});
	assert.deepEqual(masked({kind: 'ConfigMap', data: {password: 'hunter2', colour: 'red', secretName: 'web-tls'}})['data'], {
		password: '(masked, 7 chars)',
		colour: 'red',
		secretName: 'web-tls',
	});
	const spec = {automountServiceAccountToken: false, replicas: 3, volumes: [{secret: {secretName: 'web-tls'}}]};
	assert.deepEqual(masked({spec})['spec'], spec);
});

test('a secret planted anywhere in an object does not leave it', () => {
	for (const {name, secret, text} of plantedSecrets) {
		const whole = JSON.stringify(
			masked({metadata: {name: 'x', labels: {l: text}, annotations: {[text]: text}}, spec: {args: [text], note: {deep: [text]}}, data: {[text]: text}}),
		);
		assert.ok(!whole.includes(JSON.stringify(secret).slice(1, -1)), `${name}: ${whole}`);
	}
});
