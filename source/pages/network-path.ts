import type {Catalogue} from '../core/catalogue.ts';
import type {Effect} from '../core/effect.ts';
import {type Line, type Span, span} from '../core/line.ts';
import {type NetworkModel, nothingToProbe} from '../core/net/network-model.ts';
import type {PathStep} from '../core/net/net-report.ts';
import {confidenceWord} from '../core/net/net-words.ts';
import type {NetService} from '../core/net/net-objects.ts';
import type {Trace} from '../core/net/trace/trace.ts';
import type {Hint, Page, PageLine, PageSetting} from '../core/page.ts';
import {qualifiedName} from '../core/resource-type.ts';
import type {NetworkScreen} from '../core/screen.ts';
import {openObject} from '../core/targets.ts';
import {pad, plural} from '../core/text.ts';
import type {Tone} from '../core/tone.ts';
import {blank, fitPage, line, rule, still, wrap} from './fit.ts';
import {fixLines, leftBehindLines, notCheckedLines} from './network-fix.ts';
import {verdictLines, verdictTone} from './network-verdict.ts';
import {stateMark} from './state-mark.ts';

/** What a step's object is called by its kind. */
export type PathPageTools = Readonly<{catalogue: Pick<Catalogue, 'ofObject'>}>;

const hints: readonly Hint[] = [
	{keys: 'Enter', title: 'open'},
	{keys: 'm', title: 'probe'},
	{keys: 'i', title: 'from'},
	{keys: 't', title: 'target'},
	{keys: 'f', title: 'fix'},
	{keys: 'Y f', title: 'copy fix'},
	{keys: '1-5', title: 'tabs'},
];
/** From here on there are rules between the parts (a terminal of 24 rows). */
const ruleRows = 18;
/** From here on a step that is well shows all that is known of it (a terminal of 40 rows). */
const roomyRows = 30;
/** Lines of a verdict at most. */
const mostVerdict = 3;
const titleWidth = 11;
/** Services to choose from; of more a name is typed sooner than found. */
const mostChoices = 500;
const fewEvidence = 1;
const someEvidence = 3;
const roomyEvidence = 8;
const tones: Readonly<Record<PathStep['state'], Tone>> = {ok: 'ok', broken: 'error', warning: 'warning', unknown: 'unknown', predicted: 'unknown'};

/** The way from a client to a container, with its one break (screens.md M8). */
export function networkPathPage(model: NetworkModel, screen: NetworkScreen, setting: PageSetting, tools: PathPageTools): Page {
	const {trace, report} = model;
	if (!trace) return emptyPage(model, screen, setting);
	if (isLoading(model)) return readingPage(trace, setting);
	const steps = report.steps ?? [];
	const breakAt = steps.findIndex(({state}) => state === 'broken');
	const rules = setting.body.rows >= ruleRows ? [rule(setting)] : [];
	const fix = fixLines(report, setting);
	return fitPage(
		{
			crumb: 'Network',
			head: asked(trace),
			fixed: [...(breakAt === -1 ? verdictLines(report, 2, setting) : breakLines(model, breakAt, setting)), ...rules],
			lines: [
				...steps.flatMap((step, index) => stepLines(step, {index, breakAt, setting, tools})),
				...(trace.symptom === '' ? [] : [still(span(`  A client sees: ${trace.symptom}`, 'text'))]),
				...(fix.length > 0 && setting.body.rows >= roomyRows ? [blank] : []),
				...fix,
				...probeLines(model, setting),
				...notCheckedLines(report, setting, setting.body.rows >= roomyRows ? 6 : 2),
			],
			...(breakAt === -1 ? {} : {first: `step:${breakAt + 1}`}),
			status: statusOf(model, breakAt),
			hints,
		},
		setting,
	);
}

const needed = ['services', 'endpointslices.discovery.k8s.io', 'pods', 'networkpolicies.networking.k8s.io'];

function isLoading({view}: NetworkModel): boolean {
	return needed.some(kind => view.readable(kind).state === 'loading');
}

/** Before the objects are there nothing is said about the way. */
function readingPage(trace: Trace, setting: PageSetting): Page {
	const reading = line(stateMark('progressing', setting), span(' READING - Services, EndpointSlices, pods, policies', 'progressing'));
	return fitPage({crumb: 'Network', head: asked(trace), fixed: [reading], lines: [], hints}, setting);
}

/** `BREAK at step 4: Service shop/promo selects no pod`: where it breaks comes before what it is called. */
function breakLines({report: {verdict}}: NetworkModel, breakAt: number, setting: PageSetting): readonly Line[] {
	const tone = verdictTone(verdict);
	const parts = wrap(`BREAK at step ${breakAt + 1}: ${verdict.title} (${confidenceWord(verdict.confidence)})`, setting.body.columns - 4);
	const shown = parts.length <= mostVerdict ? parts : [...parts.slice(0, mostVerdict - 1), parts.slice(mostVerdict - 1).join(' ')];
	return shown.map((part, index) => line(index === 0 ? stateMark(tone, setting) : ' ', ' ', {text: part, tone, bold: true}));
}

/** `shop/cart-7d -> web.shop:80` */
function asked({from, destination}: Trace): Line {
	const client = from ? `${from.metadata.namespace ?? ''}/${from.metadata.name}` : 'outside';
	return [span(`${client} -> `, 'muted'), span(destination)];
}

type Place = Readonly<{index: number; breakAt: number; setting: PageSetting; tools: PathPageTools}>;

function stepLines(step: PathStep, {index, breakAt, setting, tools}: Place): readonly PageLine[] {
	const isBroken = index === breakAt;
	const isBelow = breakAt !== -1 && index > breakAt;
	const [word = '', ...rest] = step.title.split(' ');
	const lead = `${rest.join(' ')}${rest.length > 0 && step.evidence.length > 0 ? '  ' : ''}`;
	const [first = '', ...more] = step.evidence;
	const room = setting.body.columns - titleWidth - 8;
	const isRoomy = setting.body.rows >= roomyRows;
	// On a small screen what is to be repaired comes first: a step that is well says one line, and one more.
	const fits = (text: string): readonly string[] => (isRoomy || isBroken ? wrap(text, room) : [text]);
	const heads = fits(`${lead}${first}`);
	const most = isRoomy ? roomyEvidence : isBroken || step.state === 'warning' ? someEvidence : isBelow ? 0 : fewEvidence;
	const shown = more.slice(0, most).flatMap(fits);
	const left = more.length - Math.min(more.length, most);
	const rail = isBelow ? ':' : setting.glyphs.column;
	const tone = step.state === 'predicted' ? 'unknown' : tones[step.state];
	const textTone = isBroken ? 'error' : isBelow ? 'muted' : undefined;
	const beneath = (text: string): PageLine => still(`  ${rail} ${' '.repeat(titleWidth + 2)}`, span(text, textTone));
	const open = opening(step, tools);
	const lines: readonly PageLine[] = [
		...(isBroken ? [still(breakLine(setting))] : []),
		{
			line: line(
				`  ${index + 1} `,
				stateMark(tone, setting),
				span(` ${pad(word, titleWidth)}`, textTone),
				span(heads[0] ?? '', textTone),
				...(isBelow ? [span('  not reached', 'muted')] : []),
			),
			id: `step:${index + 1}`,
			...(open ? {enter: open} : {}),
			copy: [step.title, ...step.evidence].join('\n'),
		},
		...[...heads.slice(1), ...shown].map(beneath),
	];
	return left > 0 && isRoomy ? [...lines, beneath(`and ${left} more`)] : lines;
}

function breakLine(setting: PageSetting): Span {
	const {error} = setting.glyphs.state;
	const width = Math.max(20, setting.body.columns - 6);
	const word = ' BREAK ';
	const before = Math.floor((width - word.length) / 2);
	return {text: `  ${error}${'='.repeat(before)}${word}${'='.repeat(width - before - word.length - 1)}`, tone: 'error', bold: true};
}

/** The object of a step, where it is one of a kind that can be opened. */
function opening({ref}: PathStep, {catalogue}: PathPageTools): readonly Effect[] | undefined {
	const type = ref && catalogue.ofObject(ref.apiVersion, ref.kind);
	return ref && type ? [openObject(qualifiedName(type), ref)] : undefined;
}

/** What a probe would add, or how the last one went; how much was read stands above the tabs. */
function probeLines(model: NetworkModel, setting: PageSetting): readonly PageLine[] {
	const {run, plan} = model;
	const nothing = nothingToProbe(model);
	const would = nothing ?? `m probe asks ${plural(plan?.questions.length ?? 0, 'question')} from ${plural(plan?.sources.length ?? 0, 'pod')}`;
	if (run.state === 'none') return [still(span(`  ${would}.`, 'muted'))];
	if (run.state === 'running') return [still(stateMark('progressing', setting), span(` running ${run.done}/${run.total}. Ctrl-C cancels`, 'progressing'))];
	return [
		still(span(`  Probed in ${(run.tookMs / 1000).toFixed(1)} s${run.cancelled ? ', cancelled' : ''}. r probes again.`, 'muted')),
		...leftBehindLines(run, setting),
	];
}

function statusOf({judged}: NetworkModel, breakAt: number): Line {
	if (judged.loading.length > 0) return line(span(`Reading ${judged.loading.join(', ')}`, 'muted'));
	if (breakAt === -1) return line(span('Every step is by the objects as they are now; a probe sends traffic along it', 'muted'));
	return line(span('Steps below the break are predictions and are marked ? until it is repaired', 'muted'));
}

/** Nothing was asked yet: how to, and Services to begin with. */
function emptyPage({view, client, asked}: NetworkModel, _screen: NetworkScreen, setting: PageSetting): Page {
	const isHome = ({metadata}: NetService): boolean => metadata.namespace === asked.namespace;
	const services = view.all<NetService>('services').toSorted((a, b) => Number(isHome(b)) - Number(isHome(a)) || nameOf(a).localeCompare(nameOf(b)));
	const shown = services.slice(0, mostChoices);
	const choice = (service: NetService): PageLine => {
		const {name, namespace = ''} = service.metadata;
		const target = `${name}.${namespace}`;
		return {
			line: line('  ', span(pad(target, 34)), span(`${service.spec?.type ?? ''}  ${(service.spec?.ports ?? []).map(({port}) => port).join(', ')}`, 'muted')),
			id: `service:${target}`,
			enter: [{type: 'change', screen: {type: 'network', tab: 'path', target, top: 0}}],
		};
	};
	return fitPage(
		{
			crumb: 'Network',
			head: client ? [span(`from ${client.namespace}/${client.pod}`, 'muted')] : [],
			fixed: [line(stateMark('muted', setting), ' Where to? t names a destination: web.shop:80, svc/web, a node port, https://host/path')],
			lines: [
				still(span('  or a Service:', 'muted')),
				...shown.map(choice),
				...(services.length > shown.length ? [still(span(`  and ${plural(services.length - shown.length, 'Service')} more`, 'muted'))] : []),
			],
			first: 'service:',
			status: line(span('Enter follows the way to it. i chooses the client pod', 'muted')),
			hints,
		},
		setting,
	);
}

function nameOf({metadata}: NetService): string {
	return `${metadata.namespace ?? ''}/${metadata.name}`;
}
