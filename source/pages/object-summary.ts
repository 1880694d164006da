import {type Line, span} from '../core/line.ts';
import type {KubeObject} from '../core/kubernetes.ts';
import type {ObjectModel} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {clean, plural, width} from '../core/text.ts';
import {timestamp} from '../core/timestamp.ts';
import {joined, line, still, timeText, wrap} from './fit.ts';
import {stateMark} from './state-mark.ts';
import {conditionsBlock} from './summary/conditions.ts';
import {factLines} from './summary/facts.ts';
import {summaryOf} from './summary/registry.ts';
import {type Block, type Fact, fact, type Summary} from './summary/summary.ts';

/** Lines of WHY at most. */
const whyLines = 4;
const whyIndent = 7;

/** The Summary tab: why it is not well, where it belongs, its facts, its parts, its conditions. */
export function summaryLines(model: ObjectModel, setting: PageSetting): readonly PageLine[] {
	const {main, more} = summaryBlocks(model, setting);
	return joined([...main, ...more]);
}

/** The blocks of the Summary: `main` is what a pane with few lines shows first. */
export function summaryBlocks(
	model: ObjectModel,
	setting: PageSetting,
): Readonly<{main: ReadonlyArray<readonly PageLine[]>; more: ReadonlyArray<readonly PageLine[]>}> {
	const {object} = model;
	if (object === undefined) return {main: [], more: []};
	const summary = summaryOf(object)({object, model, setting});
	return {
		main: [
			whyBlock(model, summary, setting),
			factLines([...ownerFacts(model), ...(summary.facts ?? []), ...commonFacts(object, setting)], setting),
			...(summary.blocks ?? []).map(blockLines),
		],
		more: [...conditionsBlock(object, setting).map(blockLines), labelsBlock(object, setting)],
	};
}

/** WHY with its state and the words of the rules, then those of the parts at fault; nothing for what is well. */
function whyBlock(model: ObjectModel, summary: Summary, setting: PageSetting): readonly PageLine[] {
	const {tone, why} = model;
	if (tone !== 'error' && tone !== 'warning' && tone !== 'unknown' && why === undefined) return [];
	const words = [why, ...(summary.why ?? [])].filter(text => text !== undefined);
	const all = words.flatMap(text => wrap(text, setting.body.columns - whyIndent - 2));
	const shown = all.slice(0, whyLines).map((text, index) => (index === whyLines - 1 && all.length > whyLines ? `${text}${setting.glyphs.cut}` : text));
	return shown.map((text, index): PageLine => {
		const first: Line = line(span('WHY  ', 'muted'), stateMark(tone, setting), ' ', span(text, tone));
		return index === 0 ? {line: first, id: 'why', copy: words.join('; ')} : still(' '.repeat(whyIndent - 1), text);
	});
}

function ownerFacts(model: ObjectModel): readonly Fact[] {
	const owners = model.related.filter(({relation}) => relation === 'owner');
	return owners.flatMap((owner, index) =>
		fact(index === 0 ? 'Owner' : '  of', `${owner.ref.kind}/${owner.ref.name}${owner.state === 'missing' ? ' (not there)' : ''}`, {
			target: owner.kind === '' ? undefined : owner,
		}),
	);
}

function commonFacts({metadata}: KubeObject, setting: PageSetting): readonly Fact[] {
	const deleted = timestamp(metadata.deletionTimestamp);
	return [
		...fact('Created', timeText(timestamp(metadata.creationTimestamp), setting)),
		...(deleted === undefined ? [] : fact('Deleted', timeText(deleted, setting), {tone: 'terminating'})),
		...fact('Held by', metadata.finalizers?.join(' '), deleted === undefined ? {} : {tone: 'warning'}),
	];
}

function labelsBlock({metadata}: KubeObject, setting: PageSetting): readonly PageLine[] {
	const labels = Object.entries(metadata.labels ?? {}).map(([key, value]) => clean(`${key}=${value}`));
	const annotations = Object.keys(metadata.annotations ?? {}).length;
	const lines: string[] = [];
	for (const label of labels) {
		const last = lines[lines.length - 1];
		const longer = last === undefined ? label : `${last}  ${label}`;
		if (last !== undefined && width(longer) <= setting.body.columns - 4) lines[lines.length - 1] = longer;
		else lines.push(label);
	}
	const counted = annotations === 0 ? '' : `   ${plural(annotations, 'annotation')}: 2 shows them`;
	if (lines.length === 0 && counted === '') return [];
	return [still(span(`LABELS ${labels.length}${counted}`, 'muted')), ...lines.map(text => still(`  ${text}`))];
}

function blockLines({title, lines}: Block): readonly PageLine[] {
	return title === undefined ? lines : [still(span(title, 'muted')), ...lines];
}
