import type {Observation} from '../../observation.ts';
import {type BlackboxQuestion, blackboxText} from '../blackbox.ts';
import type {BlackboxFacts} from '../dns/dns-observations.ts';
import type {PathStep} from '../net-report.ts';
import type {Trace} from '../trace/trace.ts';

/** What a blackbox exporter is to ask about a path: its URL, else a connection to the name and port. */
export function blackboxQuestions({scheme, host, path, servicePort, service, dnsName}: Trace): readonly BlackboxQuestion[] {
	if (scheme !== undefined && host !== undefined) return [{kind: 'http', target: `${scheme}://${host}${path ?? '/'}`}];
	const name = dnsName?.replace(/\.$/, '');
	if (!service || !servicePort || name === undefined || (servicePort.protocol ?? 'TCP') !== 'TCP') return [];
	return [{kind: 'tcp', target: `${name}:${servicePort.port}`}];
}

/** What it said, as a step of its own: it asks from where it runs, which is not the client. */
export function blackboxStep(observations: readonly Observation[]): readonly PathStep[] {
	const asked = observations.filter(({probe}) => probe === 'blackbox');
	if (asked.length === 0) return [];
	const lines = asked.map(one => `${one.target}: ${textOf(one)}`);
	const failed = asked.some(one => one.outcome === 'ok' && !factsOf(one.facts).success);
	const unknown = asked.every(({outcome}) => outcome !== 'ok');
	return [{title: 'Blackbox exporter', state: unknown ? 'unknown' : failed ? 'warning' : 'ok', evidence: lines}];
}

function textOf(observation: Observation): string {
	if (observation.outcome === 'ok') return blackboxText(factsOf(observation.facts));
	return observation.outcome === 'failed' ? `not asked: ${observation.problem.cause}` : 'no answer in time';
}

// Facts of the probe `blackbox` have this shape (store/net/ask-blackbox.ts).
const factsOf = (facts: unknown): BlackboxFacts => facts as BlackboxFacts;
