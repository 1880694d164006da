import type {Dialog, Effect} from '../core/effect.ts';
import {defaultProbeImage, defaultProbeNamespace, leftoverPods} from '../core/net/probe/debug-pod.ts';
import {type ProbePlan, type ProbeWay, probeWays} from '../core/net/probe/probe-plan.ts';
import {podSecurityNote, type WayRights} from '../core/net/probe/way-rights.ts';
import type {ClusterView} from '../core/check.ts';
import {type ConsentWay, consentDialog, consentWays, type WayOffer} from '../pages/network-consent.ts';
import {probes} from '../probes/index.ts';
import {askWayRights} from '../store/net/ask-way-rights.ts';
import type {LiveNetwork} from '../store/net/live-network.ts';
import type {RunWish} from '../store/net/probe-runs.ts';
import type {Session} from '../store/session.ts';
import type {PageTools} from './page-source.ts';

/** What was shown and is sent when it is confirmed: that, and nothing else. */
type Offered = Readonly<{plan: ProbePlan; wish: RunWish}>;

/** Asks before probes are sent, in one of the ways of diagnosis.md 4.2, and remembers what was allowed. */
export class NetworkConsent implements Disposable {
	readonly #tools: PageTools;
	readonly #session: Session;
	readonly #network: LiveNetwork;
	readonly #stop = new AbortController();
	#offered: Offered | undefined;
	/** What the server said of each way, for the plans of the dialog that is open. */
	#rights: Readonly<Partial<Record<ProbeWay, WayRights>>> = {};
	/** The dialog on screen, while it is one of these. */
	#asked: Readonly<{dialog: Dialog; picked: ConsentWay; plans: Readonly<Record<ProbeWay, ProbePlan>>}> | undefined;

	constructor(tools: PageTools, session: Session, network: LiveNetwork) {
		this.#tools = tools;
		this.#session = session;
		this.#network = network;
	}

	/** `m` and `r`: sends at once what was consented to for this session, else asks. `always`: asks in any case. */
	probe(always: boolean): readonly Effect[] {
		const refusal = this.#refusal();
		if (refusal !== undefined) return [note(refusal)];
		const {way, remembered} = this.#session.probeChoices;
		const plan = this.#network.plan(way);
		if (!always && plan && remembered.has(way) && this.#session.client.level() !== 'read') return this.#send({plan, wish: this.#wish(way)});
		this.#rights = {};
		const effects = this.offer(way);
		this.#askRights();
		return effects;
	}

	/** The dialog about one of the ways; nothing is sent yet. */
	offer(word: string | undefined): readonly Effect[] {
		const picked = consentWays.find(way => way === word) ?? 'exec';
		const plans = this.#plans();
		if (!plans) return [];
		this.#offered = picked === 'passive' ? undefined : {plan: plans[picked], wish: this.#wish(picked)};
		const dialog = this.#dialog(picked, plans);
		this.#asked = {dialog, picked, plans};
		return [{type: 'ask', dialog}];
	}

	/** Sends what the dialog showed. */
	run(): readonly Effect[] {
		const offered = this.#offered;
		this.#offered = undefined;
		// The level was to be raised with the consent; where that was refused a notice says so already.
		if (!offered || this.#session.client.level() === 'read') return [];
		return this.#send(offered);
	}

	remember(word: string | undefined): void {
		const way = probeWays.find(one => one === word);
		if (way) this.#session.probeChoices.remembered.add(way);
	}

	/** Back to reads: every way is asked about again. */
	forget(): void {
		this.#session.probeChoices.remembered.clear();
		this.#session.probeChoices.way = 'exec';
	}

	/** The image of what is made in the cluster; without one that of the settings again. */
	image(image: string | undefined): readonly Effect[] {
		this.#session.probeChoices.image = image;
		return [note(`Ephemeral containers and pods of the probes are made of ${this.#place().image}`, 'muted')];
	}

	[Symbol.dispose](): void {
		this.#stop.abort();
	}

	#refusal(): string | undefined {
		const refusal = this.#network.refusal();
		if (refusal !== undefined) return refusal;
		return this.#tools.probing?.pinned === true && this.#session.client.level() === 'read'
			? 'Probes send traffic from inside the cluster, and the mode is pinned to READ-ONLY: by --read-only or by a setting of this context'
			: undefined;
	}

	#send({plan, wish}: Offered): readonly Effect[] {
		this.#session.probeChoices.way = wish.way;
		this.#network.run(plan, wish, sentence => this.#tools.dispatch([note(sentence, 'error')]));
		return [{type: 'change', screen: {type: 'network', probed: true}}];
	}

	#plans(): Readonly<Record<ProbeWay, ProbePlan>> | undefined {
		const [exec, ephemeral, pod] = [this.#network.plan('exec'), this.#network.plan('ephemeral'), this.#network.plan('pod')];
		return exec && ephemeral && pod ? {exec, ephemeral, pod} : undefined;
	}

	#place(): Readonly<{image: string; namespace: string}> {
		const {probing} = this.#tools;
		return {
			image: this.#session.probeChoices.image ?? probing?.image ?? defaultProbeImage,
			namespace: probing?.namespace ?? defaultProbeNamespace,
		};
	}

	#wish(way: ProbeWay): RunWish {
		return {way, ...this.#place()};
	}

	#dialog(picked: ConsentWay, plans: Readonly<Record<ProbeWay, ProbePlan>>): Dialog {
		const {context} = this.#session.client;
		const {view} = this.#network.snapshot();
		const offer = (way: ProbeWay): WayOffer => this.#offer(way, plans[way], view);
		return consentDialog({
			picked,
			offers: {exec: offer('exec'), ephemeral: offer('ephemeral'), pod: offer('pod')},
			kinds: probes,
			place: this.#place(),
			blackbox: this.#network.blackboxPlan(),
			level: this.#session.client.level(),
			context,
			isProduction: this.#tools.probing?.isProduction(context.name) ?? false,
			leftovers: leftoverPods(view),
		});
	}

	#offer(way: ProbeWay, plan: ProbePlan, view: ClusterView): WayOffer {
		const rights = this.#rights[way];
		const partly = [...(rights?.partly ?? []), ...podSecurityNote(view, {plan, way, namespace: this.#place().namespace})];
		const lastFailure = this.#network.lastFailure(way);
		return {plan, ...(rights ? {rights: {...rights, partly}} : {}), ...(lastFailure === undefined ? {} : {lastFailure})};
	}

	/** The server is asked what may be done while the dialog stands already; what it answers is put in. */
	#askRights(): void {
		const plans = this.#asked?.plans;
		if (!plans) return;
		const {client} = this.#session;
		const {namespace} = this.#place();
		for (const way of probeWays)
			void askWayRights((question, signal) => client.can(question, signal), {plan: plans[way], way, namespace}, this.#stop.signal).then(rights => {
				if (this.#stop.signal.aborted) return;
				this.#rights = {...this.#rights, [way]: rights};
				this.#update();
			});
	}

	/** Only the dialog that is still open changes, and nothing of what was typed. */
	#update(): void {
		const asked = this.#asked;
		const open = this.#tools.state().dialog;
		if (!asked || open?.lines !== asked.dialog.lines) return;
		const dialog = this.#dialog(asked.picked, asked.plans);
		this.#asked = {...asked, dialog};
		this.#tools.dispatch([{type: 'ask', dialog, again: true}]);
	}
}

function note(text: string, tone: 'muted' | 'warning' | 'error' = 'warning'): Effect {
	return {type: 'notice', tone, text};
}
