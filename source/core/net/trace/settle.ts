import type {Finding} from '../../finding.ts';
import type {Ref} from '../../kubernetes.ts';
import type {NetService, ServicePort} from '../net-objects.ts';
import type {NotChecked, PathStep} from '../net-report.ts';
import type {Destination} from './destination.ts';
import type {DraftStep} from './draft.ts';
import type {Trace, TraceEndpoint, TraceOutcome, TraceQuestion} from './trace.ts';

/** What a part of the way comes to; the parts are put together by `settle`. */
export type Draft = Readonly<{
	steps: readonly DraftStep[];
	subject: Ref;
	service?: NetService;
	servicePort?: ServicePort;
	addresses?: readonly string[];
	dnsName?: string;
	endpoints?: readonly TraceEndpoint[];
}>;

/** One break, predictions after it, and what it all comes to. */
export function settle(draft: Draft, {from, destination}: TraceQuestion, read?: Destination): Trace {
	const {steps, service, servicePort, dnsName, subject} = draft;
	const breakAt = steps.findIndex(({state}) => state === 'broken');
	const reached = breakAt === -1 ? steps : steps.slice(0, breakAt + 1);
	const [broken] = steps.slice(breakAt === -1 ? steps.length : breakAt);
	return {
		destination,
		...(from ? {from} : {}),
		subject,
		steps: steps.map((step, at) => shown(step, breakAt !== -1 && at > breakAt)),
		outcome: broken ? (broken.outcome ?? 'unknown') : outcomeOf(steps),
		symptom: broken?.symptom ?? '',
		...(service ? {service} : {}),
		...(servicePort ? {servicePort} : {}),
		addresses: draft.addresses ?? [],
		...(dnsName === undefined ? {} : {dnsName}),
		...(read?.scheme === undefined ? {} : {scheme: read.scheme}),
		...(read?.scheme === undefined ? {} : {host: read.host, path: read.path ?? '/'}),
		endpoints: draft.endpoints ?? [],
		findings: findingsOf(reached),
		notChecked: steps.flatMap(step => step.notChecked ?? ([] as readonly NotChecked[])),
	};
}

function shown({title, state, evidence, ref}: DraftStep, isPredicted: boolean): PathStep {
	return {title, state: isPredicted ? 'predicted' : state, evidence, ...(ref ? {ref} : {})};
}

function findingsOf(steps: readonly DraftStep[]): readonly Finding[] {
	return [...new Map(steps.flatMap(step => step.findings ?? []).map(finding => [finding.key, finding])).values()];
}

/** Unknown only where something on the way could not be read: a name of outside that leads to an Ingress is no reason for doubt. */
function outcomeOf(steps: readonly DraftStep[]): TraceOutcome {
	const doubtful = steps.some(({state, title, outcome}) => outcome === 'unknown' || (state === 'unknown' && ['Endpoints', 'Policy', 'Target'].includes(title)));
	return doubtful ? 'unknown' : 'ok';
}
