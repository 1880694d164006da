import type {ContextInfo} from '../core/cluster-client.ts';
import type {Dialog, DialogChoice, Effect} from '../core/effect.ts';
import {type BlackboxExporter, type BlackboxQuestion, blackboxTarget} from '../core/net/blackbox.ts';
import {type ConsentPlace, consentText} from '../core/net/probe/consent-text.ts';
import {type ProbePlan, type ProbeWay, probeWays} from '../core/net/probe/probe-plan.ts';
import type {WayRights} from '../core/net/probe/way-rights.ts';
import {policyLabels, type PolicyLevel} from '../core/policy-level.ts';
import type {Probe} from '../core/probe.ts';

/** The four levels of diagnosis.md 4.2: reads alone need no consent. */
export const consentWays = ['passive', ...probeWays] as const;
export type ConsentWay = (typeof consentWays)[number];

/** A way of probing as it would be used now. `rights`: undefined while the server is being asked. */
export type WayOffer = Readonly<{plan: ProbePlan; rights?: WayRights /** Why nothing could be asked in this way the last time. */; lastFailure?: string}>;

export type ConsentQuestion = Readonly<{
	picked: ConsentWay;
	offers: Readonly<Record<ProbeWay, WayOffer>>;
	kinds: readonly Probe[];
	place: ConsentPlace;
	blackbox?: Readonly<{exporter: BlackboxExporter; questions: readonly BlackboxQuestion[]}> | undefined;
	level: PolicyLevel;
	context: Pick<ContextInfo, 'name' | 'server'>;
	isProduction: boolean;
	/** Pods that an earlier run left: `default/k8tui-probe-x7k2p`. */
	leftovers: readonly string[];
}>;

/**
 * The question before probes are sent: by reads alone, by exec, by an ephemeral container, by pods of our own, each with what runs,
 * where, with which image, what stays and what it costs. In production what is made in the cluster asks for the context's name.
 */
export function consentDialog(question: ConsentQuestion): Dialog {
	const {picked, offers} = question;
	const choices = consentWays.map((way): DialogChoice => {
		const note = way === 'passive' ? undefined : noteOf(offers[way]);
		return {title: way, picked: way === picked, ...(note === undefined ? {} : {note}), effects: [{type: 'page-command', command: 'offer', words: [way]}]};
	});
	return {...(picked === 'passive' ? passive(question) : active(question, picked)), choices};
}

/** In a word, beside the name of the way. */
function noteOf({plan, rights, lastFailure}: WayOffer): string | undefined {
	if (plan.questions.length === 0) return 'nothing to ask';
	if (rights?.refused !== undefined) return 'not allowed';
	return lastFailure === undefined ? undefined : 'failed before';
}

function passive({level}: ConsentQuestion): Dialog {
	const takesBack = level === 'probe';
	const back: readonly Effect[] = takesBack ? [{type: 'level', level: 'read'}] : [];
	return {
		title: 'Probe: by reads alone',
		lines: [
			'Runs: nothing. Objects, logs and metrics are read; no traffic is sent inside the cluster.',
			'Image: none. Leaves: nothing. Costs: the reads.',
			'What reads alone cannot tell stays "? not probed".',
			...(takesBack ? [`Enter takes the mode back from ${policyLabels.probe} to ${policyLabels.read}, and every "do not ask again".`] : []),
		],
		confirm: takesBack ? 'read only' : 'stay with reads',
		keep: 'close',
		effects: [{type: 'page-command', command: 'forget'}, ...back],
	};
}

const titles: Readonly<Record<ProbeWay, string>> = {
	exec: 'Probe: exec in containers that run',
	ephemeral: 'Probe: an ephemeral container',
	pod: 'Probe: pods of our own',
};

function active(question: ConsentQuestion, way: ProbeWay): Dialog {
	const {offers, kinds, place, level, context, isProduction} = question;
	const {plan, rights, lastFailure} = offers[way];
	const [title = '', ...rest] = consentText(plan, kinds, way, place);
	const isClosed = plan.questions.length === 0 || rights?.refused !== undefined;
	const raises = level === 'read';
	const lines = [
		`${title}, on ${context.name} (${context.server})`,
		...(rights?.refused === undefined ? [] : [`Refused: ${rights.refused}.`]),
		...(lastFailure === undefined ? [] : [`The last time nothing could be asked in this way: ${lastFailure}.`]),
		...(rights?.partly ?? []).map(text => `In part only: ${text}.`),
		...(raises && !isClosed ? [`The mode is raised from ${policyLabels.read} to ${policyLabels.probe}; :mode read takes it back.`] : []),
		...(rights === undefined ? ['Rights: the server is being asked.'] : []),
		...blackboxLines(question),
		...(way === 'pod' ? question.leftovers.map(name => `Left by a run before: pod ${name}; it ends by itself.`) : []),
		...rest,
	];
	if (isClosed) return {title: titles[way], lines, confirm: 'close', keep: 'close', effects: []};
	const raised: readonly Effect[] = raises ? [{type: 'level', level: 'probe'}] : [];
	return {
		title: titles[way],
		lines,
		confirm: 'run',
		keep: 'do not run',
		effects: [...raised, {type: 'page-command', command: 'run'}],
		...(isProduction && way !== 'exec'
			? {word: context.name}
			: {remember: {title: 'do not ask again in this session and context; M asks', effects: [{type: 'page-command', command: 'remember', words: [way]}]}}),
	};
}

function blackboxLines({blackbox}: ConsentQuestion): readonly string[] {
	if (!blackbox) return [];
	const {exporter, questions} = blackbox;
	return [
		`The blackbox exporter ${exporter.namespace}/${exporter.service} is asked as well, by the service proxy: ${questions.map(blackboxTarget).join(', ')}.`,
	];
}
