import {humanDuration} from '../core/age.ts';
import type {Check, ClusterView} from '../core/check.ts';
import {coverageFinding, whyUnread} from '../core/diagnose/coverage.ts';
import type {Evidence, Finding, Remedy} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import {coversHost, type TlsSecretFacts, tlsSecretState, type TlsUse, tlsUses} from '../core/net/tls-secrets.ts';
import {titleOf} from '../core/net/trace/cluster-index.ts';
import {ageMs} from '../core/timestamp.ts';

const heading = {ids: ['ING_TLS_SECRET'], title: 'TLS Secrets exist and fit', family: 'Ingress'};
/** cert-manager, or whoever else, is given this long to write the Secret. */
const issuingMs = 10 * 60_000;
const issuers = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer', 'kubernetes.io/tls-acme', 'cert.gardener.cloud/purpose'];
const soonMs = 30 * 86_400_000;

/** diagnosis.md 2.4, check 42: existence by metadata, the certificate where its observation was made. Never the key. */
export const ingressTls: Check = {
	...heading,
	reads: ['ingresses.networking.k8s.io'],
	graceMs: 30_000,
	*run(view) {
		const stateOf = tlsSecretState(view);
		let unread = false;
		for (const use of tlsUses(view)) {
			const found = stateOf(use.namespace, use.secret);
			if (found.state === 'unread') unread = true;
			else if (found.state === 'absent') yield missing(view, use);
			else if (found.state === 'exists' && found.type !== undefined && found.type !== 'kubernetes.io/tls') yield wrongType(use, found.type);
			else if (found.state === 'read') yield* judgeContent(view, use, found.facts);
		}
		if (unread) yield coverageFinding(heading, whyUnread(view, ['secrets']) || 'Secrets have not been read');
	},
};

type Words = Readonly<{
	severity: Finding['severity'];
	confidence?: Finding['confidence'];
	title: string;
	evidence: readonly Evidence[];
	remedy?: readonly Remedy[];
	part?: string;
	since?: number;
}>;

function tlsFinding(use: TlsUse, {severity, confidence = 'proven', title, evidence, remedy, part = '', since}: Words): Finding {
	const create = {
		text: 'Write the Secret anew',
		command: `kubectl -n ${use.namespace} create secret tls ${use.secret} --cert=tls.crt --key=tls.key --dry-run=client -o yaml | kubectl apply -f -`,
		changes: true,
	};
	return fault({
		id: 'ING_TLS_SECRET',
		family: use.ref.kind === 'Gateway' ? 'Gateway' : 'Ingress',
		severity,
		confidence,
		subject: use.ref,
		part: `${use.secret}${part === '' ? '' : ` ${part}`}`,
		title: `${use.ref.kind} ${titleOf(use.object)}: TLS Secret ${use.secret} ${title}`,
		...(since === undefined ? {} : {since}),
		evidence: [fact(use.ref, use.path, use.secret), ...evidence],
		remedy: remedy ?? [create],
	});
}

function missing(view: ClusterView, use: TlsUse): Finding {
	const issuer = issuers.find(name => use.object.metadata.annotations?.[name] !== undefined);
	const isYoung = issuer !== undefined && ageMs({meta: use.object.metadata}, view.now) < issuingMs;
	return tlsFinding(use, {
		severity: isYoung ? 'info' : 'critical',
		title: isYoung
			? `is not there yet: ${issuer} asks for a certificate`
			: `does not exist in ${use.namespace}${use.hosts.length === 0 ? '' : `, so ${use.hosts.join(', ')} gets the controller's own certificate or none`}`,
		evidence: issuer === undefined ? [] : [fact(use.ref, `metadata.annotations[${issuer}]`, 'is set')],
		...(issuer?.startsWith('cert-manager.io/') === true
			? {
					remedy: [
						{text: 'See what cert-manager does about it', command: `kubectl -n ${use.namespace} describe certificates,certificaterequests`, changes: false},
					],
				}
			: {}),
	});
}

function wrongType(use: TlsUse, type: string): Finding {
	return tlsFinding(use, {
		severity: 'critical',
		title: `is of type ${type}, and kubernetes.io/tls is needed`,
		part: 'type',
		evidence: [fact(secretRef(use), 'type', type)],
	});
}

function secretRef({namespace, secret}: TlsUse) {
	return {apiVersion: 'v1', kind: 'Secret', namespace, name: secret};
}

function* judgeContent(view: ClusterView, use: TlsUse, {type, keys, certificate}: TlsSecretFacts): Iterable<Finding> {
	const secret = secretRef(use);
	if (type !== 'kubernetes.io/tls') yield wrongType(use, type);
	const lacks = ['tls.crt', 'tls.key'].filter(key => !keys.includes(key));
	if (lacks.length > 0) {
		yield tlsFinding(use, {
			severity: 'critical',
			title: `has no ${lacks.join(' and no ')}`,
			part: 'keys',
			evidence: [fact(secret, 'data', `has ${keys.join(', ') || 'neither'}`)],
		});
		return;
	}
	if (!certificate) {
		yield tlsFinding(use, {
			severity: 'critical',
			title: 'holds no certificate that can be read',
			part: 'certificate',
			evidence: [fact(secret, 'data.tls.crt', 'no X.509 certificate in PEM form')],
		});
		return;
	}
	const {sans, notAfter, notBefore, subject} = certificate;
	const days = [fact(secret, 'tls.crt notAfter', new Date(notAfter).toISOString()), fact(secret, 'tls.crt subject', subject)];
	if (notAfter <= view.now)
		yield tlsFinding(use, {severity: 'critical', title: `expired ${humanDuration(view.now - notAfter)} ago`, part: 'expiry', since: notAfter, evidence: days});
	else if (notBefore > view.now)
		yield tlsFinding(use, {severity: 'critical', title: `is not valid for another ${humanDuration(notBefore - view.now)}`, part: 'expiry', evidence: days});
	else if (notAfter - view.now < soonMs)
		yield tlsFinding(use, {
			severity: 'warning',
			title: `expires in ${humanDuration(notAfter - view.now)}`,
			part: 'expiry',
			since: notAfter - soonMs,
			evidence: days,
		});
	const uncovered = use.hosts.filter(host => !coversHost(sans, host));
	if (uncovered.length > 0)
		yield tlsFinding(use, {
			severity: 'critical',
			title: `does not name ${uncovered.join(', ')}: it is for ${sans.join(', ') || 'no host'}`,
			part: 'hosts',
			since: notBefore,
			evidence: [fact(secret, 'tls.crt subjectAltName', sans.join(', ') || 'none')],
		});
}
